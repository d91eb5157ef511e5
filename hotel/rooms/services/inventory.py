"""The counters of each night: taken, given back, opened, recounted — through the functions in ``hotel/rooms/sql``.

Locks of every call: the property's structure lock shared (alone for opening), then counter rows in the order house,
types, nights. Take room locks before, and call these last in a transaction: the counters are the hottest rows.
A refusal aborts the whole transaction; whoever wants to try something else wraps the call in ``atomic()``.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction

from hotel.contracts.rooms import AvailabilityChanged
from hotel.core.days import day_told
from hotel.core.exceptions import NotAvailable
from hotel.core.facts import publish
from hotel.core.locks import refused_as_conflict
from hotel.core.words import _
from hotel.properties.business_date import business_date_of
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rooms.domain.moves import Bucket, Move
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import opened_nights

__all__ = [
    "Bucket",
    "CapacityInUse",
    "InventoryOutOfStep",
    "Move",
    "NightsNotOpen",
    "RoomTypeSoldOut",
    "inventory_move",
    "inventory_open",
    "inventory_recount",
    "overbooking_set",
]

NIGHTS_NAMED = 60


class RoomTypeSoldOut(NotAvailable):
    """A night has less left than asked for. ``extra``: night, room_type (None: the house), free; nights has all."""

    code = "room_type_sold_out"


class NightsNotOpen(NotAvailable):
    """A night is not opened for sale, or the type is not known there. ``extra``: nights."""

    code = "nights_not_open"


class CapacityInUse(NotAvailable):
    """Fewer rooms would be left than are in use. ``extra``: nights with room_type and short: what to re-plan."""

    code = "capacity_in_use"


class InventoryOutOfStep(RuntimeError):
    """More was given back than was taken: a mistake in the caller, never in the input."""


@transaction.atomic(savepoint=False)
def inventory_move(*, property_id: int, moves: Sequence[Move]) -> None:
    """Take and give back rooms in one call that locks the union of all nights.

    Args:
        property_id: where the types of the moves belong.
        moves: any order; a change of a stay gives the old nights negative and the new ones positive.

    Raises:
        RoomTypeSoldOut: use would rise above what is free; giving back is always allowed.
        NightsNotOpen: a night has no counters, or a type is not of this property.
        LockRefused: someone else held the counters for too long.
        InventoryOutOfStep: more would be given back than was taken.
    """
    if not moves:
        return
    _call(
        "rooms_inventory_move(%s, %s::bigint[], %s::date[], %s::date[], %s::text[], %s::integer[])",
        property_id,
        [move.room_type_id for move in moves],
        [move.start for move in moves],
        [move.end for move in moves],
        [move.bucket.value for move in moves],
        [move.quantity for move in moves],
    )


@transaction.atomic
def inventory_open(*, place: Property, until: date, since: date | None = None) -> int:
    """Open the nights [since, until) for sale. Repeatable: nights opened before keep their counters.

    Args:
        place: the property.
        until: the day after the last night to sell.
        since: first night; the open business date unless told.

    Returns:
        How many counters were made.
    """
    today = business_date_of(place.pk)
    first = since or today
    if first >= until:
        return 0
    allowance = setting_value(place.pk, SettingKey.OVERBOOKING_HOUSE, today)
    made = _call("rooms_inventory_open(%s, %s::date, %s::date, %s)", place.pk, first, until, allowance)
    if made:
        _publish_change(place.pk, None, first, until)
    return made


@transaction.atomic
def inventory_recount(
    *,
    place: Property,
    room_type_ids: Sequence[int] | None = None,
    start: date | None = None,
    end: date | None = None,
) -> int:
    """Copy capacity, out of order and day-use limits anew from rooms and holds, after those changed.

    Args:
        place: the property.
        room_type_ids: only counters these types touch; all unless told.
        start: first night; the first opened one unless told.
        end: the day after the last night; all opened ones unless told.

    Returns:
        How many counters changed.

    Raises:
        CapacityInUse: nights would hold less than is in use.
        LockRefused: someone else held the counters for too long.
    """
    types = list(room_type_ids) if room_type_ids is not None else None
    changed = _call(
        "rooms_inventory_recount(%s, %s::bigint[], %s::date, %s::date)", place.pk, types, start, end
    )
    opened = opened_nights(place.pk)
    if changed and opened:
        single = types[0] if types is not None and len(types) == 1 else None
        _publish_change(place.pk, single, start or opened[0], end or opened[1])
    return changed


@transaction.atomic
def overbooking_set(
    *, place: Property, start: date, end: date, quantity: int, room_type: RoomType | None = None
) -> None:
    """Allow so many rooms to be sold beyond capacity on the nights [start, end).

    Args:
        place: the property.
        start: first night.
        end: the day after the last night.
        quantity: rooms ≥ 0 beyond the capacity of the type, or of the house.
        room_type: a type of the property; None for the house.

    Raises:
        CapacityInUse: more is sold on a night already.
        NightsNotOpen: a night has no counters yet.
    """
    counter = room_type.pk if room_type is not None else 0
    _call("rooms_overbooking_set(%s, %s, %s::date, %s::date, %s)", place.pk, counter, start, end, quantity)
    _publish_change(place.pk, room_type.pk if room_type is not None else None, start, end)


@transaction.atomic
def inventory_forget(*, room_type: RoomType) -> None:
    """Delete the counters of a type that never sold a night.

    Raises:
        CapacityInUse: it did.
    """
    _call("rooms_inventory_forget(%s, %s)", room_type.property_id, room_type.pk)


def structure_lock(*, property_id: int) -> None:
    """Keep sales of the property out until the end of the transaction, while vectors change."""
    _call("rooms_structure_lock(%s, true)", property_id)


def _publish_change(property_id: int, room_type_id: int | None, first: date, past: date) -> None:
    publish(
        AvailabilityChanged(
            property_id=property_id,
            room_type_id=room_type_id,
            first_night=first,
            last_night=past - timedelta(days=1),
        )
    )


def _call(function: str, *values: Any) -> Any:
    with _refusals(), refused_as_conflict(), connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}", values)
        return cursor.fetchone()[0]


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn the functions' error states into refusals a caller can act on."""
    try:
        yield
    except DatabaseError as error:
        state = getattr(error.__cause__, "sqlstate", None) or ""
        if state not in _REFUSALS:
            raise
        diag = getattr(error.__cause__, "diag", None)
        found = json.loads(getattr(diag, "message_detail", None) or "[]")
        raise _REFUSALS[state](found) from error


