"""Physical occupancy: claiming, moving and releasing rooms; a suite is claimed with all its parts.

Locks: the rows of all rooms concerned, ascending by id. Take them before the inventory counters. The exclusion
constraint stands behind the check, so that even code that forgot the lock cannot take a room twice.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from psycopg.errors import ExclusionViolation
from psycopg.types.range import TimestamptzRange

from hotel.core.exceptions import NotAvailable
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.rooms.models import Room, RoomOccupancy, RoomPart

TAKEN_NAMED = 20


class RoomTaken(NotAvailable):
    """The room is taken in that time. ``extra``: room, from, to of the first; taken lists all with id and kind."""

    code = "room_taken"


@transaction.atomic
def room_claim(
    *, room: Room, start: datetime, end: datetime, kind: str, party: int | None = None
) -> RoomOccupancy:
    """Take a room, and each part of a suite, from one instant to another.

    Args:
        room: a room of any type.
        start: UTC instant, inclusive.
        end: UTC instant, exclusive; after ``start``.
        kind: an OccupancyKind.
        party: claims of the same one do not stand in the way.

    Returns:
        The claim of the room itself; rows of its parts refer to it.

    Raises:
        RoomTaken: the room or a part is taken in that time.
        LockRefused: someone else was claiming it and did not end in time.
    """
    rooms_lock(room_ids=[room.pk])
    parts = _part_ids(room.pk)
    _refuse_overlaps([room.pk, *parts], start, end, party=party)
    with _exclusion_as_taken(room, start, end):
        claim = RoomOccupancy.objects.create(
            property_id=room.property_id,
            room=room,
            during=TimestamptzRange(start, end),
            kind=kind,
            party=party,
        )
        _write_parts(claim, parts)
    return claim


@transaction.atomic
def claim_move(
    *,
    occupancy: RoomOccupancy,
    start: datetime | None = None,
    end: datetime | None = None,
    room: Room | None = None,
) -> RoomOccupancy:
    """Change a claim's time or room; it stands in its own way nowhere. Only what it takes anew is asked for.

    Args:
        occupancy: a claim as ``room_claim`` returned it, not a row of a part.
        start: new start; unchanged unless told.
        end: new end; unchanged unless told.
        room: another room; unchanged unless told.

    Returns:
        The same claim, changed.

    Raises:
        RoomTaken, LockRefused: see room_claim.
    """
    target = room.pk if room is not None else occupancy.room_id
    locked = {row.pk: row for row in rooms_lock(room_ids=[occupancy.room_id, target])}
    parts = _part_ids(target)
    occupancy.refresh_from_db()
    held, is_moved = occupancy.during, target != occupancy.room_id
    first, past = start or held.lower, end or held.upper
    if is_moved or first < held.lower or past > held.upper:
        _refuse_overlaps([target, *parts], first, past, except_claim=occupancy.pk, party=occupancy.party)
    with _exclusion_as_taken(locked[target], first, past):
        if parts or is_moved:
            occupancy.part_rows.all().delete()
        occupancy.room_id = target
        occupancy.during = TimestamptzRange(first, past)
        occupancy.save(update_fields=["room", "during", "updated_at"])
        _write_parts(occupancy, parts)
    return occupancy


@transaction.atomic
def claims_join(*, occupancies: Iterable[RoomOccupancy], party: int | None) -> None:
    """Make claims those of one party, so that others of it may have the rooms too; or of nobody else (None)."""
    ids = [claim.pk for claim in occupancies]
    RoomOccupancy.objects.filter(Q(pk__in=ids) | Q(part_of__in=ids)).update(party=party)


@transaction.atomic
def room_release(*, occupancy: RoomOccupancy) -> None:
    """Give a claim up altogether, as if it had never been; shorten it with ``claim_move`` to keep what was."""
    rooms_lock(room_ids=[occupancy.room_id])
    occupancy.delete()


def rooms_lock(*, room_ids: Iterable[int]) -> list[Room]:
    """Lock rooms, and the parts of suites among them, in order of their ids.

    Whoever claims several rooms in one transaction calls this first with all of them.

    Returns:
        The rooms asked for, fresh, ascending by id.
    """
    wanted = set(room_ids)
    parts = RoomPart.objects.filter(room_id__in=wanted).order_by().values("part_id")
    # One list of keys, not two that are joined by "or": for those all rooms of all properties would be read.
    rooms = Room.objects.filter(pk__in=wanted).order_by().values("pk").union(parts)
    locked = lock_rows(Room.objects.filter(pk__in=rooms))
    return [room for room in locked if room.pk in wanted]


def _part_ids(room_id: int) -> list[int]:
    return list(
        RoomPart.objects.filter(room_id=room_id).order_by("part_id").values_list("part_id", flat=True)
    )


def _write_parts(claim: RoomOccupancy, parts: list[int]) -> None:
    RoomOccupancy.objects.bulk_create(
        RoomOccupancy(
            property_id=claim.property_id,
            room_id=part,
            during=claim.during,
            kind=claim.kind,
            party=claim.party,
            part_of=claim,
        )
        for part in parts
    )


def _refuse_overlaps(
    room_ids: list[int],
    start: datetime,
    end: datetime,
    *,
    except_claim: int | None = None,
    party: int | None = None,
) -> None:
    rows = RoomOccupancy.objects.filter(room_id__in=room_ids).touching(start, end)
    if except_claim is not None:
        rows = rows.exclude(pk=except_claim).exclude(part_of_id=except_claim)
    if party is not None:
        rows = rows.exclude(party=party)
    refuse_taken(rows)


def refuse_taken(rows: QuerySet[RoomOccupancy]) -> None:
    """Refuse when there are such rows.

    Raises:
        RoomTaken: naming the first twenty, which are what has to be planned anew.
    """
    taken = [_described(row) for row in rows.select_related("room").order_by("during", "pk")[:TAKEN_NAMED]]
    if taken:
        raise _taken(taken)


def _described(row: RoomOccupancy) -> dict[str, Any]:
    return {
        "occupancy": row.part_of_id or row.pk,
        "kind": row.kind,
        "room": row.room.number,
        "from": row.during.lower.isoformat(),
        "to": row.during.upper.isoformat(),
    }


def _taken(taken: list[dict[str, Any]]) -> RoomTaken:
    first = taken[0]
    return RoomTaken(
        _(
            "Room %(room)s is taken from %(from)s to %(to)s. Choose another room or time, or move "
            "what is there first."
        )
        % {"room": first["room"], "from": first["from"], "to": first["to"]},
        extra={"room": first["room"], "from": first["from"], "to": first["to"], "taken": taken},
    )


@contextmanager
def _exclusion_as_taken(room: Room, start: datetime, end: datetime) -> Iterator[None]:
    """The backstop: a writer that took no lock was faster."""
    try:
        yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, ExclusionViolation):
            raise
        times = {"from": start.isoformat(), "to": end.isoformat()}
        raise _taken([{"occupancy": None, "kind": None, "room": room.number, **times}]) from error
