"""Maintenance holds: three kinds with three effects, never over a stay and never over what is sold.

Out of service changes no count. Out of order takes the room out of sale, out of inventory also out of the house
count; both claim the room from check-in time of the first day to check-out time of the day after the last night.
Source: docs/algorithms/availability.md §5.

Locks: the room and its parts, then the inventory counters of the nights.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.words import _
from hotel.properties.business_date import business_date_of, local_instant
from hotel.properties.models import Property
from hotel.rooms.choices import BlockKind, HousekeepingStatus, OccupancyKind, StatusSource
from hotel.rooms.domain.nights import covers
from hotel.rooms.models import Room, RoomBlock
from hotel.rooms.services.inventory import inventory_recount
from hotel.rooms.services.occupancy import claim_move, room_claim, room_release, rooms_lock
from hotel.rooms.services.status import room_status_set


class BlockRefused(RuleBroken):
    """The dates of the hold make no sense; the message says why."""

    code = "block_refused"


class BlockReleased(Conflict):
    """The hold has ended already."""

    code = "block_released"


@dataclass(frozen=True)
class BlockData:
    """What a hold is.

    Attributes:
        kind: a BlockKind.
        start_on: first night held, business date.
        end_on: first night no longer held.
        reason: for people.
        return_status: the HousekeepingStatus the room gets at the end.
    """

    kind: str
    start_on: date
    end_on: date
    reason: str
    return_status: str = HousekeepingStatus.DIRTY


@transaction.atomic
def block_create(*, room: Room, data: BlockData, user: Any = None) -> RoomBlock:
    """Hold a room.

    Raises:
        BlockRefused: it starts before the business date, has no night, or the room is not open throughout.
        RoomTaken: stays or other holds are in the way; the list says which to plan anew.
        CapacityInUse: the nights are sold out; the list says which, and how many rooms are missing.
    """
    (fresh,) = rooms_lock(room_ids=[room.pk])
    if data.start_on < business_date_of(fresh.property_id):
        raise BlockRefused(_("A hold starts today or later."))
    _check_nights(fresh, data.start_on, data.end_on)
    block = RoomBlock(
        property_id=fresh.property_id,
        room=fresh,
        kind=data.kind,
        start_on=data.start_on,
        end_on=data.end_on,
        reason=data.reason,
        return_status=data.return_status,
        created_by=user,
    )
    if data.kind != BlockKind.OUT_OF_SERVICE:
        start, end = block_instants(fresh.property, data.start_on, data.end_on)
        block.occupancy = room_claim(room=fresh, start=start, end=end, kind=OccupancyKind.BLOCK)
    block.save()
    _recount(block, data.start_on, data.end_on)
    return block


@transaction.atomic
def block_reschedule(
    *, block: RoomBlock, start_on: date | None = None, end_on: date | None = None
) -> RoomBlock:
    """Extend or shorten a hold.

    Args:
        block: an active hold.
        start_on: new first night; only while it has not begun.
        end_on: new first night no longer held; after the business date (else release it).

    Raises:
        BlockReleased: it has ended.
        BlockRefused, RoomTaken, CapacityInUse: see block_create.
    """
    fresh = _locked(block)
    today = business_date_of(fresh.property_id)
    old_start, old_end = fresh.start_on, fresh.end_on
    fresh.start_on, fresh.end_on = start_on or old_start, end_on or old_end
    if fresh.start_on != old_start and min(old_start, fresh.start_on) < today:
        raise BlockRefused(_("The hold has begun, or would begin in the past: its first night stays."))
    if fresh.end_on <= today:
        raise BlockRefused(_("To end a hold today, release it."))
    _check_nights(fresh.room, fresh.start_on, fresh.end_on)
    if fresh.occupancy is not None:
        start, end = block_instants(fresh.room.property, fresh.start_on, fresh.end_on)
        claim_move(occupancy=fresh.occupancy, start=start, end=end)
    fresh.save()
    _recount(fresh, min(old_start, fresh.start_on), max(old_end, fresh.end_on))
    return fresh


@transaction.atomic
def block_release(*, block: RoomBlock, user: Any = None, return_status: str | None = None) -> RoomBlock:
    """End a hold now: the night of the business date can be sold again, the nights before stay held.

    Args:
        block: an active hold.
        user: who released it.
        return_status: the room's new housekeeping status; the one of the hold unless told. A hold that never began
            leaves the room as it is, unless told.

    Raises:
        BlockReleased: it has ended.
    """
    fresh = _locked(block)
    today, old_end = business_date_of(fresh.property_id), fresh.end_on
    claim = fresh.occupancy
    fresh.end_on = max(fresh.start_on, min(old_end, today))
    fresh.released_at = now()
    if claim is not None and fresh.end_on == fresh.start_on:
        fresh.occupancy = None
        room_release(occupancy=claim)
    elif claim is not None and fresh.end_on < old_end:
        claim_move(occupancy=claim, end=block_instants(fresh.room.property, fresh.start_on, fresh.end_on)[1])
    fresh.save()
    if return_status or fresh.start_on <= today:
        room_status_set(
            room=fresh.room,
            status=return_status or fresh.return_status,
            source=StatusSource.HOLD,
            user=user,
            note=f"End of hold: {fresh.reason}"[:200],
        )
    _recount(fresh, fresh.end_on, old_end)
    return fresh


def blocks_return_due(*, place: Property) -> int:
    """Give rooms back whose hold ends on or before the business date. Repeatable. Returns how many."""
    due = RoomBlock.objects.at(place.pk).filter(released_at=None, end_on__lte=business_date_of(place.pk))
    done = 0
    for block in due.order_by("pk"):
        try:
            block_release(block=block)
            done += 1
        except BlockReleased:
            continue
    return done


def block_instants(place: Property, start_on: date, end_on: date) -> tuple[datetime, datetime]:
    """The instants a hold claims: check-in time of the first day to check-out time of the day after the last night.

    So the guest who leaves on the first morning and the one who arrives on the last afternoon are not in the way.
    """
    return (
        local_instant(place, start_on, place.check_in_time),
        local_instant(place, end_on, place.check_out_time),
    )


def _locked(block: RoomBlock) -> RoomBlock:
    """The hold, fresh, its room locked; every writer of holds locks the room first."""
    rooms_lock(room_ids=[block.room_id])
    fresh = RoomBlock.objects.select_related("room__property", "occupancy").get(pk=block.pk)
    if fresh.released_at is not None:
        raise BlockReleased(_("This hold has ended already."))
    return fresh


def _check_nights(room: Room, start_on: date, end_on: date) -> None:
    if end_on <= start_on:
        raise BlockRefused(_("A hold has one night at least: end_on is the first night no longer held."))
    if not covers((room.opened_on, room.closed_on), start_on, end_on):
        raise BlockRefused(_("The room is not open on all these nights."))


def _recount(block: RoomBlock, start: date, end: date) -> None:
    if block.kind != BlockKind.OUT_OF_SERVICE and start < end:
        inventory_recount(
            place=block.room.property, room_type_ids=[block.room.room_type_id], start=start, end=end
        )
