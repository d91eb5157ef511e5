"""The demo's rates: believable plans, prices over five years, taxes and rules at every property with types."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal

from django.db import transaction
from moneyed import Money

from hotel.core.locks import LockSpace, advisory_lock
from hotel.guests.models import Company
from hotel.properties.models import AgeBand, Property
from hotel.rates.choices import ChildPricing, RestrictionKind
from hotel.rates.models import CancellationPolicy, DepositPolicy, NoShowPolicy, Package, RatePlan, Season
from hotel.rates.services.demo_taxes import demo_taxes
from hotel.rates.services.packages import package_create
from hotel.rates.services.plans import PlanContents, plan_create
from hotel.rates.services.policies import policy_create
from hotel.rates.services.prices import ChildPrice, PriceChange, prices_set
from hotel.rates.services.promos import promo_create
from hotel.rates.services.restrictions import RestrictionChange, restrictions_set
from hotel.rates.services.seasons import season_create
from hotel.rooms.models import RoomType

YEARS_BACK, YEARS_AHEAD = 2, 2
WEEKDAYS, WEEKEND = 0b1001111, 0b0110000
YEN_PER_EURO = 160
CancellationSteps = list[dict[str, object]]


def demo_seed(*, say: Callable[[str], None]) -> None:
    """Seed each property that has room types and no plans yet. Repeatable; the same every time."""
    for place in Property.objects.order_by("code"):
        if _seeded(place):
            say(f"{place.code}: rates for {YEARS_BACK + YEARS_AHEAD + 1} years")


@transaction.atomic
def _seeded(place: Property) -> bool:
    advisory_lock(LockSpace.DEMO, f"rates:{place.pk}")
    types = list(
        RoomType.objects.at(place.pk)
        .filter(is_active=True)
        .exclude(kind="pseudo")
        .order_by("sort_order", "code")
    )
    if not types or RatePlan.objects.at(place.pk).exists():
        return False
    demo_taxes(place=place)
    plans = _plans(place, types)
    _prices(place, plans["BAR"], types)
    prices_set(
        plan=plans["DAY"],
        changes=[
            PriceChange(room_types=[row], amount=_money(place, 55 + 15 * n)) for n, row in enumerate(types)
        ],
    )
    _restrictions(place, plans)
    values = {"code": "SPRING", "name": "Spring offer", "discount_rate": Decimal("0.10")}
    promo_create(place=place, values=values, rate_plans=[plans["BAR"], plans["BB"]])
    promo_create(place=place, values={"code": "AUBERGE", "name": "Friends"}, rate_plans=[plans["FRIENDS"]])
    return True


def _money(place: Property, euros: int | Decimal) -> Money:
    """A round amount in the property's currency."""
    currency = str(place.currency)
    amount = Decimal(euros)
    return Money((amount * YEN_PER_EURO).quantize(Decimal("1E2")) if currency == "JPY" else amount, currency)


def _cancellation(place: Property, code: str, name: str, steps: CancellationSteps) -> CancellationPolicy:
    return policy_create(
        model=CancellationPolicy, place=place, values={"code": code, "name": name}, steps=steps
    )


def _before(days: int, share: str) -> dict[str, object]:
    return {
        "deadline": "before_arrival",
        "days_before": days,
        "at_time": time(18),
        "penalty": "percent",
        "share": Decimal(share),
    }


def _plans(place: Property, types: list[RoomType]) -> dict[str, RatePlan]:
    first_night = {
        "deadline": "before_arrival",
        "days_before": 1,
        "at_time": time(18),
        "penalty": "nights",
        "nights": 1,
    }
    flexible = _cancellation(place, "FLEX", "Free until 18:00 the day before", [first_night])
    semi = _cancellation(
        place, "SEMI", "Half from 7 days, all from 2 days before", [_before(7, "0.5"), _before(2, "1")]
    )
    whole = {"deadline": "after_booking", "hours_after": 0, "penalty": "percent", "share": Decimal(1)}
    strict = _cancellation(place, "NONREF", "Non-refundable", [whole])
    paid: list[dict[str, object]] = [{"due": "at_booking", "kind": "balance"}]
    prepaid = policy_create(
        model=DepositPolicy, place=place, values={"code": "FULL", "name": "Paid when booking"}, steps=paid
    )
    parts: list[dict[str, object]] = [
        {"due": "at_booking", "kind": "percent", "share": Decimal("0.3")},
        {"due": "before_arrival", "days_before": 7, "kind": "percent", "share": Decimal("0.2")},
    ]
    partly = policy_create(
        model=DepositPolicy, place=place, values={"code": "PARTS", "name": "30 %, then 20 %"}, steps=parts
    )
    no_show = policy_create(
        model=NoShowPolicy,
        place=place,
        values={"code": "NIGHT1", "name": "First night", "penalty": "nights", "nights": 1},
    )
    breakfast = _breakfast(place)
    companies = dict.fromkeys(
        Company.objects.filter(profiles__property=place, kind="company").order_by("pk").distinct()[:3]
    )

    def make(code: str, name: str, position: int, **values: object) -> RatePlan:
        inside = {breakfast: True} if code == "BB" else None
        contents = PlanContents(
            values={"code": code, "name": name, "sort_order": position, **values},
            room_types=types if values.get("parent") is None else None,
            packages=inside,
            companies=companies if code == "CORP" else None,
        )
        return plan_create(place=place, contents=contents)

    step = Decimal(100) if str(place.currency) == "JPY" else Decimal(1)
    bar = make("BAR", "Best flexible rate", 10, cancellation_policy=flexible, no_show_policy=no_show)
    derived = {"parent": bar, "rounding_step": step}
    less = {code: Decimal(rate) for code, rate in (("NRF", "-0.1"), ("SEMI", "-0.05"), ("WEEK", "-0.15"))}
    day = {"day_use_hours": 8, "cancellation_policy": flexible}
    return {
        "BAR": bar,
        "SEMI": make(
            "SEMI",
            "Semi-flexible",
            20,
            offset_rate=less["SEMI"],
            cancellation_policy=semi,
            deposit_policy=partly,
            **derived,
        ),
        "NRF": make(
            "NRF",
            "Non-refundable",
            30,
            offset_rate=less["NRF"],
            cancellation_policy=strict,
            deposit_policy=prepaid,
            floor_amount=_money(place, 60),
            **derived,
        ),
        "BB": make("BB", "Bed and breakfast", 40, offset_amount=_money(place, 28), **derived),
        "WEEK": make("WEEK", "A week or longer", 50, offset_rate=less["WEEK"], **derived),
        "CORP": make(
            "CORP",
            "Corporate",
            60,
            offset_rate=Decimal("-0.12"),
            is_negotiated=True,
            market="corporate",
            **derived,
        ),
        "FRIENDS": make(
            "FRIENDS", "Friends of the house", 70, offset_rate=Decimal("-0.2"), needs_promo=True, **derived
        ),
        "DAY": make("DAY", "Day use", 80, **day),
    }


