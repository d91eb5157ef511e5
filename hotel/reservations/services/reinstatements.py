"""Standing again: a cancelled or missed stay takes its nights back and its fee is reversed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationReinstated
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.fact import Fact
from hotel.core.money import total, zero
from hotel.core.words import _
from hotel.rates.domain.quotes import NightPrice, night_price_dump
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.domain.fees import Fee
from hotel.reservations.fee_ports import fees_posted
from hotel.reservations.models import Booking, Reservation, ReservationNight
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.block_grid import standing_block, taken_from_blocks
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
from hotel.reservations.services.day_use import day_use_fits
from hotel.reservations.services.guarantees import guarantee_enforce, is_asked
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.pricing import rules_enforce, stay_priced
from hotel.reservations.services.promotions import promos_use
from hotel.reservations.services.slices import wish_of_reservation
from hotel.rooms.services.inventory import Move


@transaction.atomic
def reservation_reinstate(
    *, reservation: Reservation, actor: User | None, reason: str = "", expected_version: int | None = None
) -> CommandResult:
    """Make a cancelled or missed stay confirmed again, at the prices and policies it was sold with.

    Its nights are taken anew, so it can be refused. Nights before the open business date cannot be slept any
    more: they are cut off, and the stay begins today; taxes that count nights are counted again. The fee is taken back.
    A stay of a block that was cancelled or lost leaves it and takes rooms of the house.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        reason: for the log; with the right ``override`` it sets restrictions aside.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        RuleBroken: it was never confirmed and breaks restrictions (``rate_restrictions_violated``), or has too little
            behind it (``guarantee_too_low``).
        Conflict, VersionConflict: denied by the lifecycle (the stay is over), or stale (412).
        RoomTypeSoldOut, PromoUsedUp: others have had its nights, or the last use of its code; nothing was changed.

    Locks: the reservation, then its counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "reinstate")
    moves, fact, fees = _reinstate(fresh, actor, reason)
    result = finish(fresh, moves=moves, facts=[fact], fees=fees, actor=actor)
    day_use_fits(reservations=[fresh])
    return result


@transaction.atomic
def booking_reinstate(*, booking: Booking, actor: User | None, reason: str = "") -> list[CommandResult]:
    """Reinstate all cancelled and missed stays of a booking: all of them or none.

    Returns:
        One result per stay, in order of their numbers; counters moved in one call.

    Raises:
        Conflict: one of them is over, or there is nothing to reinstate (``nothing_to_reinstate``).
        RuleBroken: one was never confirmed and breaks restrictions.
        RoomTypeSoldOut: not enough is left for all of them.

    Locks: the reservations ascending, then the counters.
    """
    gone = (ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW)
    ids = booking.reservations.filter(status__in=gone).values_list("pk", flat=True)
    rows = [row for row in reservations_locked(ids) if row.status in gone]
    if not rows:
        raise Conflict(_("Nothing of this booking is cancelled."), code="nothing_to_reinstate")
    for row in rows:
        check(row, "reinstate")
    done = [_reinstate(row, actor, reason) for row in rows]
    postings = [fees_posted(row, fees, actor) for row, (_, _, fees) in zip(rows, done, strict=True)]
    settle(
        booking.property_id, [move for moves, _, _ in done for move in moves], [fact for _, fact, _ in done]
    )
    day_use_fits(reservations=rows)
    return [
        CommandResult(row, fees=fees, postings=posted, moves=tuple(moves))
        for row, (moves, _, fees), posted in zip(rows, done, postings, strict=True)
    ]


def _reinstate(
    reservation: Reservation, actor: User | None, reason: str
) -> tuple[list[Move], Fact, tuple[Fee, ...]]:
    """Everything but the counters."""
    nights = _cut(reservation, reservation.property.business_date)
    quote = _asked(reservation, nights, Authority(reservation.property, actor, reason))
    block = standing_block(reservation.block_id)
    currency = reservation.property.currency
    reversed_fee = reservation.fee_amount if reservation.fee_amount is not None else zero(currency)
    kind = "no_show" if reservation.status == ReservationStatus.NO_SHOW else "cancellation"
    values = {
        "status": ReservationStatus.CONFIRMED,
        "arrival": nights[0].night,
        "total_amount": total([*(night.total for night in quote), reservation.stay_tax_amount], currency),
        "block": block,
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
    taken = taken_from_blocks(nights, block.pk if block else None)
    promos_use(reservation.property, [reservation.promo_code])
    moves = [
        *taken,
        *sold_moves(slices(nights), is_day_use=reservation.is_day_use),
    ]
    fees = (Fee(kind, -reversed_fee, "Taken back."),) if reversed_fee.amount else ()
    return moves, fact, fees


def _asked(
    reservation: Reservation, nights: Sequence[ReservationNight], authority: Authority
) -> tuple[NightPrice, ...]:
    """The prices of the nights as sold, taxes counted anew; what was never confirmed is asked for its rules first."""
    wish = replace(wish_of_reservation(reservation), arrival=nights[0].night, is_promo_taken=True)
    quote = stay_priced(wish, authority)
    if reservation.confirmed_at is None and not reservation.is_taken_over:
        rules_enforce(quote.broken, authority)
        if is_asked(reservation):
            guarantee_enforce(
                policies=reservation.policies, guarantee=reservation.guarantee, authority=authority
            )
    for night, price in zip(nights, quote.nights, strict=True):
        if price != wish.kept[night.night]:
            night.total, night.price_detail = price.total, night_price_dump(price)
            night.save(update_fields=["total", "price_detail", "updated_at"])
    return quote.nights


def _cut(reservation: Reservation, today: date) -> list[ReservationNight]:
    """The nights that can still be slept; the rows of those that are over are deleted (the log keeps their total)."""
    nights = list(reservation.nights.order_by("night"))
    over = [night.pk for night in nights if night.night < today]
    if over:
        ReservationNight.objects.filter(pk__in=over).delete()
    return [night for night in nights if night.night >= today]
