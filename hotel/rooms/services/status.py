"""Housekeeping statuses, with their history. Locks: the rooms, ascending by id."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction

from hotel.contracts.rooms import RoomStatusChanged
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.facts import publish
from hotel.core.inserts import rows_insert
from hotel.core.words import _, in_sentence
from hotel.rooms.choices import StatusSource
from hotel.rooms.models import Room, RoomStatusChange
from hotel.rooms.services.occupancy import rooms_lock


class RoomStatusMoved(Conflict):
    """Someone else changed the status since the caller looked. ``extra``: room, status."""

    code = "room_status_moved"


@transaction.atomic
def room_status_set(
    *,
    room: Room,
    status: str,
    source: str = StatusSource.HOUSEKEEPING,
    user: Any = None,
    note: str = "",
    expected: str | None = None,
) -> Room:
    """Set one room's status. Repeatable: a status it has already changes nothing and is not told.

    Args:
        room: the room.
        status: a HousekeepingStatus.
        source: a StatusSource.
        user: who did it; None for the house itself.
        note: why, for people.
        expected: the status the caller saw; None takes any.

    Returns:
        The room, fresh.

    Raises:
        RoomStatusMoved: it has another status than ``expected``.
    """
    found = rooms_status_set(
        room_ids=[room.pk], status=status, source=source, user=user, note=note, expected=expected
    )
    return found[0]


@transaction.atomic
def rooms_status_set(
    *,
    room_ids: Iterable[int],
    status: str,
    source: str = StatusSource.HOUSEKEEPING,
    user: Any = None,
    note: str = "",
    expected: str | None = None,
) -> list[Room]:
    """Set the status of several rooms, all or none; the number of statements does not depend on how many.

    Returns:
        The rooms, fresh, ascending by id.

    Raises:
        RoomStatusMoved: one of them has another status than ``expected``.
    """
    rooms = rooms_lock(room_ids=room_ids)
    for room in rooms:
        if expected is not None and room.housekeeping_status != expected:
            raise RoomStatusMoved(
                _("Room %(room)s is %(housekeeping_status)s by now. Look again before you change it.")
                % {
                    "room": room.number,
                    "housekeeping_status": in_sentence(
                        room.get_housekeeping_status_display, english=room.housekeeping_status
                    ),
                },
                extra={"room": room.number, "status": room.housekeeping_status},
            )
    moment, changed = now(), [room for room in rooms if room.housekeeping_status != status]
    history = [
        RoomStatusChange(
            property_id=room.property_id,
            room=room,
            from_status=room.housekeeping_status,
            to_status=status,
            source=source,
            changed_at=moment,
            changed_by=user,
            note=note,
        )
        for room in changed
    ]
    for room in changed:
        room.housekeeping_status, room.updated_at = status, moment
    Room.objects.filter(pk__in=[room.pk for room in changed]).update(
        housekeeping_status=status, updated_at=moment
    )
    rows_insert(history)
    publish(
        *(
            RoomStatusChanged(
                property_id=row.property_id,
                room_id=row.room_id,
                from_status=row.from_status,
                to_status=status,
                source=source,
                occurred_at=moment,
            )
            for row in history
        )
    )
    return rooms