def _breakfast(place: Property) -> Package:
    element = {
        "code": "BREAKFAST",
        "name": "Breakfast",
        "group": "food",
        "rhythm": "every_night",
        "basis": "per_person",
        "amount": _money(place, 14),
    }
    values = {"code": "BF", "name": "Breakfast buffet"}
    return package_create(place=place, values=values, elements=[element])


def _years(place: Property) -> range:
    year = place.business_date.year
    return range(year - YEARS_BACK, year + YEARS_AHEAD + 1)


def _high(year: int) -> list[tuple[date, date]]:
    return [(date(year, 7, 1), date(year, 9, 1)), (date(year, 12, 20), date(year + 1, 1, 7))]


def _mid(year: int) -> list[tuple[date, date]]:
    return [(date(year, 4, 15), date(year, 7, 1)), (date(year, 9, 1), date(year, 10, 16))]


def _seasons(place: Property) -> dict[str, Season]:
    ranges = {
        "MID": ("Spring and autumn", [r for year in _years(place) for r in _mid(year)]),
        "HIGH": ("Summer and the turn of the year", [r for year in _years(place) for r in _high(year)]),
    }
    return {
        code: season_create(place=place, values={"code": code, "name": name}, ranges=spans)
        for code, (name, spans) in ranges.items()
    }


def _prices(place: Property, bar: RatePlan, types: list[RoomType]) -> None:
    seasons = _seasons(place)
    children = [
        ChildPrice(age_band=band, method=ChildPricing.FREE)
        if band.max_age <= 3
        else ChildPrice(age_band=band, method=ChildPricing.SHARE, share=Decimal("0.5"))
        for band in AgeBand.objects.at(place.pk).exclude(code="adult").order_by("min_age")
    ]
    levels = [(None, 0), (seasons["MID"], 20), (seasons["HIGH"], 55)]
    changes = []
    for position, room_type in enumerate(types):
        for season, rise in levels:
            for mask, extra in ((WEEKDAYS, 0), (WEEKEND, 18)):
                amount = 95 + 35 * position + rise + extra
                changes.append(
                    PriceChange(
                        room_types=[room_type],
                        season=season,
                        weekdays=mask,
                        amount=_money(place, amount),
                        single_amount=_money(place, amount - 12),
                        extra_adult_amount=_money(place, 35),
                        by_child=children,
                    )
                )
    prices_set(plan=bar, changes=changes)


def _restrictions(place: Property, plans: dict[str, RatePlan]) -> None:
    years = _years(place)
    start, end = date(years[0], 1, 1), date(years[-1] + 1, 1, 7)
    changes = [
        RestrictionChange(
            kind=RestrictionKind.MIN_LOS,
            start=start,
            end=end,
            value=7,
            rate_plan=plans["WEEK"],
            reason="Weekly rate",
        ),
        RestrictionChange(
            kind=RestrictionKind.MIN_ADVANCE,
            start=start,
            end=end,
            value=7,
            rate_plan=plans["NRF"],
            reason="Early booker",
        ),
    ]
    for year in years:
        summer, turn = _high(year)
        changes.append(
            RestrictionChange(
                kind=RestrictionKind.MIN_STAY_THROUGH,
                start=summer[0],
                end=summer[1],
                weekdays=WEEKEND,
                value=2,
                reason="Summer weekends",
            )
        )
        eve = date(year, 12, 31)
        changes += [
            RestrictionChange(
                kind=RestrictionKind.CTD, start=eve, end=turn[1].replace(day=1), reason="New Year's Eve"
            ),
            RestrictionChange(
                kind=RestrictionKind.CLOSED, start=eve, end=turn[1].replace(day=1), rate_plan=plans["FRIENDS"]
            ),
        ]
    restrictions_set(place=place, changes=changes)
