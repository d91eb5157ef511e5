"""Giving stays back: cancellation and no-show with the fee of the frozen policy, and standing again."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.reservations import NoShowMarked, ReservationCancelled
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.fact import Fact
from hotel.core.money import zero
from hotel.core.words import _
from hotel.rates.domain.cancellation import cancellation_fee, no_show_fee
from hotel.reservations.choices import TAKES_INVENTORY, ChangeKind, Guarantee, ReservationStatus
from hotel.reservations.domain import numbers
from hotel.reservations.domain.fees import Fee
from hotel.reservations.fee_ports import fees_posted
from hotel.reservations.models import Booking, Reservation, ReservationNight
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.block_grid import returned_to_blocks
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    check,
    fact_values,
    finish,
    nights_of_reservations,
    reservation_locked,
    reservations_locked,
    settle,
)
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.occupancies import assignments_release
from hotel.reservations.services.offers import offers_end
from hotel.reservations.services.promotions import promos_release
from hotel.reservations.services.shares import nights_leave, share_settle
from hotel.rooms.services.inventory import Move


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """Why a stay is given back, and whether its fee is waived (needs ``override`` and a reason)."""

    reason: str = ""
    is_fee_waived: bool = False


NOTHING_WAIVED = Waiver()


@dataclass(frozen=True)
class Ending:
    """What giving one stay back does: counters, the fact, the fee."""

    moves: list[Move]
    fact: Fact
    fees: tuple[Fee, ...]


@transaction.atomic
def reservation_cancel(
    *,
    reservation: Reservation,
    actor: User | None,
    waiver: Waiver = NOTHING_WAIVED,
    expected_version: int | None = None,
) -> CommandResult:
    """Cancel a stay: nights free again, fee under the policy frozen at booking, a cancellation number.

    Only a confirmed stay owes a fee. Its deadline is reckoned in the property's zone from ``policy_arrival``.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).
        NotPermitted, RuleBroken: a waiver without the right or without a reason.

    Locks: the reservation, its rooms, then the counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "cancel")
    ending = _cancel(fresh, list(fresh.nights.order_by("night")), actor, waiver)
    return finish(fresh, moves=ending.moves, facts=[ending.fact], fees=ending.fees, actor=actor)


@transaction.atomic
def booking_cancel(
    *, booking: Booking, actor: User | None, waiver: Waiver = NOTHING_WAIVED
) -> list[CommandResult]:
    """Cancel all stays of a booking that are still open: all of them or none.

    Stays that ended already (cancelled, no-show, checked out) are left alone; one in house refuses the whole.

    Returns:
        One result per cancelled stay, in order of their numbers; counters moved in one call.

    Raises:
        Conflict: a stay is in house, or nothing is left to cancel (``nothing_to_cancel``).

    Locks: the reservations ascending, their rooms, then the counters.
    """
    ended = (ReservationStatus.CANCELLED, ReservationStatus.NO_SHOW, ReservationStatus.CHECKED_OUT)
    ids = booking.reservations.exclude(status__in=ended).values_list("pk", flat=True)
    rows = [row for row in reservations_locked(ids) if row.status not in ended]
    if not rows:
        raise Conflict(_("Nothing of this booking is left to cancel."), code="nothing_to_cancel")
    for row in rows:
        check(row, "cancel")
    nights = nights_of_reservations(rows)
    endings = [_cancel(row, _as_left(row, nights[row.pk]), actor, waiver) for row in rows]
    postings = [fees_posted(row, ending.fees, actor) for row, ending in zip(rows, endings, strict=True)]
    settle(
        booking.property_id,
        [move for ending in endings for move in ending.moves],
        [ending.fact for ending in endings],
    )
    return [
        CommandResult(row, fees=ending.fees, postings=posted, moves=tuple(ending.moves))
        for row, ending, posted in zip(rows, endings, postings, strict=True)
    ]


