"""Giving back the last nights of a guest in house who leaves early."""

from collections.abc import Sequence
from datetime import date

from hotel.core.clock import now
from hotel.core.money import total, zero
from hotel.rates.domain.cancellation import cancellation_fee
from hotel.reservations.domain.fees import Fee
from hotel.reservations.models import Reservation, ReservationNight
from hotel.reservations.services.block_grid import returned_to_blocks
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.shares import nights_leave
from hotel.rooms.services.inventory import Move


def early_departure_fee(reservation: Reservation, given_back: Sequence[ReservationNight]) -> Fee:
    """What a guest owes for nights he booked and does not sleep: they are cancelled now, under the frozen policy.

    Args:
        given_back: the nights, in order of dates; none cost nothing.
    """
    currency = reservation.property.currency
    policy = reservation.policies.get("cancellation")
    if not given_back or not policy:
        return Fee("early_departure", zero(currency), "Nothing is owed.")
    nights = [night.total for night in given_back]
    found = cancellation_fee(
        policy,
        nights=nights,
        total=total(nights, currency),
        arrival=reservation.policy_arrival,
        zone=reservation.property.time_zone,
        cancelled_at=now(),
        booked_at=reservation.booked_at,
    )
    return Fee("early_departure", found.amount, found.deadline_text)


def nights_from(reservation: Reservation, day: date) -> list[ReservationNight]:
    """The nights of a stay from a business date on, in order."""
    return list(reservation.nights.filter(night__gte=day).order_by("night"))


def nights_give_back(reservation: Reservation, given_back: Sequence[ReservationNight]) -> list[Move]:
    """Delete nights of a locked stay; the caller changes its departure and total, and logs it.

    Returns:
        What goes back to the counters, and to the block it was picked up from; nothing of a room that others are in.

    Locks: those who share the room, the block.
    """
    free = nights_leave(reservation, given_back)
    moves = [*returned_to_blocks(free, reservation.block_id), *sold_moves(released=slices(free))]
    ReservationNight.objects.filter(pk__in=[night.pk for night in given_back]).delete()
    return moves
