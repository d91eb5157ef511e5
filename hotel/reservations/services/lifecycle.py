"""From interest to promise: putting a reservation on option, confirming it, letting options run out."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import ReservationCancelled
from hotel.core.clock import now
from hotel.core.money import zero
from hotel.reservations.choices import TAKES_INVENTORY, ChangeKind, ReservationStatus
from hotel.reservations.domain import numbers
from hotel.reservations.models import Reservation
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.block_grid import returned_to_blocks
from hotel.reservations.services.commands import (
    CommandResult,
    change,
    changed_fact,
    check,
    fact_values,
    finish,
    reservation_locked,
    settle,
)
from hotel.reservations.services.day_use import day_use_fits
from hotel.reservations.services.drafts import UNCOMMITTED, option_expiry
from hotel.reservations.services.guarantees import guarantee_enforce, is_asked
from hotel.reservations.services.moves import slices, sold_moves
from hotel.reservations.services.occupancies import assignments_release
from hotel.reservations.services.offers import offers_end
from hotel.reservations.services.pricing import rules_enforce, stay_priced
from hotel.reservations.services.promotions import promos_release, promos_use
from hotel.reservations.services.shares import nights_leave, share_settle
from hotel.reservations.services.slices import wish_of_reservation
from hotel.rooms.services.inventory import Move

BATCH = 200


@transaction.atomic
def reservation_confirm(
    *,
    reservation: Reservation,
    actor: User | None,
    guarantee: str = "",
    expected_version: int | None = None,
    override_reason: str = "",
    is_promised: bool = False,
    moves: Sequence[Move] = (),
) -> CommandResult:
    """Promise the stay: inventory is taken in the same transaction, the price stays as offered.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        expected_version: the version the caller saw; None for whichever.
        guarantee: what stands behind it now; unchanged when empty.
        override_reason: why restrictions are set aside; needs the right ``override``.
        is_promised: the house has offered this very stay: restrictions are not asked again.
        moves: further moves in the same lock, such as a hold giving back what is taken now.

    Raises:
        Conflict: the lifecycle denies it. VersionConflict: stale.
        RuleBroken: an inquiry or waitlisted stay breaks restrictions (``rate_restrictions_violated``); what
            another system sold is not asked. Less stands behind it than was asked when it was offered
            (``guarantee_too_low``).
        RoomTypeSoldOut, PromoUsedUp: nothing is left.

    An open offer of the waiting list ends: its room is given back and taken in one lock.

    Locks: the reservation, its open offer, then its counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "confirm")
    if not is_promised:
        _rules_asked(fresh, actor, override_reason)
    guarantee = guarantee or fresh.guarantee
    if is_asked(fresh):
        authority = Authority(fresh.property, actor, override_reason)
        guarantee_enforce(policies=fresh.policies, guarantee=guarantee, authority=authority)
    moves = [*moves, *offers_end(fresh), *_taken(fresh)]
    values = {
        "status": ReservationStatus.CONFIRMED,
        "confirmed_at": now(),
        "hold_expires_at": None,
        "waitlist_priority": None,
        "guarantee": guarantee,
    }
    change(fresh, ChangeKind.CONFIRMED, actor=actor, values=values, reason=override_reason)
    return _promised(fresh, moves, "confirm")


@transaction.atomic
def reservation_option(
    *,
    reservation: Reservation,
    actor: User | None,
    hold_until: datetime | None = None,
    expected_version: int | None = None,
    override_reason: str = "",
) -> CommandResult:
    """Hold the room for a guest who has not decided; given on an option, it sets a new expiry.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        expected_version: the version the caller saw; None for whichever.
        hold_until: instant; so many hours from now as the property's setting says when None.
        override_reason: why restrictions are set aside; needs the right ``override``.

    Raises:
        Conflict, VersionConflict, RuleBroken, RoomTypeSoldOut: as confirm. InvalidInput: expiry in the past.

    Locks: the reservation, then its counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "option")
    _rules_asked(fresh, actor, override_reason)
    moves = [*offers_end(fresh), *_taken(fresh)]
    values = {
        "status": ReservationStatus.OPTION,
        "hold_expires_at": option_expiry(fresh.property, hold_until),
        "waitlist_priority": None,
    }
    change(fresh, ChangeKind.OPTIONED, actor=actor, values=values, reason=override_reason)
    return _promised(fresh, moves, "option")


@transaction.atomic
def reservation_waitlist(
    *,
    reservation: Reservation,
    actor: User | None,
    priority: int = 0,
    expected_version: int | None = None,
) -> CommandResult:
    """Put a stay that is not promised on the waiting list, or change the priority it waits with.

    An option gives its nights back, to its block when it was picked up from one, and leaves the block.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        actor: who does it; None for the house itself.
        priority: 0 and more; the highest is served first, among equals who has booked first.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).

    Locks: the reservation, then its counters.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "waitlist")
    moves = _given_back(fresh)
    values = {
        "status": ReservationStatus.WAITLISTED,
        "waitlist_priority": priority,
        "hold_expires_at": None,
        "block": None,
    }
    change(fresh, ChangeKind.WAITLISTED, actor=actor, values=values)
    return finish(fresh, moves=moves, facts=[changed_fact(fresh, "waitlist")])


