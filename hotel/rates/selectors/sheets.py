"""Reading all terms of a property that quotes need, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from hotel.properties.models import AgeBand, Property
from hotel.rates.domain.sheet import RateSheet
from hotel.rates.domain.terms import (
    ZERO,
    Band,
    ChildTerms,
    Discount,
    ElementTerms,
    Exemption,
    PlanTerms,
    PriceRow,
    PromoTerms,
    RestrictionRow,
    TaxTerms,
    TypeTerms,
)
from hotel.rates.models import (
    PackageElement,
    PromoCode,
    RatePlan,
    RatePlanCompany,
    RatePlanPackage,
    RatePlanRoomType,
    RatePrice,
    RatePriceAdults,
    RatePriceChild,
    Restriction,
    SeasonRange,
    TaxExemption,
    TaxRule,
)
from hotel.rates.selectors.policies import policy_snapshots
from hotel.rooms.models import RoomType, RoomTypeOccupancy


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetQuery:
    """Which terms to read: nights [first, last] and who asks; None for all types.

    With ``is_promo_taken`` the code is one that a stay has: it counts for the stay also when it is used up since.
    """

    place: Property
    first: date
    last: date
    room_type_ids: Collection[int] | None = None
    promo_code: str = ""
    is_promo_taken: bool = False
    company_id: int | None = None


def rate_sheet(query: SheetQuery) -> RateSheet:
    """The terms of a property for a range of dates.

    All plans are read, retired ones too, because children derive from them. The number of queries does not
    depend on the number of plans, types or nights.
    """
    return RateSheet(
        **standing_terms(query.place, query.room_type_ids), **dated_terms(query), **asked_terms(query)
    )


def standing_terms(place: Property, room_type_ids: Collection[int] | None = None) -> dict[str, Any]:
    """The parts of a sheet that hold for all dates: plans, types, bands, packages, policies."""
    plans = list(RatePlan.objects.at(place.pk))
    return {
        "property_id": place.pk,
        "currency": str(place.currency),
        "plans": _plans(place.pk, plans),
        "types": _types(place.pk, room_type_ids),
        "bands": tuple(_bands(place.pk)),
        "elements": _elements(place.pk),
        "policies": policy_snapshots(place, plans),
    }


def dated_terms(query: SheetQuery) -> dict[str, Any]:
    """The parts of a sheet that are said for dates: prices, restrictions, taxes."""
    return {
        "prices": _prices(query),
        "restrictions": tuple(_restrictions(query)),
        "taxes": tuple(taxes_of(query)),
    }


def asked_terms(query: SheetQuery) -> dict[str, Any]:
    """The parts of a sheet that depend on who asks; empty for somebody without a company and a promo code."""
    place = query.place
    found: dict[str, Any] = {}
    if query.company_id is not None:
        found["agreements"] = _agreements(place.pk, query.company_id)
        found["exemptions"] = tuple(_certificates(query))
    if query.promo_code:
        found["promo"] = _promo(place.pk, query.promo_code, is_taken=query.is_promo_taken)
    return found


def _plans(property_id: int, plans: Iterable[RatePlan]) -> dict[int, PlanTerms]:
    types: dict[int, set[int]] = defaultdict(set)
    links = RatePlanRoomType.objects.at(property_id).values_list("rate_plan_id", "room_type_id")
    for plan_id, type_id in links:
        types[plan_id].add(type_id)
    return {plan.pk: plan_terms(plan, frozenset(types.get(plan.pk, ()))) for plan in plans}


def plan_terms(plan: RatePlan, room_type_ids: frozenset[int]) -> PlanTerms:
    """A plan as plain terms."""
    return PlanTerms(
        id=plan.pk,
        code=plan.code,
        name=plan.name,
        parent_id=plan.parent_id,
        offset_rate=plan.offset_rate,
        offset_amount=_decimal(plan.offset_amount),
        rounding_step=plan.rounding_step,
        rounding_mode=plan.rounding_mode,
        floor=_decimal(plan.floor_amount),
        ceiling=_decimal(plan.ceiling_amount),
        max_discount_rate=plan.max_discount_rate,
        inherits_restrictions=plan.inherits_restrictions,
        is_active=plan.is_active,
        sell_from=plan.sell_from,
        sell_until=plan.sell_until,
        stay_from=plan.stay_from,
        stay_until=plan.stay_until,
        needs_promo=plan.needs_promo,
        is_negotiated=plan.is_negotiated,
        day_use_hours=plan.day_use_hours,
        day_use_step=plan.day_use_step_minutes,
        day_use_least=plan.day_use_min_hours,
        room_type_ids=room_type_ids,
    )


def _decimal(money: Any) -> Any:
    return None if money is None else money.amount


def _types(property_id: int, ids: Collection[int] | None) -> dict[int, TypeTerms]:
    limits: dict[int, dict[str, int]] = defaultdict(dict)
    rows = RoomTypeOccupancy.objects.at(property_id)
    for type_id, code, count in rows.values_list("room_type_id", "age_band__code", "max_count"):
        limits[type_id][code] = count
    types = RoomType.objects.at(property_id)
    if ids is not None:
        types = types.filter(pk__in=ids)
    values = types.values_list(
        "pk", "code", "name", "standard_occupancy", "max_occupancy", "max_adults", "max_children"
    )
    return {row[0]: TypeTerms(*row, by_band=limits.get(row[0], {})) for row in values}


def _bands(property_id: int) -> Iterable[Band]:
    rows = AgeBand.objects.at(property_id).order_by("min_age", "code")
    return (Band(*row) for row in rows.values_list("code", "min_age", "max_age"))


def _prices(query: SheetQuery) -> dict[tuple[int, int], list[PriceRow]]:
    seasons = _seasons(query)
    dated = Q(start_on__lte=query.last, end_on__gt=query.first)
    always = Q(season=None, start_on=None)
    rows = RatePrice.objects.at(query.place.pk).filter(dated | Q(season__in=list(seasons)) | always)
    if query.room_type_ids is not None:
        rows = rows.filter(room_type__in=query.room_type_ids)
    values = list(
        rows.order_by("pk").values(
            "pk", "rate_plan_id", "room_type_id", "season_id", "start_on", "end_on", "weekdays",
            "amount", "single_amount", "extra_adult_amount",
        )
    )  # fmt: skip
    ids = [row["pk"] for row in values]
    adults, children = _by_adults(ids), _by_child(ids)
    found: dict[tuple[int, int], list[PriceRow]] = defaultdict(list)
    for row in values:
        for level, label, start, end in _spans(row, seasons):
            terms = PriceRow(
                row["pk"], row["rate_plan_id"], row["room_type_id"], level, label, start, end, row["weekdays"],
                row["amount"], row["single_amount"], row["extra_adult_amount"],
                adults.get(row["pk"], {}), children.get(row["pk"], {}),
            )  # fmt: skip
            found[row["rate_plan_id"], row["room_type_id"]].append(terms)
    return found


def _spans(
    row: Mapping[str, Any], seasons: Mapping[int, list[tuple[str, date, date]]]
) -> Iterable[tuple[int, str, date, date]]:
    """Level, label and range of a price; a season's price once per range."""
    if row["start_on"] is not None:
        yield 2, f"price for {row['start_on']} to {row['end_on']}", row["start_on"], row["end_on"]
    elif row["season_id"] is not None:
        for name, start, end in seasons[row["season_id"]]:
            yield 1, f"season {name}", start, end
    else:
        yield 0, "standard price", date.min, date.max


