"""Terms read once: the right rows, nobody else's, and as many queries for a large house as for a small one."""

from datetime import date
from decimal import Decimal

from moneyed import Money

from hotel.rates.domain.quotes import Occupancy
from hotel.rates.domain.terms import ChildTerms, Discount, Exemption
from hotel.rates.models import RatePriceAdults, RatePriceChild
from hotel.rates.selectors.quotes import quotes_search
from hotel.rates.selectors.sheets import SheetQuery, rate_sheet
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.guests import company_make
from tests.factories.properties import age_band_make
from tests.factories.rates import (
    agreement_make,
    package_make,
    price_make,
    promo_make,
    rate_plan_make,
    restriction_make,
    season_make,
    tax_exemption_make,
    tax_rule_make,
)
from tests.factories.rooms import room_type_make

FIRST, LAST = date(2027, 7, 1), date(2027, 7, 31)


def read(place, **over):
    return rate_sheet(SheetQuery(**{"place": place, "first": FIRST, "last": LAST, **over}))


def test_prices_of_the_dates_come_with_their_season_and_parts(cast):
    double, plan = room_type_make(cast.alpha), rate_plan_make(cast.alpha)
    infant = age_band_make(cast.alpha)
    high = season_make(
        cast.alpha, (date(2027, 6, 1), date(2027, 7, 15)), (date(2027, 7, 20), date(2027, 9, 1)),
        (date(2027, 12, 1), date(2028, 1, 1)),
    )  # fmt: skip
    winter = season_make(cast.alpha, (date(2027, 12, 1), date(2028, 1, 1)), code="WINTER")
    standing = price_make(plan, double, 100)
    seasonal = price_make(plan, double, 120, season=high)
    price_make(plan, double, 90, season=winter)
    dated = price_make(plan, double, 150, start_on=date(2027, 7, 31), end_on=date(2027, 8, 2))
    price_make(plan, double, 1, start_on=date(2027, 6, 1), end_on=FIRST)
    price_make(plan, double, 2, start_on=date(2027, 8, 1), end_on=date(2027, 8, 2))
    RatePriceAdults.objects.create(property=cast.alpha, price=dated, adults=3, amount=Money(170, "EUR"))
    RatePriceChild.objects.create(
        property=cast.alpha, price=dated, age_band=infant, method="share", share=Decimal("0.5")
    )
    rows = read(cast.alpha).prices[plan.pk, double.pk]
    assert [(row.id, row.level, row.label, row.start) for row in rows] == [
        (standing.pk, 0, "standard price", date.min),
        (seasonal.pk, 1, "season High", date(2027, 6, 1)),
        (seasonal.pk, 1, "season High", date(2027, 7, 20)),
        (dated.pk, 2, "price for 2027-07-31 to 2027-08-02", date(2027, 7, 31)),
    ]
    assert rows[-1].by_adults == {3: Decimal(170)}
    assert rows[-1].by_child == {"infant": ChildTerms("share", Decimal("0.5"))}


def test_only_the_types_asked_for_are_read(cast):
    double, single, plan = (
        room_type_make(cast.alpha),
        room_type_make(cast.alpha, "SGL"),
        rate_plan_make(cast.alpha),
    )
    price_make(plan, double, 100)
    price_make(plan, single, 80)
    for room_type in (double, single, None):
        restriction_make(cast.alpha, "cta", FIRST, LAST, room_type=room_type)
    found = read(cast.alpha, room_type_ids=[single.pk])
    assert (list(found.types), list(found.prices)) == ([single.pk], [(plan.pk, single.pk)])
    assert [row.room_type_id for row in found.restrictions] == [single.pk, None]
    assert len(read(cast.alpha).types) == 2


def test_rules_of_the_departure_date_are_read_and_those_after_it_not(cast):
    for kind, day in (("ctd", LAST), ("cta", date(2027, 8, 1))):
        restriction_make(cast.alpha, kind, day, date(2027, 8, 2))
    tax_rule_make(cast.alpha, valid_from=date(2027, 8, 1))
    tax_rule_make(cast.alpha, "OLD", valid_until=FIRST)
    tax_rule_make(cast.alpha, "NOW", position=5)
    found = read(cast.alpha)
    assert [row.kind for row in found.restrictions] == ["ctd"]
    assert [rule.code for rule in found.taxes] == ["NOW"]


