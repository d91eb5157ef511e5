"""Group blocks: made, changed, picked up, washed and cut off; what they hold back is moved in the same lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from moneyed import Money

from hotel.contracts.reservations import BlockChanged
from hotel.core.audit import audit_note
from hotel.core.clock import now
from hotel.core.days import day_told
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.words import _, in_sentence
from hotel.guests.models import Company
from hotel.properties.models import Property
from hotel.rates.models import RatePlan
from hotel.reservations.choices import BlockControl, BlockStatus
from hotel.reservations.domain.blocks import PICKABLE_STATUSES, TRANSITIONS
from hotel.reservations.domain.stays import nights_between
from hotel.reservations.models import BlockNight, GroupBlock
from hotel.reservations.services.block_grid import block_locked, blocked_moves, grid_check, held_by
from hotel.reservations.services.commands import settle
from hotel.rooms.models import RoomType

MAX_NIGHTS = 120
MAX_ROOMS = 10_000


@dataclass(frozen=True, kw_only=True)
class GridRow:
    """So many rooms of a type on each night of ``[start, end)`` at a price (None: the plan's)."""

    room_type: RoomType
    start: date
    end: date
    rooms: int
    price: Money | None = None


@dataclass(frozen=True, kw_only=True)
class BlockData:
    """A block to be made; see GroupBlock for the fields."""

    code: str
    name: str
    arrival: date
    departure: date
    rate_plan: RatePlan
    rows: tuple[GridRow, ...]
    status: BlockStatus = BlockStatus.INQUIRY
    control: BlockControl = BlockControl.NON_ELASTIC
    shoulder_days: int = 0
    cutoff_on: date | None = None
    company: Company | None = None
    attrition_rate: Decimal = Decimal(0)
    notes: str = ""


@transaction.atomic
def block_create(*, place: Property, data: BlockData) -> GroupBlock:
    """Make a block with its grid; the contract is what the grid says now.

    Raises:
        InvalidInput: dates, grid or references make no block.
        Conflict: ``block_code_taken``.
        RoomTypeSoldOut, NightsNotOpen: a deducting block finds not so many rooms.

    Locks: the counters of its nights, when it deducts.
    """
    _check(place, data)
    block = GroupBlock(
        property=place,
        code=data.code,
        name=data.name,
        status=data.status,
        control=data.control,
        arrival=data.arrival,
        departure=data.departure,
        shoulder_days=data.shoulder_days,
        cutoff_on=data.cutoff_on,
        rate_plan=data.rate_plan,
        company=data.company,
        attrition_rate=data.attrition_rate,
        notes=data.notes,
    )
    try:
        with transaction.atomic():
            block.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(
            _("There is a block %(code)s already.") % {"code": data.code}, code="block_code_taken"
        ) from error
    cells = _cells(block, data.rows)
    for cell in cells:
        cell.contracted = cell.current
    BlockNight.objects.bulk_create(cells)
    _settle(block, {}, "created")
    return block


@transaction.atomic
def block_status_change(
    *, block: GroupBlock, status: BlockStatus, expected_version: int | None = None, reason: str = ""
) -> GroupBlock:
    """Move a block along its life; rooms are taken or given back as the new status says.

    Raises:
        Conflict: ``block_status_denied``; or reservations are still picked up from a block to be given up.
        VersionConflict: stale (412).
        RoomTypeSoldOut: the house has not so many rooms left.

    Locks: the block, then the counters of its nights.
    """
    fresh = _fresh(block, expected_version)
    if status not in TRANSITIONS[fresh.status]:
        allowed = ", ".join(
            in_sentence(BlockStatus(name).label, english=name) for name in sorted(TRANSITIONS[fresh.status])
        )
        text = _("A block that is %(status)s can only become: %(allowed)s.") % {
            "status": in_sentence(fresh.get_status_display, english=fresh.status),
            "allowed": allowed,
        }
        raise Conflict(text, code="block_status_denied", extra={"allowed": sorted(TRANSITIONS[fresh.status])})
    given_up = {BlockStatus.CANCELLED, BlockStatus.LOST, BlockStatus.REFUSED}
    if status in given_up and fresh.nights.filter(picked_up__gt=0).exists():
        text = _("Reservations are picked up from this block. Cancel or move them first.")
        raise Conflict(text, code="block_picked_up")
    before = held_by(fresh)
    fresh.status, fresh.lost_reason = status, reason if status in given_up else ""
    if status == BlockStatus.INQUIRY:
        fresh.cut_off_at = None
    _settle(fresh, before, "status")
    return fresh


@transaction.atomic
def block_grid_change(
    *,
    block: GroupBlock,
    rows: Sequence[GridRow],
    is_contract: bool = False,
    expected_version: int | None = None,
) -> GroupBlock:
    """Set cells of the grid. A smaller number is a wash: the contract stays unless ``is_contract``.

    The audit of the block notes each cell that changed, before and after.

    Raises:
        RuleBroken: ``block_below_picked_up`` – fewer rooms than are picked up.
        VersionConflict, InvalidInput, RoomTypeSoldOut: as in the other commands.

    Locks: the block, then the counters of its nights.
    """
    fresh = _fresh(block, expected_version)
    _check_rows(fresh.property, rows, fresh.arrival, fresh.departure)
    before = held_by(fresh)
    present = {(row.room_type_id, row.night): row for row in fresh.nights.all()}
    changed, noted = [], {}
    for wanted in _cells(fresh, rows):
        row = present.get((wanted.room_type_id, wanted.night), wanted)
        if wanted.current < row.picked_up and fresh.control != BlockControl.ELASTIC:
            text = _("On %(night)s, %(picked_up)s rooms are picked up already.") % {
                "night": day_told(wanted.night),
                "picked_up": row.picked_up,
            }
            raise RuleBroken(text, code="block_below_picked_up", extra={"night": wanted.night.isoformat()})
        was = _words(row) if row.pk else ""
        row.current = wanted.current
        row.price = wanted.price if wanted.price is not None else row.price
        row.contracted = row.current if is_contract or row.pk is None else row.contracted
        changed.append(row)
        if was != _words(row):
            noted[f"{wanted.room_type.code} {row.night}"] = (was, _words(row))
    BlockNight.objects.bulk_create([row for row in changed if row.pk is None])
    BlockNight.objects.bulk_update(
        [row for row in changed if row.pk], ["current", "contracted", "price", "price_currency"]
    )
    audit_note(fresh, noted)
    _settle(fresh, before, "grid")
    return fresh


@transaction.atomic
def block_cut_off(*, block: GroupBlock) -> GroupBlock:
    """Give back what is not picked up; the contract and the pick-ups stay. Repeatable.

    Locks: the block, then the counters of its nights.
    """
    fresh = block_locked(block.pk)
    if fresh.cut_off_at is None:
        before = held_by(fresh)
        fresh.cut_off_at = now()
        _settle(fresh, before, "cut_off")
    return fresh


def blocks_cut_off_due(*, place: Property) -> int:
    """Cut off every block whose day has come, by the business date. Repeatable. Returns how many."""
    due = GroupBlock.objects.at(place.pk).filter(cut_off_at=None, cutoff_on__lte=place.business_date)
    blocks = list(due.filter(status__in=[*PICKABLE_STATUSES, BlockStatus.OPTIONAL]).order_by("pk"))
    for block in blocks:
        block_cut_off(block=block)
    return len(blocks)


def pick_up_check(block: GroupBlock, room_type: RoomType, arrival: date, departure: date) -> None:
    """Refuse a pick-up that the locked block cannot serve.

    Raises:
        Conflict: ``block_not_open`` – its status takes no reservations.
        BlockFullyBooked: a night is outside the block or used up.
    """
    if block.status not in PICKABLE_STATUSES:
        raise Conflict(
            _("A block that is %(status)s takes no reservations.")
            % {"status": in_sentence(block.get_status_display, english=block.status)},
            code="block_not_open",
        )
    nights = nights_between(arrival, departure)
    shoulder = nights_between(block.arrival - timedelta(days=block.shoulder_days), block.arrival)
    shoulder += nights_between(block.departure, block.departure + timedelta(days=block.shoulder_days))
    grid_check(block, room_type.pk, nights, outside=shoulder)


def _check(place: Property, data: BlockData) -> None:
    for row in (data.rate_plan, *(grid.room_type for grid in data.rows)):
        if row.property_id != place.pk:
            raise InvalidInput(_("Plan and room types must belong to the property."), code="other_property")
    if data.company is not None and data.company.chain_id != place.chain_id:
        raise InvalidInput(_("The company is of another chain."), code="other_property")
    if not data.rows:
        raise InvalidInput(_("A block needs at least one row of rooms."), code="block_empty")
    if not 1 <= (data.departure - data.arrival).days <= MAX_NIGHTS:
        raise InvalidInput(
            _("A block has 1 to %(max_nights)s nights.") % {"max_nights": MAX_NIGHTS}, code="dates_invalid"
        )
    if data.arrival < place.business_date:
        raise InvalidInput(_("The block begins before the open business date."), code="arrival_in_past")
    if data.cutoff_on is not None and data.cutoff_on > data.departure:
        raise InvalidInput(_("The cut-off lies after the block."), code="dates_invalid")
    _check_rows(place, data.rows, data.arrival, data.departure)


def _check_rows(place: Property, rows: Sequence[GridRow], arrival: date, departure: date) -> None:
    for row in rows:
        if row.room_type.property_id != place.pk:
            raise InvalidInput(_("Room types must belong to the property."), code="other_property")
        if not arrival <= row.start < row.end <= departure:
            raise InvalidInput(_("A row lies outside the dates of the block."), code="dates_invalid")
        if not 0 <= row.rooms <= MAX_ROOMS:
            raise InvalidInput(
                _("A cell has 0 to %(max_rooms)s rooms.") % {"max_rooms": MAX_ROOMS}, code="quantity_invalid"
            )
        if row.price is not None and (row.price.currency.code != place.currency or row.price.amount < 0):
            raise InvalidInput(
                _("Prices are in %(currency)s and not negative.") % {"currency": place.currency},
                code="currency_mismatch",
            )


def _cells(block: GroupBlock, rows: Sequence[GridRow]) -> list[BlockNight]:
    """One unsaved cell per type and night; a later row of the same cell counts."""
    found: dict[tuple[int, date], BlockNight] = {}
    for row in rows:
        for night in nights_between(row.start, row.end):
            found[row.room_type.pk, night] = BlockNight(
                property_id=block.property_id,
                block=block,
                room_type=row.room_type,
                night=night,
                current=row.rooms,
                price=row.price,
            )
    return [found[key] for key in sorted(found)]


def _words(cell: BlockNight) -> str:
    price = "the plan's price" if cell.price is None else str(cell.price)
    return f"{cell.current} of {cell.contracted} rooms at {price}"


def _fresh(block: GroupBlock, expected_version: int | None) -> GroupBlock:
    fresh = block_locked(block.pk)
    fresh.require_version(expected_version, _("block"))
    return fresh


def _settle(block: GroupBlock, before: dict[tuple[int, date], int], change: str) -> None:
    """Save a changed block, move what it holds back, and tell."""
    if before or change != "created":
        block.version += 1
        block.save()
    fact = BlockChanged(
        property_id=block.property_id,
        block_id=block.pk,
        status=str(block.status),
        arrival=block.arrival,
        departure=block.departure,
        change=change,
        version=block.version,
        business_date=block.property.business_date,
    )
    settle(block.property_id, blocked_moves(before, held_by(block)), [fact])
