"""More than one stay out of one: splitting by date, taking rooms out of a booking, copying."""

import secrets
from datetime import date
from typing import Any

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationCreated
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.money import total
from hotel.core.words import _
from hotel.reservations.choices import ChangeKind, Guarantee, ReservationStatus
from hotel.reservations.domain import numbers
from hotel.reservations.models import (
    Booking,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationNight,
)
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import position_next, reservations_add
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    check,
    fact_values,
    reservation_locked,
    reservations_locked,
    settle,
)
from hotel.reservations.services.drafts import BOOKABLE, FLAGS
from hotel.reservations.services.occupancies import assignments_follow
from hotel.reservations.services.offers import offers_end
from hotel.reservations.services.slices import day_use_of, occupancy_of

_OWN = {"id", "number", "version", "created_at", "updated_at", "arrival", "departure", "total_amount"}


@transaction.atomic
def reservation_split(
    *, reservation: Reservation, at: date, actor: User | None, expected_version: int | None = None
) -> tuple[CommandResult, CommandResult]:
    """Cut a stay in two at a date: the first leaves on it, the second arrives on it, in the same booking.

    Every night keeps its price, so together they cost what the one did; taxes charged once per stay and the
    promotion code, which counts once, stay with the first. No counter moves, unless the stay waits: a room offered
    for the whole is given back. A room assigned beyond the date is kept by the first part only.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        expected_version: the version the caller saw; None for whichever.
        at: a date after the arrival and before the departure.

    Returns:
        The shortened reservation and the new one.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).
        InvalidInput: the date is not inside the stay (``split_outside_stay``).

    Locks: booking, reservation, its open offer, rooms, then the counters.
    """
    lock_rows(Booking.objects.filter(pk=reservation.booking_id))
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "split")
    if not fresh.arrival < at < fresh.departure:
        raise InvalidInput(
            _("Split a stay on a day between arrival and departure."), code="split_outside_stay"
        )
    nights = list(fresh.nights.order_by("night"))
    first = [night for night in nights if night.night < at]
    second = [night for night in nights if night.night >= at]
    currency = fresh.property.currency
    moves = offers_end(fresh)
    new = _twin(fresh, at, total((night.total for night in second), currency))
    moved = [night.pk for night in second]
    ReservationNight.objects.filter(pk__in=moved).update(reservation=new)
    previous_departure = fresh.departure
    values = {
        "departure": at,
        "total_amount": total([*(night.total for night in first), fresh.stay_tax_amount], currency),
    }
    change(fresh, ChangeKind.SPLIT, actor=actor, values=values, after={"new": new.number})
    assignments_follow(fresh, was=(fresh.arrival, previous_departure))
    ReservationChange.objects.create(
        property_id=fresh.property_id,
        reservation=new,
        kind=ChangeKind.SPLIT,
        version=1,
        actor=actor,
        business_date=fresh.property.business_date,
        before={"from": fresh.number, "departure": previous_departure},
    )
    facts = [changed_fact(fresh, "split"), ReservationCreated(**fact_values(new))]
    settle(fresh.property_id, moves, facts)
    return CommandResult(fresh, moves=tuple(moves)), CommandResult(new)


@transaction.atomic
def booking_split(*, booking: Booking, reservations: list[Reservation], actor: User | None) -> Booking:
    """Take some rooms of a booking out into a booking of their own, with its own confirmation number.

    The reservations keep their numbers, prices, policies and rooms.

    Returns:
        The new booking, for the same booker.

    Raises:
        InvalidInput: none given, not of this booking, or all of it (``split_invalid``).

    Locks: the booking, then the reservations.
    """
    (locked,) = lock_rows(Booking.objects.filter(pk=booking.pk))
    rows = [row for row in reservations_locked(row.pk for row in reservations) if row.booking_id == locked.pk]
    if not rows or len(rows) != len(reservations) or len(rows) == locked.reservations.count():
        raise InvalidInput(_("Name some, not all, reservations of this booking."), code="split_invalid")
    copied = {
        name: getattr(locked, name)
        for name in ("property_id", "booker_id", "company_id", "agent_id", "channel_code", "market", "source",
                     "currency", "group_name", "booked_at", "booked_on")
    }  # fmt: skip
    code = rows[0].property.code
    number = numbers.confirmation_number(code, secrets.randbelow(numbers.SPACE))
    new = Booking.objects.create(**copied, confirmation_number=number, booked_by=actor)
    for row in rows:
        change(row, ChangeKind.SPLIT, actor=actor, values={"booking": new})
    settle(locked.property_id, [], [changed_fact(row, "split") for row in rows])
    return new


def reservation_copy(
    *,
    reservation: Reservation,
    actor: User | None,
    arrival: date | None = None,
    departure: date | None = None,
    override_reason: str = "",
) -> CommandResult:
    """Book the same once more in the same booking, at today's prices and rules.

    Args:
        reservation: what is copied.
        actor: who does it; None for the house itself.
        override_reason: why rules are set aside; needs the right ``override``.
        arrival: the same as copied unless given.
        departure: the same as copied unless given.

    Returns:
        The new reservation.

    Raises:
        As booking_create; RuleBroken ``departure_required`` when only the arrival is given.

    Locks: as booking_create.
    """
    if (arrival is None) != (departure is None):
        raise RuleBroken(_("Give both arrival and departure, or neither."), code="departure_required")
    source = Reservation.objects.with_parts().get(pk=reservation.pk)
    status = ReservationStatus(source.status) if source.status in BOOKABLE else ReservationStatus.CONFIRMED
    others = ReservationGuest.objects.filter(reservation=source).exclude(guest_id=source.primary_guest_id)
    data = ReservationData(
        room_type=source.room_type,
        rate_plan=source.rate_plan,
        arrival=arrival or source.arrival,
        departure=departure or source.departure,
        occupancy=occupancy_of(source),
        status=status,
        guarantee=Guarantee(source.guarantee),
        primary_guest=source.primary_guest,
        guests=tuple((row.guest, row.role) for row in others.select_related("guest")),
        eta=source.eta,
        etd=source.etd,
        promo_code=source.promo_code,
        exemptions=tuple(source.exemptions),
        day_use=day_use_of(source),
        flags=frozenset(name for name in FLAGS - {"is_walk_in"} if getattr(source, name)),
        waitlist_priority=source.waitlist_priority,
        room_wishes=source.room_wishes,
    )
    booking = BookingData(
        reservations=(data,), company=source.booking.company, override_reason=override_reason
    )
    (new,) = reservations_add(booking=source.booking, data=booking, actor=actor)
    return CommandResult(new)


def _twin(reservation: Reservation, arrival: date, amount: Any) -> Reservation:
    """A reservation equal to another but for its number and its dates, stored."""
    values = {
        field.attname: getattr(reservation, field.attname)
        for field in Reservation._meta.concrete_fields
        if field.name not in _OWN
    }
    currency = amount.currency.code
    new = Reservation(
        **values,
        arrival=arrival,
        departure=reservation.departure,
        total_amount=amount,
    )
    position = position_next(reservation.booking)
    new.number = numbers.reservation_number(reservation.booking.confirmation_number, position)
    new.stay_tax_amount, new.stay_taxes = type(amount)(0, currency), []
    new.is_room_locked, new.promo_code = False, ""
    new.save(force_insert=True)
    guests = ReservationGuest.objects.filter(reservation=reservation)
    ReservationGuest.objects.bulk_create(
        ReservationGuest(property_id=new.property_id, reservation=new, guest_id=row.guest_id, role=row.role)
        for row in guests
    )
    return new
