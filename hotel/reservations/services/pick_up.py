"""Picking up rooms of a block: one stay at a time, or a whole rooming list, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput, PmsError
from hotel.core.locks import LockRefused
from hotel.guests.models import Guest
from hotel.guests.services.guests import GuestData, guest_create, guest_link
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import TAKES_INVENTORY, GuestRole
from hotel.reservations.domain.stays import nights_between
from hotel.reservations.models import GroupBlock, Reservation
from hotel.reservations.services.block_grid import agreed_prices, block_locked, picked_up_changed
from hotel.reservations.services.blocks import pick_up_check
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import BookingResult, booking_create, booking_of_channel
from hotel.reservations.services.drafts import check_span
from hotel.reservations.services.turnaways import denials_left
from hotel.rooms.models import RoomType
from hotel.rooms.services.inventory import Move

MAX_ROWS = 1_000


@dataclass(frozen=True)
class RoomingRow:
    """One line of a rooming list; ``line`` is what people call it, from 1.

    Attributes:
        room_type: code.
        guest: the profile that the person has already; a new one is made when None.
        sharers: who else sleeps in the room; their days and types are not looked at.
    """

    line: int
    first_name: str
    last_name: str
    room_type: str
    arrival: date
    departure: date
    adults: int = 1
    email: str = ""
    birth_date: date | None = None
    guest: Guest | None = None
    sharers: tuple["RoomingRow", ...] = ()
    note: str = ""


@dataclass(frozen=True)
class RoomingError:
    """Why a line cannot be picked up."""

    line: int
    code: str
    text: str


class RoomingListRefused(InvalidInput):
    """Some lines cannot be picked up, so none was. ``extra``: errors by line."""

    code = "rooming_list_refused"


@transaction.atomic
def block_pick_up(*, block: GroupBlock, data: BookingData, actor: User | None) -> BookingResult:
    """Book stays from a block: each night moves one room from the block to sold, never both.

    Nights of the grid have the group's price where it has one; the plan of the block prices the others. Prices by hand
    and discounts are measured by these against the seller's limits.

    Repeatable for channels like booking_create: a number sent again picks up nothing more.

    Raises:
        Conflict, BlockFullyBooked: the block takes no reservations, or has no room left.
        InvalidInput: a status that takes no inventory; dates that are no nights.
        LockRefused: the same channel number is being booked without the block right now.
        As booking_create otherwise.

    Locks: the block, then as booking_create.
    """
    fresh = block_locked(block.pk)
    found = booking_of_channel(place=fresh.property, data=data)
    if found is not None:
        return found
    with denials_left(place=fresh.property, data=data):
        stays, moves = _stays_picked_up(fresh, data.reservations)
    booked = replace(
        data,
        reservations=tuple(stays),
        company=data.company or fresh.company,
        group_name=data.group_name or fresh.name,
    )
    result = booking_create(place=fresh.property, data=booked, actor=actor, moves=moves)
    if not result.is_new:  # a copy came past the block meanwhile: what was counted here is undone
        raise LockRefused(_("This booking is just being made. Please repeat."))
    Reservation.objects.filter(pk__in=[row.pk for row in result.reservations]).update(block=fresh)
    for row in result.reservations:
        row.block = fresh
    return result


def _stays_picked_up(
    block: GroupBlock, stays: Sequence[ReservationData]
) -> tuple[list[ReservationData], list[Move]]:
    """The stays at the terms of a locked block, and what it gives back for them."""
    found, moves = [], []
    for stay in stays:
        if stay.status not in TAKES_INVENTORY:
            raise InvalidInput(_("What is picked up is an option or confirmed."), code="status_invalid")
        if stay.day_use is None:
            check_span(stay.arrival, stay.departure)
        pick_up_check(block, stay.room_type, stay.arrival, stay.departure)
        taken = [(stay.room_type.pk, night) for night in nights_between(stay.arrival, stay.departure)]
        moves += picked_up_changed(block, taken, 1)
        agreed = agreed_prices(block.pk, stay.room_type.pk, stay.arrival, stay.departure)
        found.append(replace(stay, rate_plan=block.rate_plan, agreed=agreed))
    return found, moves


def rooming_list_check(
    *, block: GroupBlock, rows: Sequence[RoomingRow], actor: User | None
) -> list[RoomingError]:
    """Try a rooming list without keeping anything. Returns what would be refused; empty when all is well."""
    errors: list[RoomingError] = []
    try:
        with transaction.atomic():
            rooming_list_pick_up(block=block, rows=rows, actor=actor)
            transaction.set_rollback(True)
    except RoomingListRefused as refused:
        errors = [RoomingError(**error) for error in refused.extra["errors"]]
    return errors


@transaction.atomic
def rooming_list_pick_up(
    *, block: GroupBlock, rows: Sequence[RoomingRow], actor: User | None
) -> list[Reservation]:
    """Pick up a rooming list: every line or none.

    Returns:
        One reservation per line, same order.

    Raises:
        RoomingListRefused: with every line's reason; nothing is kept.

    Locks: the block, then as booking_create.
    """
    if not 1 <= len(rows) <= MAX_ROWS:
        raise InvalidInput(
            _("A rooming list has 1 to %(max_rows)s lines.") % {"max_rows": MAX_ROWS},
            code="rooming_list_size",
        )
    fresh = block_locked(block.pk)
    types = {row.code: row for row in RoomType.objects.at(fresh.property_id).filter(is_active=True)}
    errors: list[RoomingError] = []
    found = []
    for row in rows:
        try:
            with transaction.atomic():
                found.append(_pick_up_row(fresh, row, types, actor))
        except PmsError as error:
            errors.append(RoomingError(row.line, error.code, error.message))
    if errors:
        raise rooming_list_refused(errors, of=len(rows))
    return found


def rooming_list_refused(errors: Sequence[RoomingError], *, of: int) -> RoomingListRefused:
    """The refusal of a list of so many lines, with each line's reason."""
    text = _("%(count)s of %(of)s lines cannot be picked up. Nothing was booked.") % {
        "count": len(errors),
        "of": of,
    }
    return RoomingListRefused(text, extra={"errors": [asdict(error) for error in errors]})


def _pick_up_row(
    block: GroupBlock, row: RoomingRow, types: dict[str, RoomType], actor: User | None
) -> Reservation:
    if row.room_type not in types:
        raise InvalidInput(
            _("There is no room type %(room_type)r.") % {"room_type": row.room_type}, code="room_type_unknown"
        )
    guests = [_guest_of(block, person) for person in (row, *row.sharers)]
    if len({guest.pk for guest in guests}) < len(guests):
        raise InvalidInput(_("One profile cannot be two guests of a room."), code="guest_twice")
    guest = guests[0]
    stay = ReservationData(
        room_type=types[row.room_type],
        rate_plan=block.rate_plan,
        arrival=row.arrival,
        departure=row.departure,
        occupancy=Occupancy(adults=row.adults),
        primary_guest=guest,
        guests=tuple((sharer, GuestRole.SHARER) for sharer in guests[1:]),
        note=row.note,
    )
    data = BookingData(reservations=(stay,), booker=guest, channel_code="group")
    return block_pick_up(block=block, data=data, actor=actor).reservations[0]


def _guest_of(block: GroupBlock, row: RoomingRow) -> Guest:
    if row.guest is not None:
        return guest_link(guest=row.guest, place=block.property)
    return guest_create(
        place=block.property,
        data=GuestData(
            first_name=row.first_name,
            last_name=row.last_name,
            email=row.email,
            birth_date=row.birth_date,
        ),
    )
