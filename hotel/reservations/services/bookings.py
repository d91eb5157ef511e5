"""Making bookings: all rooms or none, prices and policies frozen, inventory taken in the last step."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationCreated
from hotel.core.exceptions import InvalidInput
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.choices import ChangeKind, NoteKind
from hotel.reservations.domain import numbers
from hotel.reservations.models import (
    Booking,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationNote,
)
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.commands import fact_values, settle
from hotel.reservations.services.day_use import day_use_fits
from hotel.reservations.services.drafts import Draft, drafts_made, takes_inventory
from hotel.reservations.services.holds import holds_use
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.promotions import promos_use
from hotel.reservations.services.turnaways import denials_left
from hotel.rooms.services.inventory import Move

ATTEMPTS = 5


@dataclass(frozen=True)
class BookingResult:
    """A booking and its reservations in order; ``is_new`` is False when the channel had sent it before."""

    booking: Booking
    reservations: tuple[Reservation, ...]
    is_new: bool = True


def booking_create(
    *, place: Property, data: BookingData, actor: User | None, moves: Sequence[Move] = ()
) -> BookingResult:
    """Sell one or more stays: all of them or none.

    Repeatable for channels: the same ``external_id`` of the same channel answers with the booking made first,
    also when sixteen copies arrive at once, because the database lets only one in.

    Args:
        place: the property, with its open business date.
        data: who and what.
        actor: who sells; None for the house itself (channels, imports).
        moves: further moves in the same lock, such as a block giving back what a pick-up takes.

    Returns:
        The booking with its reservations.

    Raises:
        InvalidInput: dates, party, prices or references make no stay.
        RuleBroken: ``rate_restrictions_violated``, ``guest_do_not_rent``, ``occupancy_exceeded``,
            ``arrival_in_past``, ``rates_not_set``, ``discount_above_limit``, ``guarantee_too_low``.
        RoomTypeSoldOut, NightsNotOpen, PromoUsedUp: nothing is left; nothing was written.
            A refusal for want of rooms or by a restriction leaves a turnaway, see ``denials_left``.

    Locks: price holds and promotion codes used, then the counters of all nights in one call; see ``commands``.
    """
    for _attempt in range(ATTEMPTS):
        found = booking_of_channel(place=place, data=data)
        if found is not None:
            return found
        try:
            with denials_left(place=place, data=data), transaction.atomic():
                return _create(place, data, actor, moves)
        except IntegrityError as error:
            # Somebody drew the same number, or the channel's copy was faster: look again.
            if _constraint(error) not in {"booking_number_once", "booking_external_id_once"}:
                raise
    raise InvalidInput(_("No free confirmation number was found."), code="numbers_exhausted")


def booking_of_channel(*, place: Property, data: BookingData) -> BookingResult | None:
    """The booking that a channel's number was given before; None without a number or when it is new."""
    if not data.external_id:
        return None
    booking = (
        Booking.objects.at(place.pk)
        .filter(channel_code=data.channel_code, external_id=data.external_id)
        .first()
    )
    if booking is None:
        return None
    rows = Reservation.objects.with_parts().filter(booking=booking).order_by("pk")
    return BookingResult(booking, tuple(rows), is_new=False)


@transaction.atomic
def reservations_add(
    *, booking: Booking, data: BookingData, actor: User | None, moves: Sequence[Move] = ()
) -> tuple[Reservation, ...]:
    """Add stays to a booking; guest, company and channel of ``data`` are the booking's own.

    Returns:
        The new reservations in order.

    Raises:
        As booking_create.

    Locks: the booking, then as booking_create.
    """
    (locked,) = lock_rows(Booking.objects.select_related("property").filter(pk=booking.pk))
    place, told = locked.property, replace(data, channel_code=locked.channel_code, source=locked.source)
    with denials_left(place=place, data=replace(told, market=locked.market, external_id="")):
        drafts = drafts_made(place=place, data=data, authority=Authority(place, actor, data.override_reason))
        return _store(locked, drafts, actor, moves, data.override_reason, position=position_next(locked))


