"""Restrictions: set and lifted in bulk; the newest word counts at each level."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.choices import RestrictionKind
from hotel.rates.domain.ranges import Span, carve, has_night
from hotel.rates.models import RatePlan, Restriction
from hotel.rates.models.base import ALL_WEEK
from hotel.rates.models.restrictions import FLAGS
from hotel.rates.services.facts import rates_changed
from hotel.rooms.models import RoomType

# What a kind takes; a value unless it stands here.
TAKES = {
    **dict.fromkeys(FLAGS, ""),
    RestrictionKind.LOS_PATTERN: "pattern",
    RestrictionKind.MIN_GUARANTEE: "guarantee",
}


@dataclass(frozen=True, kw_only=True)
class RestrictionChange:
    """One rule at one level on certain nights; ``is_lifted`` takes the rule away there instead."""

    kind: RestrictionKind
    start: date
    end: date
    weekdays: int = ALL_WEEK
    value: int | None = None
    pattern: tuple[int, ...] = ()
    guarantee: str = ""
    room_type: RoomType | None = None
    rate_plan: RatePlan | None = None
    reason: str = ""
    is_lifted: bool = False

    @property
    def span(self) -> Span:
        """The nights."""
        return Span(self.start, self.end, self.weekdays)


@transaction.atomic
def restrictions_set(*, place: Property, changes: Sequence[RestrictionChange]) -> list[Restriction]:
    """Set restrictions, in order.

    Each cuts its nights out of older rows of the same kind and level, which are split where needed.

    Returns:
        The rows made; none for rules that are lifted.

    Raises:
        InvalidInput: value and kind do not fit, dates in disorder, or another property.

    Locks: the property.
    """
    lock_rows(Property.objects.filter(pk=place.pk))
    made = []
    for change in changes:
        _check(place, change)
        _make_room(place, change)
        if not change.is_lifted:
            made.append(_row(place, change))
    for level in dict.fromkeys((c.rate_plan, c.room_type, c.start, c.end) for c in changes):
        plan, room_type, start, end = level
        rates_changed(
            property_id=place.pk,
            plan_ids=None if plan is None else [plan.pk],
            room_type_ids=[None if room_type is None else room_type.pk],
            start=start,
            end=end,
        )
    return made


@transaction.atomic
def restriction_delete(*, restriction: Restriction) -> None:
    """Lift one restriction on all its nights. Locks: the property."""
    lock_rows(Property.objects.filter(pk=restriction.property_id))
    restriction.delete()
    rates_changed(
        property_id=restriction.property_id,
        plan_ids=None if restriction.rate_plan_id is None else [restriction.rate_plan_id],
        room_type_ids=[restriction.room_type_id],
        start=restriction.start_on,
        end=restriction.end_on,
    )


def _check(place: Property, change: RestrictionChange) -> None:
    for row in (change.room_type, change.rate_plan):
        if row is not None and row.property_id != place.pk:
            raise InvalidInput(_("Type and plan must be of this property."), code="other_property")
    if change.start >= change.end or not has_night(change.span):
        raise InvalidInput(_("There is no such weekday between start and end."), code="dates_invalid")
    if change.is_lifted:
        return
    given = {
        "value": change.value is not None,
        "pattern": bool(change.pattern),
        "guarantee": bool(change.guarantee),
    }
    needed = TAKES.get(change.kind, "value")
    if {name for name, is_given in given.items() if is_given} != ({needed} - {""}):
        text = (
            _("The rule %(kind)s takes a %(needed)s, and nothing else.")
            if needed
            else _("The rule %(kind)s takes neither value nor pattern nor guarantee, and nothing else.")
        )
        raise InvalidInput(text % {"kind": change.kind, "needed": needed}, code="restriction_value")


def _make_room(place: Property, change: RestrictionChange) -> None:
    older = Restriction.objects.at(place.pk).filter(
        kind=change.kind,
        room_type=change.room_type,
        rate_plan=change.rate_plan,
        start_on__lt=change.end,
        end_on__gt=change.start,
    )
    for row in older.order_by("pk"):
        pieces = carve(Span(row.start_on, row.end_on, row.weekdays), change.span)
        if not pieces:
            row.delete()
        for index, piece in enumerate(pieces):
            if index:
                row.pk, row._state.adding = None, True
            row.start_on, row.end_on, row.weekdays = piece.start, piece.end, piece.weekdays
            row.save()


def _row(place: Property, change: RestrictionChange) -> Restriction:
    return Restriction.objects.create(
        property=place,
        kind=change.kind,
        start_on=change.start,
        end_on=change.end,
        weekdays=change.weekdays,
        value=change.value,
        pattern=list(change.pattern),
        guarantee=change.guarantee,
        room_type=change.room_type,
        rate_plan=change.rate_plan,
        reason=change.reason,
    )