def _sold_out(found: list[dict[str, Any]]) -> RoomTypeSoldOut:
    rows = sorted(found, key=_by_night)[:NIGHTS_NAMED]
    first = rows[0]
    what, night = first["code"] or _("The house"), day_told(date.fromisoformat(first["night"]))
    return RoomTypeSoldOut(
        _("%(what)s has %(free)s left on %(night)s. Choose other nights or another room type.")
        % {"what": what, "free": first["free"], "night": night},
        extra={
            "night": first["night"],
            "room_type": first["room_type"],
            "free": first["free"],
            "nights": [{key: row[key] for key in ("night", "room_type", "free")} for row in rows],
        },
    )


def _not_open(found: list[str]) -> NightsNotOpen:
    nights = sorted(found)[:NIGHTS_NAMED]
    text = (
        _("These nights are not open for sale: %(nights)s") % {"nights": ", ".join(nights[:7])}
        if nights
        else _("Unknown room type.")
    )
    return NightsNotOpen(text, extra={"nights": nights})


def _in_use(found: list[dict[str, Any]]) -> CapacityInUse:
    rows = sorted(found, key=_by_night)[:NIGHTS_NAMED]
    if not rows:
        return CapacityInUse(_("This has been sold before. Close it instead of deleting it."))
    first = rows[0]
    return CapacityInUse(
        _(
            "%(code)s would be short of %(short)s on %(night)s. Move or shorten the stays of the "
            "listed nights first, or allow overbooking there."
        )
        % {"code": first["code"] or _("The house"), "short": first["short"], "night": first["night"]},
        extra={"nights": [{key: row[key] for key in ("night", "room_type", "short")} for row in rows]},
    )


def _out_of_step(found: list[dict[str, Any]]) -> InventoryOutOfStep:
    return InventoryOutOfStep(f"More given back than taken: {found[:7]}")


def _by_night(row: dict[str, Any]) -> tuple[str, int]:
    """Earliest night first; types before the house, because a type's name says more."""
    return row["night"], row["room_type"] or 2**63


_REFUSALS: dict[str, Callable[[Any], Exception]] = {
    "HT001": _not_open,
    "HT002": _sold_out,
    "HT003": _in_use,
    "HT004": _out_of_step,
}
