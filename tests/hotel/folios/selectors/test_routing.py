"""The rules that reach from some folios, and what limits have let through."""

from datetime import timedelta
from decimal import Decimal

from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.folios.models import RoutingRule
from hotel.folios.selectors.routing import limits_used, rules_reaching
from hotel.folios.services.corrections import posting_reverse
from tests.cast import TODAY
from tests.factories.folios import charge_make, folio_make, money


def rule_make(folio, target, **over) -> RoutingRule:
    values = {"valid_from": TODAY - timedelta(days=5), **over}
    return RoutingRule.objects.create(
        property=folio.property, folio=folio, window=target.windows.get(), **values
    )


def test_rules_of_the_folios_they_lead_to_are_read_too(cast):
    one, two, three, other = (folio_make(cast.alpha, name=str(n)) for n in range(4))
    late, early = rule_make(one, two, priority=20), rule_make(one, three, priority=5)
    onward = rule_make(two, three)
    rule_make(other, one)

    with CaptureQueriesContext(connection) as captured:
        found = rules_reaching([one.pk])

    assert {folio: [rule.id for rule in rules] for folio, rules in found.items()} == {
        one.pk: [early.pk, late.pk],
        two.pk: [onward.pk],
        three.pk: [],
    }
    assert len(captured) == 2
    assert found[two.pk][0].target_folio_id == three.pk


def test_folios_without_rules_cost_one_query(cast):
    folios = [folio_make(cast.alpha, name=str(n)).pk for n in range(3)]
    with CaptureQueriesContext(connection) as captured:
        assert rules_reaching(folios) == {pk: [] for pk in folios}
    assert len(captured) == 1


def test_limits_count_what_was_sent_less_what_was_taken_back(cast):
    folio, company = (folio_make(cast.alpha, name=name) for name in ("Guest", "Company"))
    per_day = rule_make(folio, company, groups=["food"], limit_amount=money(cast.alpha, 100))
    in_total = rule_make(folio, company, limit_amount=money(cast.alpha, 100), limit_per="total")
    yesterday = TODAY - timedelta(days=1)
    for day in (yesterday, TODAY):
        charge_make(folio, 30, code="food", revenue_date=day)
        charge_make(folio, 20, code="beverage", revenue_date=day)
    posting_reverse(posting=charge_make(folio, 7, code="food"))
    rules = rules_reaching([folio.pk])

    with CaptureQueriesContext(connection) as captured:
        used = limits_used(cast.alpha.pk, rules, [TODAY])

    assert used == {(per_day.pk, TODAY): Decimal(30), (in_total.pk, None): Decimal(40)}
    assert len(captured) == 1


def test_without_limits_nothing_is_asked(cast):
    folio = folio_make(cast.alpha)
    rule_make(folio, folio_make(cast.alpha, name="Other"))
    rules = rules_reaching([folio.pk])
    with CaptureQueriesContext(connection) as captured:
        assert limits_used(cast.alpha.pk, rules, [TODAY]) == {}
    assert not captured.captured_queries
