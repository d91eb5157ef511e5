"""The routing of a folio by its page: rules are added, asked in order, and ended; never by mistake."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.folios.models import RoutingRule
from hotel.folios.services.folios import folio_close, window_open
from tests.cast import TODAY
from tests.contracts.queries import queries_of
from tests.factories.folios import charge_make, folio_make, routing_rule_make
from tests.factories.reservations import house_make


def page_of(folio) -> str:
    return f"/dashboard/folios/{folio.pk}/routing"


def text_of(response) -> str:
    return response.content.decode()


@pytest.fixture
def firm(folio):
    return window_open(folio=folio, label="Firm")


def test_the_empty_page_teaches_and_the_folio_leads_to_it(desk, folio):
    assert f'href="{page_of(folio)}"' in text_of(desk.get(f"/dashboard/folios/{folio.pk}"))
    assert "Every charge goes to window 1. A rule sends some" in text_of(desk.get(page_of(folio)))


def test_a_rule_is_added_and_charges_follow_it(desk, folio, firm, send):
    answer = send(
        desk, page_of(folio), "add", groups=["beverage"], window=firm.pk, priority="5", limit_amount="8.00"
    )

    assert f"From 14 Mar 2027 on: Beverage → {folio.number} / 2." in text_of(answer)
    assert "up to EUR 8.00 (Each revenue day)" in text_of(answer)
    rule = RoutingRule.objects.get()
    assert (rule.groups, rule.codes, rule.window, rule.priority) == (["beverage"], [], firm, 5)
    assert (rule.valid_from, rule.valid_until, rule.limit_rate) == (TODAY, None, None)
    charge_make(folio, 11)
    assert [line.gross for line in firm.postings.all()] == [Money(8, "EUR")]


def test_everything_goes_to_another_folio_for_a_while(desk, folio, house, send):
    host = folio_make(house.place, name="Host")

    send(
        desk, page_of(folio), "add", window="", other_folio=host.number.lower(), priority="10",
        limit_rate="50", valid_from=TODAY + timedelta(days=1), valid_until=TODAY + timedelta(days=3),
    )  # fmt: skip

    rule = RoutingRule.objects.get()
    assert (rule.window, rule.groups, rule.limit_rate) == (host.windows.get(), [], Decimal("0.5"))
    assert (rule.valid_from, rule.valid_until) == (TODAY + timedelta(days=1), TODAY + timedelta(days=3))


@pytest.mark.parametrize(
    ("case", "values", "told"),
    [
        ("no window", {"window": ""}, "Choose a window, or give the number of another folio."),
        ("no such folio", {"window": "", "other_folio": "F-0"}, "No open folio has this number."),
        ("no such window", {"window": "", "other_window": "7"}, "That folio has no such window."),
        ("backwards", {"valid_until": TODAY}, "A rule counts for one day at least."),
        ("no such charge", {"codes": ["nothing"]}, "Select a valid choice."),
        ("no share", {"limit_rate": "0"}, "greater than or equal to 0.01"),
        ("more than all", {"limit_rate": "101"}, "less than or equal to 100"),
        ("too fine", {"limit_amount": "1.005"}, "no more than 2 decimal places"),
    ],
)
def test_a_rule_that_cannot_be_is_told_beside_its_field(desk, folio, firm, house, send, case, values, told):
    if "other_window" in values:
        values = {**values, "other_folio": folio_make(house.place).number}

    answer = send(desk, page_of(folio), "add", **{"window": firm.pk, "priority": "10", **values})

    assert told in text_of(answer)
    assert not RoutingRule.objects.exists()


def test_a_circle_is_refused_on_the_form(desk, folio, house, send):
    host = folio_make(house.place)
    routing_rule_make(house.place, folio=host, window=folio.windows.get())

    answer = send(desk, page_of(folio), "add", window="", other_folio=host.number, priority="10")

    assert "Charges would come back to the folio they started from." in text_of(answer)
    assert RoutingRule.objects.count() == 1


def test_a_double_click_adds_one_rule(desk, folio, firm, send):
    key = uuid.uuid4()
    for _ in range(2):
        answer = send(desk, page_of(folio), "add", key, window=firm.pk, priority="10")

    assert "This was done already; the second time did nothing." in text_of(answer)
    assert RoutingRule.objects.count() == 1


def test_a_rule_is_ended_and_stays_in_the_list(desk, folio, firm, house, send):
    rule = routing_rule_make(house.place, folio=folio, window=firm, valid_from=TODAY - timedelta(days=2))

    answer = send(desk, page_of(folio), "end", rule=rule.pk)

    rule.refresh_from_db()
    assert rule.valid_until == TODAY
    assert '<span class="tag">ended</span>' in text_of(answer)
    assert "End a rule" not in text_of(answer)


def test_a_rule_does_not_end_before_its_first_day(desk, folio, firm, house, send):
    rule = routing_rule_make(house.place, folio=folio, window=firm)

    answer = send(desk, page_of(folio), "end", rule=rule.pk, valid_until=TODAY - timedelta(days=1))

    assert "A rule ends on its first day at the earliest." in text_of(answer)
    assert RoutingRule.objects.get().valid_until is None


def test_a_closed_folio_says_why_it_takes_no_rule(desk, folio, firm, send):
    folio_close(folio=folio)

    assert "The folio is closed" in text_of(desk.get(page_of(folio)))
    assert "closed" in text_of(send(desk, page_of(folio), "add", window=firm.pk, priority="10"))
    assert not RoutingRule.objects.exists()


def test_rules_need_their_right_and_stay_within_the_property(folio, firm, house, cast, signed_in, send):
    rule = routing_rule_make(house.place, folio=folio, window=firm)
    abroad = folio_make(house_make(cast.beta).place)
    reader, wanted = signed_in(cast.rae), {"window": firm.pk, "priority": "10"}

    assert signed_in(cast.di).get(page_of(folio)).status_code == 403
    assert signed_in(cast.eve).get(page_of(folio)).status_code == 404
    assert "Your role only reads folios." in text_of(reader.get(page_of(folio)))
    assert send(reader, page_of(folio), "add", **wanted).status_code == 403
    assert send(reader, page_of(folio), "end", rule=rule.pk).status_code == 403
    assert send(signed_in(cast.eve), page_of(folio), "add", **wanted).status_code == 404
    elsewhere = {"window": "", "other_folio": abroad.number, "priority": "10"}
    foreign = send(signed_in(cast.bo), page_of(folio), "add", **elsewhere)
    assert "No open folio has this number." in text_of(foreign)
    assert not RoutingRule.objects.filter(window__folio=abroad).exists()
    rule.refresh_from_db()
    assert rule.valid_until is None


def test_the_page_costs_the_same_for_many_rules(desk, folio, firm, house):
    routing_rule_make(house.place, folio=folio, window=firm)
    desk.get(page_of(folio))
    few = len(queries_of(lambda: desk.get(page_of(folio))))
    for _ in range(3):
        routing_rule_make(house.place, folio=folio, window=firm)

    assert len(queries_of(lambda: desk.get(page_of(folio)))) == few
    assert few <= 16