def _promised(reservation: Reservation, moves: Sequence[Move], command: str) -> CommandResult:
    """Settle what promises a room; a stay that took its room before gives no move for it and is not asked again."""
    result = finish(reservation, moves=moves, facts=[changed_fact(reservation, command)])
    if moves:
        day_use_fits(reservations=[reservation])
    return result


def _rules_asked(reservation: Reservation, actor: User | None, override_reason: str) -> None:
    """Enforce restrictions on a stay that was not promised yet; from then on they are not asked again."""
    if reservation.status in UNCOMMITTED and not reservation.is_taken_over:
        authority = Authority(reservation.property, actor, override_reason)
        rules_enforce(stay_priced(wish_of_reservation(reservation), authority).broken, authority)


def _given_back(reservation: Reservation) -> list[Move]:
    """Give back its rooms to its block and the use of its promotion code; nothing when it has taken nothing.

    Returns:
        What goes back to the counters.
    """
    if reservation.status not in TAKES_INVENTORY:
        return []
    nights = nights_leave(reservation, list(reservation.nights.all()))
    returned = returned_to_blocks(nights, reservation.block_id)
    promos_release(reservation.property, reservation.promo_code)
    return [
        *returned,
        *sold_moves(released=slices(nights), is_day_use=reservation.is_day_use),
    ]


def _taken(reservation: Reservation) -> list[Move]:
    """Count the use of its promotion code; nothing when it has taken its nights already.

    Returns:
        What it takes from the counters.
    """
    if reservation.status in TAKES_INVENTORY:
        return []
    promos_use(reservation.property, [reservation.promo_code])
    return sold_moves(slices(reservation.nights.all()), is_day_use=reservation.is_day_use)


def options_expire(*, property_id: int, limit: int = BATCH) -> int:
    """Cancel options whose time has run out, without a fee. Repeatable; skips what somebody holds right now.

    One transaction for each, so that no lock is held for long.

    Returns:
        How many ended.
    """
    due = Reservation.objects.at(property_id).filter(
        status=ReservationStatus.OPTION, hold_expires_at__lte=now()
    )
    return sum(_expire_one(pk) for pk in list(due.order_by("pk").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _expire_one(reservation_id: int) -> bool:
    rows = Reservation.objects.select_related("property").filter(
        pk=reservation_id, status=ReservationStatus.OPTION, hold_expires_at__lte=now()
    )
    reservation = rows.select_for_update(of=("self",), skip_locked=True, no_key=True).first()
    if reservation is None:
        return False
    let_go(reservation=reservation, kind=ChangeKind.EXPIRED, reason="The option expired.")
    return True


def let_go(*, reservation: Reservation, kind: ChangeKind, reason: str) -> None:
    """Cancel a locked stay whose time has run out, by the house itself and without a fee, in the caller's transaction.

    Publishes: ReservationCancelled.

    Locks: its block, promotion code and rooms, then the counters.
    """
    moves = _given_back(reservation)
    values = {
        "status": ReservationStatus.CANCELLED,
        "cancelled_at": now(),
        "cancellation_number": numbers.cancellation_number(reservation.number, reservation.version + 1),
        "cancel_reason": reason,
        "fee_amount": None,
        "hold_expires_at": None,
    }
    assignments_release(reservation)
    change(reservation, kind, actor=None, values=values)
    share_settle(reservation, None)
    nothing = zero(reservation.property.currency)
    fact = ReservationCancelled(
        **fact_values(reservation),
        cancellation_number=reservation.cancellation_number,
        fee_amount=nothing.amount,
        fee_currency=nothing.currency.code,
    )
    settle(reservation.property_id, moves, [fact])
