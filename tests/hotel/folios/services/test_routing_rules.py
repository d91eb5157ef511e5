"""Routing rules: of one property, with known codes, never in a circle, ended by a date."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.folios.models import RoutingRule
from hotel.folios.services.folios import folio_close, window_open
from hotel.folios.services.routing_rules import RoutingLoop, routing_rule_create, routing_rule_end
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make, routing_rule_make, transaction_code_make
from tests.together import together


@pytest.fixture
def folios(cast):
    return [folio_make(cast.alpha, name=str(number)) for number in range(3)]


def rule(start, end, **values) -> RoutingRule:
    return routing_rule_create(folio=start, window=end.windows.get(number=1), values=values)


def test_a_rule_counts_from_today_on(cast, folios):
    transaction_code_make(cast.alpha)
    made = rule(folios[0], folios[1], codes=["minibar"], limit_amount=Money(150, "EUR"), priority=1)

    assert (made.valid_from, made.valid_until, made.codes) == (TODAY, None, ["minibar"])
    assert (made.limit_per, made.limit_amount) == ("day", Money(150, "EUR"))


def test_a_circle_is_refused(folios):
    one, two, three = folios
    rule(one, two)
    rule(two, three)
    for start, end in ((two, one), (three, one), (three, two)):
        with pytest.raises(RoutingLoop):
            rule(start, end)
    assert RoutingRule.objects.count() == 2
    assert rule(one, three).pk


@pytest.mark.django_db(transaction=True)
def test_two_who_close_a_circle_at_once_do_not(cast):
    one, two = (folio_make(cast.alpha, name=name) for name in "ab")
    answers = together(lambda: rule(one, two), lambda: rule(two, one))
    assert sorted(type(answer).__name__ for answer in answers) == ["RoutingLoop", "RoutingRule"]
    assert RoutingRule.objects.count() == 1


def test_windows_of_one_folio_make_no_circle(folios):
    window = window_open(folio=folios[0])
    made = routing_rule_create(folio=folios[0], window=window, values={"groups": ["room"]})
    assert made.window == window


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"codes": ["nothing"]}, "code_invalid"),
        ({"codes": ["cash"]}, "code_invalid"),
        ({"limit_amount": Money(1, "USD")}, "amount_invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(cast, folios, values, code):
    charge_make(folios[0])  # makes the standard codes
    with pytest.raises(InvalidInput) as refused:
        rule(folios[0], folios[1], **values)
    assert refused.value.code == code
    assert not RoutingRule.objects.exists()


@pytest.mark.parametrize(
    "values", [{"limit_rate": 2}, {"groups": ["sauna"]}, {"valid_until": TODAY - timedelta(days=1)}]
)
def test_values_out_of_their_range_are_refused(folios, values):
    with pytest.raises(ValidationError):
        rule(folios[0], folios[1], **values)
    assert not RoutingRule.objects.exists()


def test_a_window_of_another_property_is_refused(cast, folios):
    with pytest.raises(InvalidInput) as refused:
        rule(folios[0], folio_make(cast.beta))
    assert refused.value.code == "window_invalid"


def test_a_closed_folio_takes_no_rules(folios):
    folio_close(folio=folios[0])
    with pytest.raises(Conflict) as refused:
        rule(folios[0], folios[1])
    assert refused.value.code == "folio_closed"


def test_a_rule_is_ended_and_what_it_sent_stays(cast):
    made = routing_rule_make(cast.alpha)
    sent = charge_make(made.folio)

    ended = routing_rule_end(rule=made)

    assert ended.valid_until == TODAY
    assert charge_make(made.folio).window.folio == made.folio
    assert sent.window.folio == made.window.folio
    with pytest.raises(InvalidInput) as refused:
        routing_rule_end(rule=made, valid_until=TODAY - timedelta(days=1))
    assert refused.value.code == "dates_invalid"