def _seasons(query: SheetQuery) -> dict[int, list[tuple[str, date, date]]]:
    """Name and range of each season that touches the dates, by season id."""
    found: dict[int, list[tuple[str, date, date]]] = defaultdict(list)
    rows = SeasonRange.objects.at(query.place.pk).filter(start_on__lte=query.last, end_on__gt=query.first)
    for season_id, name, start, end in rows.values_list("season_id", "season__name", "start_on", "end_on"):
        found[season_id].append((name, start, end))
    return found


def _by_adults(price_ids: Collection[int]) -> dict[int, dict[int, Any]]:
    found: dict[int, dict[int, Any]] = defaultdict(dict)
    rows = RatePriceAdults.objects.filter(price__in=price_ids)
    for price_id, adults, amount in rows.values_list("price_id", "adults", "amount"):
        found[price_id][adults] = amount
    return found


def _by_child(price_ids: Collection[int]) -> dict[int, dict[str, ChildTerms]]:
    found: dict[int, dict[str, ChildTerms]] = defaultdict(dict)
    rows = RatePriceChild.objects.filter(price__in=price_ids)
    for price_id, code, method, amount, share in rows.values_list(
        "price_id", "age_band__code", "method", "amount", "share"
    ):
        found[price_id][code] = ChildTerms(method, amount or share or ZERO)
    return found


def _restrictions(query: SheetQuery) -> Iterable[RestrictionRow]:
    return (RestrictionRow(*row) for row in restriction_values(restrictions_on(query)))


def restrictions_on(query: SheetQuery) -> QuerySet[Restriction]:
    """Restrictions that touch the dates, at any level; the departure date is ``last``."""
    rows = Restriction.objects.at(query.place.pk).filter(start_on__lte=query.last, end_on__gt=query.first)
    if query.room_type_ids is not None:
        rows = rows.filter(Q(room_type=None) | Q(room_type__in=query.room_type_ids))
    return rows


