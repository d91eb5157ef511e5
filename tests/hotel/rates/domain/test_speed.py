"""A search over many plans, types and nights stays quick, because equal nights are computed once."""

from datetime import date, timedelta
from decimal import Decimal

from hotel.rates.domain.quotes import Occupancy
from hotel.rates.domain.sheet import RateSheet, StayRequest
from hotel.rates.domain.stays import StayPricer
from hotel.rates.domain.terms import Band, ElementTerms, PlanTerms, PriceRow, TaxTerms, TypeTerms
from tests.effort import calls_of

START = date(2027, 7, 1)


def big_sheet() -> RateSheet:
    """Eight plans (two with prices of their own, six derived), six types, week and week-end prices, two taxes."""
    types = {n: TypeTerms(n, f"T{n}", f"Type {n}", 2, 4, 4, 2) for n in range(1, 7)}
    plans = {n: PlanTerms(n, f"P{n}", f"Plan {n}", room_type_ids=frozenset(types)) for n in (1, 2)}
    for n in range(3, 9):
        offset = Decimal(-n) / 100
        plans[n] = PlanTerms(
            n, f"P{n}", f"Plan {n}", parent_id=1 + n % 2, offset_rate=offset, rounding_step=Decimal(1)
        )
    prices = {
        (plan, kind): [
            PriceRow(
                plan * 100 + kind * 10,
                plan,
                kind,
                1,
                "summer",
                START,
                START + timedelta(90),
                79,
                Decimal(100 + kind),
            ),
            PriceRow(
                plan * 100 + kind * 10 + 1,
                plan,
                kind,
                1,
                "summer",
                START,
                START + timedelta(90),
                48,
                Decimal(120 + kind),
            ),
            PriceRow(
                plan * 100 + kind * 10 + 2,
                plan,
                kind,
                0,
                "always",
                date.min,
                date.max,
                127,
                Decimal(90 + kind),
            ),
        ]
        for plan in (1, 2)
        for kind in types
    }
    taxes = [
        TaxTerms(1, "VAT", "VAT", "percent", rate=Decimal("0.10"), groups=frozenset({"room", "food"})),
        TaxTerms(
            2,
            "CITY",
            "City tax",
            "percent",
            rate=Decimal("0.032"),
            is_inclusive=False,
            groups=frozenset({"room"}),
            min_age=15,
        ),
    ]
    breakfast = ElementTerms(1, "BF", "Breakfast", "food", "every_night", "per_person", amount=Decimal(15))
    return RateSheet(
        property_id=1,
        currency="EUR",
        plans=plans,
        types=types,
        bands=(Band("child", 0, 11), Band("adult", 12, 199)),
        prices=prices,
        taxes=taxes,
        elements={2: [breakfast]},
    )


def test_thirty_nights_in_six_types_and_eight_plans_cost_little_more_than_three():
    sheet = big_sheet()

    def search(nights):
        request = StayRequest(
            arrival=START, departure=START + timedelta(nights), occupancy=Occupancy(2), booked_on=START
        )
        pricer = StayPricer(sheet, request)
        return [pricer.quote(plan, kind) for plan in sheet.plans for kind in sheet.types]

    quotes = search(30)
    assert len(quotes) == 48
    assert {len(quote.nights) for quote in quotes} == {30}
    short, long = calls_of(lambda: search(3)), calls_of(lambda: search(30))
    assert long < 3 * short