def position_next(booking: Booking) -> int:
    """The first free position of a locked booking; reservations that were split off have kept their numbers."""
    position = booking.reservations.count() + 1
    rows = Reservation.objects.at(booking.property_id)
    while rows.filter(number=numbers.reservation_number(booking.confirmation_number, position)).exists():
        position += 1
    return position


def _create(place: Property, data: BookingData, actor: User | None, moves: Sequence[Move]) -> BookingResult:
    drafts = drafts_made(place=place, data=data, authority=Authority(place, actor, data.override_reason))
    first = drafts[0].reservation
    booking = Booking(
        property=place,
        confirmation_number=numbers.confirmation_number(place.code, secrets.randbelow(numbers.SPACE)),
        booker=data.booker,
        company=data.company,
        agent=data.agent,
        channel_code=data.channel_code,
        external_id=data.external_id,
        market=data.market,
        source=data.source,
        currency=place.currency,
        group_name=data.group_name,
        notes=data.notes,
        booked_at=first.booked_at,
        booked_on=first.booked_on,
        booked_by=actor,
    )
    rows_insert([booking])
    reservations = _store(booking, drafts, actor, moves, data.override_reason, position=1)
    return BookingResult(booking, reservations)


def _store(
    booking: Booking,
    drafts: Sequence[Draft],
    actor: User | None,
    moves: Sequence[Move],
    reason: str,
    *,
    position: int,
) -> tuple[Reservation, ...]:
    """Insert everything in bulk, then take inventory, then tell."""
    for offset, draft in enumerate(drafts):
        draft.reservation.booking = booking
        draft.reservation.number = numbers.reservation_number(booking.confirmation_number, position + offset)
    reservations = rows_insert(draft.reservation for draft in drafts)
    for draft in drafts:
        for night in draft.nights:
            night.reservation = draft.reservation
    rows_insert(night for draft in drafts for night in draft.nights)
    _store_people(booking, drafts, actor, reason)
    sold = [move for draft in takes_inventory(drafts) for move in moves_of_draft(draft)]
    held = holds_use(holds=[draft.data.hold for draft in drafts if draft.data.hold], booking=booking)
    promos_use(booking.property, [draft.reservation.promo_code for draft in takes_inventory(drafts)])
    facts = [
        ReservationCreated(
            **fact_values(row), channel_code=booking.channel_code, external_id=booking.external_id
        )
        for row in reservations
    ]
    settle(booking.property_id, [*moves, *held, *sold], facts)
    day_use_fits(reservations=[draft.reservation for draft in takes_inventory(drafts)])
    return tuple(reservations)


def _store_people(booking: Booking, drafts: Sequence[Draft], actor: User | None, reason: str) -> None:
    place_id = booking.property_id
    rows_insert(
        ReservationGuest(property_id=place_id, reservation=draft.reservation, guest=guest, role=role)
        for draft in drafts
        for guest, role in draft.guests
    )
    rows_insert(
        ReservationChange(
            property_id=place_id,
            reservation=draft.reservation,
            kind=ChangeKind.CREATED,
            version=1,
            actor=actor,
            at=draft.reservation.booked_at,
            business_date=draft.reservation.booked_on,
            after={
                "status": str(draft.reservation.status),
                "total": str(draft.reservation.total_amount.amount),
            },
            reason=reason,
        )
        for draft in drafts
    )
    rows_insert(
        ReservationNote(
            property_id=place_id,
            reservation=draft.reservation,
            kind=NoteKind.GUEST,
            text=draft.data.note,
            author=actor,
        )
        for draft in drafts
        if draft.data.note
    )


def moves_of_draft(draft: Draft) -> list[Move]:
    """What a draft takes from the counters."""
    return sold_moves(slices(draft.nights), is_day_use=draft.reservation.is_day_use)


def _constraint(error: IntegrityError) -> str:
    return getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
