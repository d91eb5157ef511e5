"""Prices: set in bulk by type, dates and weekday; the newest word counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import AgeBand
from hotel.rates.choices import ChildPricing
from hotel.rates.domain.ranges import Span, carve, has_night
from hotel.rates.models import RatePlan, RatePlanRoomType, RatePrice, RatePriceAdults, RatePriceChild, Season
from hotel.rates.models.base import ALL_WEEK
from hotel.rates.services.facts import rates_changed
from hotel.rates.services.plans import check_currency
from hotel.rooms.models import RoomType


@dataclass(frozen=True, kw_only=True)
class ChildPrice:
    """What a child of a band adds: an amount, a share of an adult's part, or nothing."""

    age_band: AgeBand
    method: ChildPricing
    amount: Money | None = None
    share: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class PriceChange:
    """One price for several types.

    Attributes:
        start, end: nights [start, end) of a dated price; both None for a season's or a standing price.
        weekdays: bits, Monday 1 … Sunday 64.
        amount: up to the standard occupancy; None takes the price away on these nights.
    """

    room_types: Sequence[RoomType]
    start: date | None = None
    end: date | None = None
    season: Season | None = None
    weekdays: int = ALL_WEEK
    amount: Money | None = None
    single_amount: Money | None = None
    extra_adult_amount: Money | None = None
    by_adults: Mapping[int, Money] = field(default_factory=dict)
    by_child: Sequence[ChildPrice] = ()

    @property
    def span(self) -> Span | None:
        """The nights, when dated."""
        if self.start is None or self.end is None:
            return None
        return Span(self.start, self.end, self.weekdays)


@transaction.atomic
def prices_set(*, plan: RatePlan, changes: Sequence[PriceChange]) -> list[RatePrice]:
    """Set prices of a plan, in order; the plan is then sold on the types.

    A dated price cuts its nights out of older dated prices of the plan and type, which are split where needed;
    seasons and standing prices stay beneath. A season's or standing price replaces the one for the same
    weekdays.

    Returns:
        The prices made, one per change and type; none for changes that take prices away.

    Raises:
        InvalidInput: an amount in another currency or below zero, dates in disorder, or another property.

    Locks: the plan.
    """
    (fresh,) = lock_rows(RatePlan.objects.filter(pk=plan.pk))
    made = []
    for change in changes:
        _check(fresh, change)
        for room_type in change.room_types:
            _make_room(fresh, room_type, change)
            if change.amount is not None:
                made.append(_price(fresh, room_type, change))
    _publish(fresh, changes)
    return made


@transaction.atomic
def price_delete(*, price: RatePrice) -> None:
    """Take one price away. Locks: its plan."""
    lock_rows(RatePlan.objects.filter(pk=price.rate_plan_id))
    price.delete()
    rates_changed(
        property_id=price.property_id,
        plan_ids=[price.rate_plan_id],
        room_type_ids=[price.room_type_id],
        start=price.start_on,
        end=price.end_on,
    )


def _check(plan: RatePlan, change: PriceChange) -> None:
    related = [*change.room_types, *(child.age_band for child in change.by_child)]
    related += [change.season] if change.season is not None else []
    if any(row.property_id != plan.property_id for row in related):
        raise InvalidInput(
            _("Types, seasons and age bands must be of the plan's property."), code="other_property"
        )
    if (change.start is None) != (change.end is None) or (
        change.start is not None and change.season is not None
    ):
        raise InvalidInput(_("Give start and end, or a season, or neither."), code="dates_invalid")
    if change.span is not None and not (change.span.start < change.span.end and has_night(change.span)):
        raise InvalidInput(_("There is no such weekday between start and end."), code="dates_invalid")
    amounts = {
        "amount": change.amount,
        "single_amount": change.single_amount,
        "extra_adult_amount": change.extra_adult_amount,
        **{f"by_adults.{count}": amount for count, amount in change.by_adults.items()},
        **{f"by_child.{child.age_band.code}": child.amount for child in change.by_child},
    }
    check_currency(place=plan.property, values=amounts)
    if any(amount is not None and amount.amount < 0 for amount in amounts.values()):
        raise InvalidInput(_("A price is 0 or more."), code="price_invalid")


def _make_room(plan: RatePlan, room_type: RoomType, change: PriceChange) -> None:
    """Take the nights of a dated change out of older rows, or the older row of the same season and weekdays."""
    older = RatePrice.objects.at(plan.property_id).filter(rate_plan=plan, room_type=room_type)
    if change.span is None:
        older.filter(season=change.season, start_on=None, weekdays=change.weekdays).delete()
        return
    touched = older.filter(start_on__lt=change.span.end, end_on__gt=change.span.start)
    for row in touched.prefetch_related("by_adults", "by_child").order_by("pk"):
        if row.start_on is not None and row.end_on is not None:
            _cut(row, carve(Span(row.start_on, row.end_on, row.weekdays), change.span))


def _cut(row: RatePrice, pieces: Sequence[Span]) -> None:
    """Keep the first piece in the row itself, copy the row for the others; no piece, no row."""
    if not pieces:
        row.delete()
        return
    adults, children = list(row.by_adults.all()), list(row.by_child.all())
    for index, piece in enumerate(pieces):
        if index:
            row.pk, row._state.adding = None, True
        row.start_on, row.end_on, row.weekdays = piece.start, piece.end, piece.weekdays
        row.save()
        parts: list[Any] = [*adults, *children] if index else []
        for part in parts:
            part.pk, part._state.adding, part.price = None, True, row
            part.save()


def _price(plan: RatePlan, room_type: RoomType, change: PriceChange) -> RatePrice:
    place_id = plan.property_id
    RatePlanRoomType.objects.get_or_create(property_id=place_id, rate_plan=plan, room_type=room_type)
    price = RatePrice.objects.create(
        property_id=place_id,
        rate_plan=plan,
        room_type=room_type,
        season=change.season,
        start_on=change.start,
        end_on=change.end,
        weekdays=change.weekdays,
        amount=change.amount,
        single_amount=change.single_amount,
        extra_adult_amount=change.extra_adult_amount,
    )
    for adults, amount in change.by_adults.items():
        RatePriceAdults.objects.create(property_id=place_id, price=price, adults=adults, amount=amount)
    for child in change.by_child:
        RatePriceChild.objects.create(
            property_id=place_id,
            price=price,
            age_band=child.age_band,
            method=child.method,
            amount=child.amount,
            share=child.share,
        )
    return price


def _publish(plan: RatePlan, changes: Sequence[PriceChange]) -> None:
    """One fact per plan below, type and range that was named."""
    told = dict.fromkeys(
        (room_type.pk, change.start, change.end) for change in changes for room_type in change.room_types
    )
    for type_id, start, end in told:
        rates_changed(
            property_id=plan.property_id, plan_ids=[plan.pk], room_type_ids=[type_id], start=start, end=end
        )