def test_nothing_of_another_property_is_read(cast):
    plan = rate_plan_make(cast.beta)
    price_make(plan, room_type_make(cast.beta), 100)
    package_make(plan, 10)
    restriction_make(cast.beta, "cta", FIRST, LAST)
    tax_rule_make(cast.beta)
    promo_make(cast.beta)
    found = read(cast.alpha, promo_code="SPRING")
    assert (found.plans, found.types, found.prices, found.elements, found.promo) == ({}, {}, {}, {}, None)
    assert (found.restrictions, found.taxes) == ((), ())
    assert read(cast.beta, promo_code="spring").promo is not None


def test_a_company_brings_its_agreements_and_certificates(cast):
    acme, other = company_make(cast.alpha, name="Acme"), company_make(cast.alpha, name="Other")
    plain, cheap = rate_plan_make(cast.alpha), rate_plan_make(cast.alpha, "CORP")
    agreement_make(plain, acme)
    agreement_make(cheap, acme, discount_rate=Decimal("0.1"))
    tax_exemption_make(cast.alpha, company=acme, tax_codes=["VAT"])
    tax_exemption_make(cast.alpha, "C-2", company=acme, valid_until=date(2027, 6, 30))
    tax_exemption_make(cast.alpha, "C-3", company=other)
    found = read(cast.alpha, company_id=acme.pk)
    assert found.agreements == {plain.pk: None, cheap.pk: Discount("Agreed with Acme", Decimal("0.1"))}
    assert found.exemptions == (
        Exemption("diplomat", 0, frozenset({"VAT"}), date(2027, 1, 1), date(2027, 12, 31), "C-1"),
    )
    assert (read(cast.alpha).agreements, read(cast.alpha).exemptions) == ({}, ())


def test_a_code_is_read_with_its_plans_and_uses(cast):
    plan = rate_plan_make(cast.alpha)
    promo_make(cast.alpha, max_uses=1, used_count=1).rate_plans.add(plan)
    promo_make(cast.alpha, "OPEN", discount_rate=None)
    promo_make(cast.alpha, "GONE", is_active=False)
    spring = read(cast.alpha, promo_code="SPRING").promo
    assert (spring.plan_ids, spring.is_used_up, spring.discount) == (
        {plan.pk}, True, Discount("Spring", Decimal("0.10")),
    )  # fmt: skip
    assert read(cast.alpha, promo_code="OPEN").promo.discount is None
    assert read(cast.alpha, promo_code="GONE").promo is None


def house(place, types: int, plans: int) -> None:
    """A base plan with week-end prices in a season and breakfast, the other plans derived from it."""
    high = season_make(place, (FIRST, date(2027, 9, 1)), code=f"H{types}")
    bar = rate_plan_make(place, f"BAR{types}")
    package_make(bar, 12, code=f"BF{types}")
    for n in range(types):
        room_type = room_type_make(place, f"T{types}{n}")
        price_make(bar, room_type, 100 + n)
        price_make(bar, room_type, 120 + n, season=high)
        price_make(bar, room_type, 140 + n, season=high, weekdays=48)
    for n in range(plans - 1):
        rate_plan_make(place, f"P{types}{n}", parent=bar, offset_rate=Decimal(-n - 1) / 100)


def test_a_search_of_thirty_nights_eight_types_and_eight_plans_costs_the_queries_of_one(cast):
    tax_rule_make(cast.alpha, groups=["room", "food"])

    def search(departure):
        return quotes_search(
            place=cast.alpha, arrival=FIRST, departure=departure, occupancy=Occupancy(2), booked_on=TODAY
        )

    house(cast.alpha, types=1, plans=1)
    few = queries_of(lambda: search(date(2027, 7, 2)))
    house(cast.alpha, types=8, plans=8)
    many = queries_of(lambda: search(LAST))
    assert_constant(few, many)
    assert len(many) <= 17
    assert len(search(LAST)) == 65
