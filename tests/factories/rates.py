"""Rate plans, prices and their rules for tests: the least valid ones, deterministic."""

from datetime import date, time
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.properties.models import Property
from hotel.rates.models import (
    CancellationPolicy,
    CancellationStep,
    DepositPolicy,
    DepositStep,
    NoShowPolicy,
    Package,
    PackageElement,
    PromoCode,
    RatePlan,
    RatePlanCompany,
    RatePlanPackage,
    RatePlanRoomType,
    RatePrice,
    Restriction,
    Season,
    SeasonRange,
    TaxExemption,
    TaxRule,
)
from hotel.rooms.models import RoomType

LONG_AGO = date(2020, 1, 1)


def _money(place: Property, amount: Any) -> Any:
    return (
        amount
        if amount is None or isinstance(amount, Money)
        else Money(Decimal(str(amount)), str(place.currency))
    )


def _with_money(place: Property, values: dict[str, Any], *names: str) -> dict[str, Any]:
    return {key: _money(place, value) if key in names else value for key, value in values.items()}


def rate_plan_make(place: Property, code: str = "BAR", **over) -> RatePlan:
    """A plan without prices; give ``parent`` and ``offset_rate`` or ``offset_amount`` for a derived one."""
    names = ("offset_amount", "floor_amount", "ceiling_amount")
    values = _with_money(place, {"name": code.title(), **over}, *names)
    return RatePlan.objects.create(property=place, code=code, **values)


def price_make(plan: RatePlan, room_type: RoomType, amount: Any, **over) -> RatePrice:
    """A price that always counts, and the plan is sold on the type; give dates or a season for less."""
    place = plan.property
    RatePlanRoomType.objects.get_or_create(property=place, rate_plan=plan, room_type=room_type)
    values = _with_money(place, {"amount": amount, **over}, "amount", "single_amount", "extra_adult_amount")
    return RatePrice.objects.create(property=place, rate_plan=plan, room_type=room_type, **values)


def season_make(place: Property, *ranges: tuple[date, date], code: str = "HIGH", **over) -> Season:
    """A season with ranges of nights, ends excluded."""
    season = Season.objects.create(property=place, code=code, **{"name": code.title(), **over})
    for start, end in ranges:
        SeasonRange.objects.create(property=place, season=season, start_on=start, end_on=end)
    return season


def restriction_make(
    place: Property, kind: str, start: date, end: date, value: Any = None, **over
) -> Restriction:
    """A restriction of the house on the nights [start, end)."""
    return Restriction.objects.create(
        property=place, kind=kind, start_on=start, end_on=end, value=value, **over
    )


def tax_rule_make(place: Property, code: str = "VAT", **over) -> TaxRule:
    """Ten percent contained in the room price, valid since long ago."""
    values = {
        "name": code.title(),
        "method": "percent",
        "rate": Decimal("0.10"),
        "groups": ["room"],
        "valid_from": LONG_AGO,
        **over,
    }
    if values["method"] != "percent":
        values = {**values, "rate": None, "groups": []}
    return TaxRule.objects.create(
        property=place, code=code, **_with_money(place, values, "amount", "max_amount")
    )


def city_tax_make(place: Property, **over) -> TaxRule:
    """Two a guest and night on top of the price."""
    return tax_rule_make(
        place, "CITY", **{"method": "per_person_night", "amount": 2, "is_inclusive": False, **over}
    )


def tax_exemption_make(place: Property, certificate: str = "C-1", **over) -> TaxExemption:
    """A certificate for diplomats, valid throughout 2027."""
    values = {
        "holder": "Holder",
        "reason": "diplomat",
        "valid_from": date(2027, 1, 1),
        "valid_until": date(2027, 12, 31),
    }
    return TaxExemption.objects.create(property=place, certificate=certificate, **{**values, **over})


def package_make(
    plan: RatePlan, amount: Any, code: str = "BF", *, is_included: bool = True, **over
) -> PackageElement:
    """A package of one element, per person and night, contained in the plan."""
    place = plan.property
    package, _ = Package.objects.get_or_create(property=place, code=code, defaults={"name": code.title()})
    RatePlanPackage.objects.create(property=place, rate_plan=plan, package=package, is_included=is_included)
    values = _with_money(place, {"name": code.title(), "amount": amount, **over}, "amount")
    return PackageElement.objects.create(property=place, package=package, code=code, **values)


def promo_make(place: Property, code: str = "SPRING", **over) -> PromoCode:
    """A promotion of ten percent on every plan."""
    values = {"name": code.title(), "discount_rate": Decimal("0.10"), **over}
    return PromoCode.objects.create(
        property=place, code=code, **_with_money(place, values, "discount_amount")
    )


def agreement_make(plan: RatePlan, company: Any, **over) -> RatePlanCompany:
    """A plan agreed with a company, without a discount."""
    return RatePlanCompany.objects.create(property=plan.property, rate_plan=plan, company=company, **over)


def cancellation_policy_make(place: Property, code: str = "FLEX", **over) -> CancellationPolicy:
    """Free until 18:00 two days before arrival, then the first night."""
    policy = CancellationPolicy.objects.create(property=place, code=code, **{"name": code.title(), **over})
    cancellation_step_make(policy)
    return policy


def cancellation_step_make(policy: CancellationPolicy, position: int = 1, **over) -> CancellationStep:
    """The first night from 18:00 two days before arrival on."""
    values = {
        "deadline": "before_arrival",
        "days_before": 2,
        "at_time": time(18),
        "penalty": "nights",
        "nights": 1,
    }
    values = _with_money(policy.property, {**values, **over}, "amount")
    return CancellationStep.objects.create(
        property=policy.property, policy=policy, position=position, **values
    )


def deposit_policy_make(place: Property, code: str = "DEP30", **over) -> DepositPolicy:
    """Thirty percent when booking."""
    policy = DepositPolicy.objects.create(property=place, code=code, **{"name": code.title(), **over})
    DepositStep.objects.create(
        property=place, policy=policy, position=1, due="at_booking", kind="percent", share=Decimal("0.30")
    )
    return policy


def no_show_policy_make(place: Property, code: str = "NS1", **over) -> NoShowPolicy:
    """The first night."""
    values = {"name": code.title(), "penalty": "nights", "nights": 1, **over}
    return NoShowPolicy.objects.create(property=place, code=code, **_with_money(place, values, "amount"))
