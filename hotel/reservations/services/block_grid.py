"""The grid of a block and what it holds back from the house; every change ends in one move of the counters."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from moneyed import Money

from hotel.core.days import day_told
from hotel.core.exceptions import NotAvailable
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.reservations.choices import BlockControl
from hotel.reservations.domain.blocks import (
    DEDUCTING_STATUSES,
    Cell,
    blocked_by,
    deducts,
    difference,
    pick_up_refused,
)
from hotel.reservations.domain.stays import runs
from hotel.reservations.models import BlockNight, GroupBlock, ReservationNight
from hotel.rooms.services.inventory import Bucket, Move


class BlockFullyBooked(NotAvailable):
    """The block has no room left on a night. ``extra``: block, night."""

    code = "block_fully_booked"


Held = Mapping[tuple[int, date], int]


def block_locked(block_id: int) -> GroupBlock:
    """Lock a block and return it fresh. Order: block, then its reservations' rooms, then the counters."""
    return lock_rows(
        GroupBlock.objects.select_related("property", "rate_plan", "company").filter(pk=block_id)
    )[0]


def held_by(block: GroupBlock) -> dict[tuple[int, date], int]:
    """Rooms a block holds back now per (room type, night); one query."""
    return blocked_by(cells_of(block), is_deducting=is_deducting(block))


def is_deducting(block: GroupBlock) -> bool:
    """Whether the block takes rooms from the house as it stands."""
    return deducts(block.status, block.control, is_cut_off=block.cut_off_at is not None)


def cells_of(block: GroupBlock, nights: Iterable[date] | None = None) -> list[Cell]:
    """The cells of a block, all or of some nights."""
    rows = BlockNight.objects.filter(block=block)
    if nights is not None:
        rows = rows.filter(night__in=list(nights))
    return [
        Cell(row.room_type_id, row.night, row.current, row.picked_up)
        for row in rows.order_by("room_type_id", "night")
    ]


def agreed_prices(
    block_id: int | None, room_type_id: int, arrival: date, departure: date
) -> dict[date, Money]:
    """The group's prices of a type on the nights ``[arrival, departure)``; nights without one are left out."""
    if block_id is None:
        return {}
    rows = BlockNight.objects.filter(
        block=block_id, room_type=room_type_id, night__gte=arrival, night__lt=departure, price__isnull=False
    )
    return {row.night: row.price for row in rows}


def blocked_moves(before: Held, after: Held) -> list[Move]:
    """The moves of the counter ``blocked`` that lead from one state of a block to another."""
    nights: dict[tuple[int, int], list[date]] = defaultdict(list)
    for (room_type_id, night), rooms in difference(before, after).items():
        nights[room_type_id, rooms].append(night)
    return [
        Move(room_type_id, start, end, Bucket.BLOCKED, rooms)
        for (room_type_id, rooms), days in sorted(nights.items())
        for start, end in runs(days)
    ]


def picked_up_changed(block: GroupBlock, taken: Iterable[tuple[int, date]], change: int) -> list[Move]:
    """Count rooms picked up (+1) or returned (−1) in a locked block.

    Args:
        block: locked by the caller.
        taken: (room type, night) of one stay; nights outside the grid (shoulders) are left out.
        change: 1 or −1.

    Returns:
        The moves of what the block holds back; the stay's own ``sold`` moves are the caller's.
    """
    wanted = set(taken)
    before = held_by(block)
    rows = [row for row in BlockNight.objects.filter(block=block) if (row.room_type_id, row.night) in wanted]
    for row in rows:
        row.picked_up += change
    BlockNight.objects.bulk_update(rows, ["picked_up"])
    block.version += 1
    block.save(update_fields=["version", "updated_at"])
    return blocked_moves(before, held_by(block))


def returned_to_blocks(nights: Sequence[ReservationNight], block_id: int | None) -> list[Move]:
    """Give a picked-up stay's nights back to its block, in the caller's transaction.

    After the cut-off the block holds nothing back any more: the rooms go to the house.

    Locks: the block.
    """
    if block_id is None:
        return []
    return picked_up_changed(block_locked(block_id), _cells(nights), -1)


def standing_block(block_id: int | None) -> GroupBlock | None:
    """The block while it stands; None when it was cancelled or lost, or there is none. Locks: the block."""
    block = None if block_id is None else block_locked(block_id)
    return block if block is not None and block.status in DEDUCTING_STATUSES else None


def taken_from_blocks(nights: Sequence[ReservationNight], block_id: int | None) -> list[Move]:
    """Count a stay's nights as picked up again, when it is reinstated or amended; others are the house's.

    A shared room is picked up once, by the stay that holds it.

    Raises:
        BlockFullyBooked: a night of the grid has gone to somebody else of the group.

    Locks: the block.
    """
    if block_id is None:
        return []
    block, taken = block_locked(block_id), _cells(night for night in nights if night.holds_room)
    for room_type_id in {room_type_id for room_type_id, _night in taken}:
        wanted = sorted(night for of_type, night in taken if of_type == room_type_id)
        grid_check(block, room_type_id, wanted, outside=wanted)
    return picked_up_changed(block, taken, 1)


def _cells(nights: Iterable[ReservationNight]) -> set[tuple[int, date]]:
    """(type priced, night) of night rows."""
    return {(night.rate_room_type_id, night.night) for night in nights}


def grid_check(
    block: GroupBlock, room_type_id: int, nights: Sequence[date], *, outside: Sequence[date]
) -> None:
    """Refuse nights that a locked block cannot serve.

    Args:
        block: locked by the caller.
        room_type_id: the type whose price is paid.
        nights: wanted, ascending.
        outside: nights that may come from the house when the grid has none.

    Raises:
        BlockFullyBooked: a night is outside the block or used up.
    """
    cells = {cell.night: cell for cell in cells_of(block, nights) if cell.room_type_id == room_type_id}
    # After the cut-off the group still has its price, but only what the house has.
    control = BlockControl.ELASTIC if block.cut_off_at else BlockControl(block.control)
    night = pick_up_refused(cells, nights, control, outside)
    if night is not None:
        text = _("The block %(block)s has no room of this type left on %(night)s.") % {
            "block": block.code,
            "night": day_told(night),
        }
        raise BlockFullyBooked(text, extra={"block": block.pk, "night": night.isoformat()})
