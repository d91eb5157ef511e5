"""The demo is whole, the same every time, and sold."""

from datetime import date

from hotel.core.invariants import invariants_verify
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan, RatePrice, Restriction, TaxRule
from hotel.rates.selectors.quotes import quotes_search
from hotel.rates.services.demo import demo_seed
from hotel.rates.services.demo_taxes import OTHERS, RULES
from tests.factories.guests import company_make
from tests.factories.rooms import room_type_make


def test_the_demo_is_seeded_once_and_can_be_sold(cast):
    company = company_make(cast.alpha)
    for place in (cast.alpha, cast.beta):
        for n, code in enumerate(("STD", "DLX", "STE")):
            room_type_make(place, code=code, sort_order=n)
    said: list[str] = []
    demo_seed(say=said.append)
    assert said == ["ALPHA: rates for 5 years", "BETA: rates for 5 years"]
    counts = [model.objects.count() for model in (RatePlan, RatePrice, Restriction, TaxRule)]
    demo_seed(say=said.append)
    assert [model.objects.count() for model in (RatePlan, RatePrice, Restriction, TaxRule)] == counts
    assert len(said) == 2
    assert [finding.invariant.name for finding in invariants_verify() if finding.violations] == []
    for year in range(2025, 2030):
        found = quotes_search(
            place=cast.alpha,
            arrival=date(year, 7, 12),
            departure=date(year, 7, 20),
            occupancy=Occupancy(2),
            booked_on=date(year, 6, 1),
            company_id=company.pk,
            promo_code="AUBERGE",
        )
        plans = {RatePlan.objects.get(pk=quote.rate_plan_id).code for quote in found}
        assert plans == {"BAR", "SEMI", "NRF", "BB", "WEEK", "CORP", "FRIENDS"}
        assert len(found) == 21
    yen = quotes_search(
        place=cast.beta,
        arrival=date(2027, 5, 1),
        departure=date(2027, 5, 2),
        occupancy=Occupancy(1),
        booked_on=date(2027, 3, 14),
    )
    assert {quote.total.amount % 1 for quote in yen} == {0}


def test_properties_without_types_are_left_alone(cast):
    demo_seed(say=lambda text: None)
    assert not RatePlan.objects.exists()


def test_every_country_has_a_tax_on_rooms():
    for rules in [*RULES.values(), OTHERS]:
        assert any("room" in rule.get("groups", ()) for rule in rules)