@transaction.atomic
def reservation_no_show(
    *,
    reservation: Reservation,
    actor: User | None,
    waiver: Waiver = NOTHING_WAIVED,
    expected_version: int | None = None,
) -> CommandResult:
    """Mark that the guest did not come: nights free again, fee by the frozen no-show policy.

    Possible from the open business date of the arrival on. Its nights no longer count as sold, also those
    that are over: a no-show sells no room, though its fee is revenue.

    Raises:
        Conflict, VersionConflict, NotPermitted, RuleBroken: as cancel.

    Locks: as cancel.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "no-show")
    nights = list(fresh.nights.order_by("night"))
    fee = waived(fresh, _no_show_fee(fresh, nights), actor, waiver)
    released = _released(fresh, nights)
    values = {
        "status": ReservationStatus.NO_SHOW,
        "no_show_at": now(),
        "fee_amount": fee.amount,
        "cancel_reason": waiver.reason,
    }
    assignments_release(fresh)
    change(fresh, ChangeKind.NO_SHOW, actor=actor, values=values, reason=waiver.reason)
    share_settle(fresh, actor)
    fact = NoShowMarked(
        **fact_values(fresh), fee_amount=fee.amount.amount, fee_currency=fee.amount.currency.code
    )
    return finish(fresh, moves=released, facts=[fact], fees=(fee,), actor=actor)


def fee_preview(reservation: Reservation) -> Fee:
    """The fee if the stay were cancelled now; nothing is changed."""
    return _cancel_fee(reservation, list(reservation.nights.order_by("night")))


def _as_left(reservation: Reservation, nights: Sequence[ReservationNight]) -> Sequence[ReservationNight]:
    """The nights of one of several stays; who shared its room and was cancelled just before has changed them."""
    if reservation.share_id is None:
        return nights
    reservation.refresh_from_db()
    return list(reservation.nights.order_by("night"))


def _cancel(
    reservation: Reservation, nights: Sequence[ReservationNight], actor: User | None, waiver: Waiver
) -> Ending:
    """Everything but the counters, which the caller moves last for all stays together."""
    fee = waived(reservation, _cancel_fee(reservation, nights), actor, waiver)
    released = _released(reservation, nights)
    values = {
        "status": ReservationStatus.CANCELLED,
        "cancelled_at": now(),
        "cancellation_number": numbers.cancellation_number(reservation.number, reservation.version + 1),
        "fee_amount": fee.amount,
        "cancel_reason": waiver.reason,
        "hold_expires_at": None,
        "waitlist_priority": None,
    }
    assignments_release(reservation)
    change(reservation, ChangeKind.CANCELLED, actor=actor, values=values, reason=waiver.reason)
    share_settle(reservation, actor)
    fact = ReservationCancelled(
        **fact_values(reservation),
        cancellation_number=reservation.cancellation_number,
        fee_amount=fee.amount.amount,
        fee_currency=fee.amount.currency.code,
    )
    return Ending(released, fact, (fee,))


def _released(reservation: Reservation, nights: Sequence[ReservationNight]) -> list[Move]:
    if reservation.status not in TAKES_INVENTORY:
        return offers_end(reservation)
    nights = nights_leave(reservation, nights)
    returned = returned_to_blocks(nights, reservation.block_id)
    promos_release(reservation.property, reservation.promo_code)
    return [*returned, *sold_moves(released=slices(nights), is_day_use=reservation.is_day_use)]


def _cancel_fee(reservation: Reservation, nights: Sequence[ReservationNight]) -> Fee:
    policy = reservation.policies.get("cancellation")
    if reservation.status != ReservationStatus.CONFIRMED or not policy:
        return Fee("cancellation", zero(reservation.property.currency), "Nothing is owed.")
    found = cancellation_fee(
        policy,
        nights=[night.total for night in nights],
        total=reservation.total_amount,
        arrival=reservation.policy_arrival,
        zone=reservation.property.time_zone,
        cancelled_at=now(),
        booked_at=reservation.booked_at,
    )
    return Fee("cancellation", found.amount, found.deadline_text)


def _no_show_fee(reservation: Reservation, nights: Sequence[ReservationNight]) -> Fee:
    policy = reservation.policies.get("no_show")
    if not policy:
        return Fee("no_show", zero(reservation.property.currency), "Nothing is owed.")
    if reservation.guarantee == Guarantee.HOLD_6PM:
        text = "Nothing is owed: the room was held until the evening only."
        return Fee("no_show", zero(reservation.property.currency), text)
    found = no_show_fee(policy, nights=[night.total for night in nights], total=reservation.total_amount)
    return Fee("no_show", found.amount, found.deadline_text)


def waived(reservation: Reservation, fee: Fee, actor: User | None, waiver: Waiver) -> Fee:
    """The fee after a waiver.

    Raises:
        NotPermitted, RuleBroken: a waiver without the right or without a reason.
    """
    if not waiver.is_fee_waived or not fee.amount.amount:
        return fee
    Authority(reservation.property, actor, waiver.reason).require_waiver()
    return Fee(fee.kind, _nothing(fee.amount), f"Waived: {waiver.reason}")


def _nothing(amount: Money) -> Money:
    return zero(amount.currency.code)