def restriction_values(rows: QuerySet[Restriction]) -> Iterable[tuple[Any, ...]]:
    """The values of ``RestrictionRow``, in order of its fields."""
    return (
        (*row[:7], tuple(row[7]), *row[8:])
        for row in rows.order_by("pk").values_list(
            "room_type_id", "rate_plan_id", "kind", "start_on", "end_on", "weekdays", "value", "pattern", "reason",
            "guarantee",
        )
    )  # fmt: skip


def taxes_of(query: SheetQuery) -> Iterable[TaxTerms]:
    """The tax rules of the query's nights, in order of computation; each version by itself. One query."""
    rows = TaxRule.objects.at(query.place.pk).filter(
        Q(valid_until=None) | Q(valid_until__gt=query.first), valid_from__lte=query.last
    )
    return (tax_terms(rule) for rule in rows.order_by("position", "code", "valid_from"))


def tax_terms(rule: TaxRule) -> TaxTerms:
    """A tax rule as plain terms."""
    return TaxTerms(
        id=rule.pk,
        code=rule.code,
        name=rule.name,
        method=rule.method,
        rate=rule.rate or ZERO,
        amount=_decimal(rule.amount) or ZERO,
        is_inclusive=rule.is_inclusive,
        groups=frozenset(rule.groups),
        stacked_on=frozenset(rule.stacked_on),
        max_nights=rule.max_nights,
        max_amount=_decimal(rule.max_amount),
        min_age=rule.min_age,
        max_age=rule.max_age,
        exempt_reasons=frozenset(rule.exempt_reasons),
        valid_from=rule.valid_from,
        valid_until=rule.valid_until,
    )


def _elements(property_id: int) -> dict[int, list[ElementTerms]]:
    links = RatePlanPackage.objects.at(property_id).filter(package__is_active=True)
    by_package: dict[int, list[PackageElement]] = defaultdict(list)
    elements = PackageElement.objects.at(property_id).select_related("age_band")
    for element in elements.order_by("position", "pk"):
        by_package[element.package_id].append(element)
    found: dict[int, list[ElementTerms]] = defaultdict(list)
    for plan_id, package_id, is_included in links.order_by("pk").values_list(
        "rate_plan_id", "package_id", "is_included"
    ):
        found[plan_id] += [element_terms(element, is_included) for element in by_package[package_id]]
    return found


def element_terms(element: PackageElement, is_included: bool) -> ElementTerms:
    """A package element as plain terms, the way a plan has it."""
    band = element.age_band
    return ElementTerms(
        id=element.pk if is_included else -element.pk,
        code=element.code,
        name=element.name,
        group=element.group,
        rhythm=element.rhythm,
        basis=element.basis,
        amount=_decimal(element.amount) or ZERO,
        share=element.share or ZERO,
        every_nights=element.every_nights or 1,
        weekdays=element.weekdays,
        band=band.code if band is not None else "",
        is_included=is_included,
        is_allowance=element.is_allowance,
        allowance_period=element.allowance_period,
        allowance_codes=tuple(element.allowance_codes),
        bears_overage=element.bears_overage,
    )


def _agreements(property_id: int, company_id: int) -> dict[int, Discount | None]:
    rows = RatePlanCompany.objects.at(property_id).filter(company=company_id)
    return {
        plan_id: None if rate is None else Discount(f"Agreed with {name}", rate)
        for plan_id, rate, name in rows.values_list("rate_plan_id", "discount_rate", "company__name")
    }


def _promo(property_id: int, code: str, *, is_taken: bool) -> PromoTerms | None:
    promo = PromoCode.objects.at(property_id).filter(code=code.upper(), is_active=True).first()
    if promo is None:
        return None
    discount = None
    if promo.discount_rate or promo.discount_amount:
        discount = Discount(
            promo.name,
            promo.discount_rate or ZERO,
            _decimal(promo.discount_amount) or ZERO,
            promo.is_combinable,
        )
    return PromoTerms(
        code=promo.code,
        discount=discount,
        plan_ids=frozenset(promo.rate_plans.values_list("pk", flat=True)),
        book_from=promo.book_from,
        book_until=promo.book_until,
        stay_from=promo.stay_from,
        stay_until=promo.stay_until,
        is_used_up=not is_taken and promo.max_uses is not None and promo.used_count >= promo.max_uses,
    )


def _certificates(query: SheetQuery) -> Iterable[Exemption]:
    """The company's own certificates that are valid on some of the nights."""
    rows = TaxExemption.objects.at(query.place.pk).filter(
        company=query.company_id, revoked_at=None, valid_from__lte=query.last, valid_until__gte=query.first
    )
    return (exemption_terms(row) for row in rows)


def exemption_terms(row: TaxExemption, persons: int = 0) -> Exemption:
    """A certificate as plain terms; ``persons`` 0 for the whole party."""
    codes = frozenset(row.tax_codes)
    return Exemption(row.reason, persons, codes, row.valid_from, row.valid_until, row.certificate)
