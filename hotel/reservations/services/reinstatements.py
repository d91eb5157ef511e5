"""Standing again: a cancelled or missed stay takes its nights back and its fee is reversed."""

from datetime import date

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationReinstated
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.fact import Fact
from hotel.core.money import total, zero
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.domain.fees import Fee
from hotel.reservations.fee_ports import fees_posted
from hotel.reservations.models import Booking, Reservation, ReservationNight
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.services.block_grid import taken_from_blocks
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    check,
    fact_values,
    finish,
    reservation_locked,
    reservations_locked,
    settle,
)
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.promotions import promos_use
from hotel.rooms.services.inventory import Move


@transaction.atomic
def reservation_reinstate(
    *, reservation: Reservation, actor: User | None, reason: str = "", expected_version: int | None = None
) -> CommandResult:
    """Make a cancelled or missed stay confirmed again, at the prices and policies it was sold with.

    Its nights are taken anew, so it can be refused. Nights before the open business date cannot be slept any
    more: they are cut off, and the stay begins today. The fee is taken back.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle (the stay is over), or stale (412).
        RoomTypeSoldOut, PromoUsedUp: others have had its nights, or the last use of its code; nothing was changed.

    Locks: the reservation, then its counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "reinstate")
    moves, fact, fees = _reinstate(fresh, actor, reason)
    return finish(fresh, moves=moves, facts=[fact], fees=fees, actor=actor)


@transaction.atomic
def booking_reinstate(*, booking: Booking, actor: User | None, reason: str = "") -> list[CommandResult]:
    """Reinstate all cancelled and missed stays of a booking: all of them or none.

    Returns:
        One result per stay, in order of their numbers; counters moved in one call.

    Raises:
        Conflict: one of them is over, or there is nothing to reinstate (``nothing_to_reinstate``).
        RoomTypeSoldOut: not enough is left for all of them.

    Locks: the reservations ascending, then the counters.
    """
    gone = (ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW)
    ids = booking.reservations.filter(status__in=gone).values_list("pk", flat=True)
    rows = [row for row in reservations_locked(ids) if row.status in gone]
    if not rows:
        raise Conflict("Nothing of this booking is cancelled.", code="nothing_to_reinstate")
    for row in rows:
        check(row, "reinstate")
    done = [_reinstate(row, actor, reason) for row in rows]
    postings = [fees_posted(row, fees, actor) for row, (_, _, fees) in zip(rows, done, strict=True)]
    settle(
        booking.property_id, [move for moves, _, _ in done for move in moves], [fact for _, fact, _ in done]
    )
    return [
        CommandResult(row, fees=fees, postings=posted, actions=actions_of(row), moves=tuple(moves))
        for row, (moves, _, fees), posted in zip(rows, done, postings, strict=True)
    ]


def _reinstate(
    reservation: Reservation, actor: User | None, reason: str
) -> tuple[list[Move], Fact, tuple[Fee, ...]]:
    """Everything but the counters."""
    nights = _cut(reservation, reservation.property.business_date)
    currency = reservation.property.currency
    reversed_fee = reservation.fee_amount if reservation.fee_amount is not None else zero(currency)
    kind = "no_show" if reservation.status == ReservationStatus.NO_SHOW else "cancellation"
    arrival = nights[0].night
    values = {
        "status": ReservationStatus.CONFIRMED,
        "arrival": arrival,
        "total_amount": total([*(night.total for night in nights), reservation.stay_tax_amount], currency),
        "confirmed_at": reservation.confirmed_at or now(),
        "cancelled_at": None,
        "cancellation_number": "",
        "cancel_reason": "",
        "no_show_at": None,
        "fee_amount": None,
    }
    change(reservation, ChangeKind.REINSTATED, actor=actor, values=values, reason=reason)
    fact = ReservationReinstated(
        **fact_values(reservation),
        reversed_amount=reversed_fee.amount,
        reversed_currency=currency,
    )
    taken = taken_from_blocks(nights, reservation.block_id)
    promos_use(reservation.property, [reservation.promo_code])
    moves = [
        *taken,
        *sold_moves(slices(nights), is_day_use=reservation.is_day_use),
    ]
    fees = (Fee(kind, -reversed_fee, "Taken back."),) if reversed_fee.amount else ()
    return moves, fact, fees


def _cut(reservation: Reservation, today: date) -> list[ReservationNight]:
    """The nights that can still be slept; the rows of those that are over are deleted (the log keeps their total)."""
    nights = list(reservation.nights.order_by("night"))
    over = [night.pk for night in nights if night.night < today]
    if over:
        ReservationNight.objects.filter(pk__in=over).delete()
    return [night for night in nights if night.night >= today]
