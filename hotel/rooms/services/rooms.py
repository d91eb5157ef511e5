"""Rooms: opening, changing, closing with a date. The past keeps its counts, so a room with a history is never deleted.

Locks: the rooms, ascending by id, then the inventory counters of the nights concerned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from psycopg.errors import ExclusionViolation

from hotel.core.exceptions import Conflict, RuleBroken, VersionConflict
from hotel.core.words import _
from hotel.properties.business_date import business_date_of, local_instant
from hotel.properties.models import Property
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import InventoryNight, Room, RoomBed, RoomFeature, RoomOccupancy, RoomPart, RoomType
from hotel.rooms.services.inventory import inventory_recount
from hotel.rooms.services.occupancy import refuse_taken, rooms_lock


class RoomRefused(RuleBroken):
    """The room cannot be like that; the message says what to change."""

    code = "room_refused"


class RoomNumberTaken(Conflict):
    """Another room has this number in that time."""

    code = "room_number_taken"


class RoomHasHistory(Conflict):
    """The room was counted, taken or held; close it with a date instead."""

    code = "room_has_history"


@dataclass(frozen=True)
class RoomContents:
    """What belongs to a room; None leaves what is there.

    Attributes:
        values: columns of Room.
        features: all features.
        beds: kind of bed to number.
        connects_to: all rooms with a connecting door.
        parts: the rooms a suite is made of; given at creation only.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    features: Iterable[RoomFeature] | None = None
    beds: Mapping[str, int] | None = None
    connects_to: Iterable[Room] | None = None
    parts: Sequence[Room] = ()


@transaction.atomic
def room_create(*, place: Property, contents: RoomContents) -> Room:
    """Open a room; its nights count from ``opened_on`` (the open business date unless told).

    Raises:
        RoomRefused: rooms of a virtual type, or parts that do not match the type's.
        RoomNumberTaken: another room has the number in that time.
    """
    [room] = rooms_create(place=place, contents=[contents])
    return room


@transaction.atomic
def rooms_create(*, place: Property, contents: Sequence[RoomContents]) -> list[Room]:
    """Open rooms, all or none; the nights of a whole house are counted once, however many rooms it has.

    Raises:
        RoomRefused, RoomNumberTaken: see room_create.
    """
    made = [_opened(place, one) for one in contents]
    if made:
        types = sorted({room.room_type_id for room in made})
        inventory_recount(place=place, room_type_ids=types, start=min(room.opened_on for room in made))
    return made


def _opened(place: Property, contents: RoomContents) -> Room:
    values = {"opened_on": business_date_of(place.pk), **contents.values}
    _check_parts(values["room_type"], contents.parts)
    room = Room(property=place, **values)
    _save(room)
    RoomPart.objects.bulk_create(RoomPart(property=place, room=room, part=part) for part in contents.parts)
    _write(room, contents)
    return room


@transaction.atomic
def room_change(*, room: Room, contents: RoomContents, version: int | None = None) -> Room:
    """Change a room's number, place, equipment or opening day. Its type changes by ``room_retype``, never here.

    Args:
        room: the room.
        contents: ``values`` without room_type, closed_on and housekeeping_status.
        version: the version the caller saw; None skips the check.

    Raises:
        RoomHasHistory: the opening day would change nights that are past.
        RoomNumberTaken, VersionConflict.
    """
    (fresh,) = rooms_lock(room_ids=[room.pk])
    if version is not None and version != fresh.version:
        raise VersionConflict(_("The room was changed meanwhile. Read it again and repeat your change."))
    opened_before = fresh.opened_on
    for name, value in contents.values.items():
        setattr(fresh, name, value)
    first = min(opened_before, fresh.opened_on)
    if fresh.opened_on != opened_before:
        _refuse_past(fresh.property_id, first)
    fresh.version += 1
    _save(fresh)
    _write(fresh, contents)
    if fresh.opened_on != opened_before:
        inventory_recount(place=fresh.property, room_type_ids=[fresh.room_type_id], start=first)
    return fresh


@transaction.atomic
def room_close(*, room: Room, on: date) -> Room:
    """Close a room: from the night of business date ``on`` it no longer counts.

    Raises:
        RoomRefused: ``on`` is past, or before the room opened.
        RoomTaken: stays or holds begin on that day or later, or last beyond it; the list says which.
        CapacityInUse: more of its type, or of the house, is sold on a later night than would be left.
    """
    fresh = _closed(room, on)
    inventory_recount(place=fresh.property, room_type_ids=[fresh.room_type_id], start=on)
    return fresh


@transaction.atomic
def room_reopen(*, room: Room) -> Room:
    """Take back a closing that has not come yet, or came today.

    Raises:
        RoomRefused: it is open, or has been closed before today; open a new room then.
        RoomNumberTaken: another room has its number by now.
    """
    (fresh,) = rooms_lock(room_ids=[room.pk])
    closed_on = fresh.closed_on
    if closed_on is None or closed_on < business_date_of(fresh.property_id):
        raise RoomRefused(
            _("Only a room that closes today or later can be reopened. Open a new room instead.")
        )
    fresh.closed_on = None
    fresh.version += 1
    _save(fresh)
    inventory_recount(place=fresh.property, room_type_ids=[fresh.room_type_id], start=closed_on)
    return fresh


@transaction.atomic
def room_retype(*, room: Room, room_type: RoomType, on: date) -> Room:
    """Let a room count as another type from the night of ``on``: it is closed and opened anew under its number.

    Returns:
        The new room; the old one keeps its past.

    Raises:
        RoomRefused: suites, or a type that has no rooms of its own.
        RoomTaken, CapacityInUse: see room_close.
    """
    _check_parts(room_type, ())
    if room.parts.exists():
        raise RoomRefused(_("A suite keeps its type. Close it and open another one."))
    old = _closed(room, on)
    new = Room.objects.get(pk=old.pk)
    new.pk, new.room_type, new.opened_on, new.closed_on, new.version = None, room_type, on, None, 1
    new._state.adding = True
    _save(new)
    _write(
        new,
        RoomContents(
            features=list(old.features.all()),
            beds=dict(old.beds.values_list("kind", "quantity")),
            connects_to=list(old.connects_to.all()),
        ),
    )
    types = [old.room_type_id, room_type.pk]
    inventory_recount(place=new.property, room_type_ids=types, start=on)
    return new


@transaction.atomic
def room_delete(*, room: Room) -> None:
    """Delete a room that was never counted, taken or held.

    Raises:
        RoomHasHistory: it was; close it with a date.
        CapacityInUse: more of its type is sold than would be left.
    """
    (fresh,) = rooms_lock(room_ids=[room.pk])
    _refuse_past(fresh.property_id, fresh.opened_on)
    traces = (fresh.occupancies, fresh.blocks, fresh.status_changes, fresh.part_of)
    if any(trace.exists() for trace in traces):
        raise RoomHasHistory(
            _("The room was taken or held, or is part of a suite. Close it with a date instead.")
        )
    place, type_id, opened_on = fresh.property, fresh.room_type_id, fresh.opened_on
    fresh.delete()
    inventory_recount(place=place, room_type_ids=[type_id], start=opened_on)


def _closed(room: Room, on: date) -> Room:
    (fresh,) = rooms_lock(room_ids=[room.pk])
    if on < business_date_of(fresh.property_id) or on < fresh.opened_on:
        raise RoomRefused(_("A room closes today or later, and not before it opened."))
    midnight, next_midnight = (
        local_instant(fresh.property, on + timedelta(days=step), time(0)) for step in (0, 1)
    )
    later = Q(starts_at__gte=midnight) | Q(ends_at__gt=next_midnight)
    refuse_taken(RoomOccupancy.objects.filter(later, room=fresh))
    fresh.closed_on = on
    fresh.version += 1
    _save(fresh)
    return fresh


def _save(room: Room) -> None:
    try:
        with transaction.atomic():
            room.save()
    except IntegrityError as error:
        if isinstance(error.__cause__, ExclusionViolation):
            raise RoomNumberTaken(
                _("There is a room %(room)s in that time. Close it first, or choose another number.")
                % {"room": room.number},
                extra={"number": room.number},
            ) from error
        raise


def _write(room: Room, contents: RoomContents) -> None:
    if contents.features is not None:
        room.features.set(contents.features)
    if contents.connects_to is not None:
        room.connects_to.set(contents.connects_to)
    if contents.beds is not None:
        room.beds.all().delete()
        RoomBed.objects.bulk_create(
            RoomBed(property_id=room.property_id, room=room, kind=kind, quantity=quantity)
            for kind, quantity in contents.beds.items()
        )


def _check_parts(room_type: RoomType, parts: Sequence[Room]) -> None:
    if room_type.kind == RoomTypeKind.VIRTUAL:
        raise RoomRefused(_("A virtual type has no rooms of its own: give the room its base type."))
    wanted = dict(room_type.parts.values_list("part_type_id", "quantity"))
    if dict(Counter(part.room_type_id for part in parts)) != wanted:
        raise RoomRefused(
            _("The parts must be as many rooms of each type as the room type says; only suites have parts.")
        )


def _refuse_past(property_id: int, first: date) -> None:
    today = business_date_of(property_id)
    if InventoryNight.objects.at(property_id).filter(night__gte=first, night__lt=today).exists():
        raise RoomHasHistory(
            _("Nights before the business date were counted with this room. They stay as they are.")
        )
