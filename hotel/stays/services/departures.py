"""Departures that change: earlier with its fee, later on the same day, on a later day."""

from datetime import date, time, timedelta

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.stays import LateCheckOutAgreed, StayShortened
from hotel.core.exceptions import InvalidInput
from hotel.core.money import total
from hotel.core.words import _
from hotel.properties.business_date import local_instant
from hotel.reservations.choices import ChangeKind
from hotel.reservations.domain.fees import Fee
from hotel.reservations.models import Reservation
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import NOTHING_WAIVED, Waiver, waived
from hotel.reservations.services.commands import CommandResult, change, fact_values, finish
from hotel.reservations.services.occupancies import active_assignments, assignments_follow
from hotel.reservations.services.shares import share_settle
from hotel.reservations.services.shortenings import early_departure_fee, nights_from, nights_give_back
from hotel.rooms.services.occupancy import claim_move
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.desk import assignment_now, stay_locked


@transaction.atomic
def early_departure(
    *,
    reservation: Reservation,
    actor: User | None,
    waiver: Waiver = NOTHING_WAIVED,
    expected_version: int | None = None,
) -> CommandResult:
    """A guest leaves before the agreed day: the departure is today, the nights from tonight on are free again.

    Who leaves on the day he came keeps his first night, which is charged now. The nights given back are cancelled now,
    so the cancellation policy frozen at booking says what is owed for them; no restriction is asked. Payment and
    check-out come next.

    Args:
        reservation: as the caller saw it; its id is enough.
        actor: who does it; None for the house itself.
        waiver: why, and whether the fee is waived (needs ``override`` and a reason).
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict, VersionConflict: denied by the table, or stale (412).
        NotPermitted, RuleBroken: a waiver without the right or without a reason.

    Locks: the day, shared; the reservation; its block; its rooms; what posting locks; then the counters.
    """
    fresh = stay_locked(reservation, "early-departure", actor=actor, expected_version=expected_version)
    before, departure = fresh.departure, _first_day_free(fresh)
    given_back = nights_from(fresh, departure)
    fee = waived(fresh, early_departure_fee(fresh, given_back), actor, waiver)
    moves = nights_give_back(fresh, given_back)
    kept = [night.total for night in fresh.nights.all()]
    values = {
        "departure": departure,
        "total_amount": total([*kept, fresh.stay_tax_amount], str(fresh.property.currency)),
    }
    change(fresh, ChangeKind.SHORTENED, actor=actor, values=values, reason=waiver.reason)
    assignments_follow(fresh, was=(fresh.arrival, before))
    share_settle(fresh, actor)
    tonight = fresh.property.business_date
    nights_charge(place=fresh.property, night=tonight, reservations=[fresh.pk], actor=actor)
    fact = StayShortened(
        **fact_values(fresh),
        previous_departure=before,
        fee_amount=fee.amount.amount,
        fee_currency=fee.amount.currency.code,
    )
    return finish(fresh, moves=moves, facts=[fact], fees=(fee,), actor=actor)


def early_departure_cost(reservation: Reservation) -> Fee:
    """What leaving today would cost; nothing for a stay that has no nights to give back."""
    return early_departure_fee(reservation, nights_from(reservation, _first_day_free(reservation)))


@transaction.atomic
def late_check_out(
    *,
    reservation: Reservation,
    until: time,
    actor: User | None,
    price: Money | None = None,
    expected_version: int | None = None,
) -> CommandResult:
    """Let a guest keep the room longer on the departure day; housekeeping reads it as the expected departure.

    Args:
        reservation: as the caller saw it; its id is enough.
        until: local time, later than the property's check-out time.
        actor: who does it; None for the house itself.
        price: what it costs, contained taxes inside; None or zero for nothing.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict, VersionConflict: denied by the table, or stale (412).
        InvalidInput: not later than check-out time (``not_late``), or no price (``amount_invalid``).
        RoomTaken: the room is promised to somebody else from an earlier time on.

    Locks: the day, shared; the reservation; its room.
    """
    fresh = stay_locked(reservation, "late-check-out", actor=actor, expected_version=expected_version)
    if not fresh.is_day_use and until <= fresh.property.check_out_time:
        raise InvalidInput(
            _("Check-out is at %(check_out_time)s: name a later time.")
            % {"check_out_time": f"{fresh.property.check_out_time:%H:%M}"},
            code="not_late",
        )
    assignment_now(fresh)
    held = active_assignments(fresh)[-1]  # the one he leaves from, though a move may be planned before
    if held.occupancy is not None:
        claim_move(occupancy=held.occupancy, end=local_instant(fresh.property, fresh.departure, until))
    change(fresh, ChangeKind.LATE_CHECK_OUT, actor=actor, values={"etd": until})
    fact = LateCheckOutAgreed(**fact_values(fresh), room_id=held.room_id, until=f"{until:%H:%M}")
    fees = () if not price else (Fee("late_check_out", price, f"Until {until:%H:%M}."),)
    return finish(fresh, facts=[fact], fees=fees, actor=actor)


@transaction.atomic
def stay_extend(
    *,
    reservation: Reservation,
    departure: date,
    actor: User | None,
    override_reason: str = "",
    expected_version: int | None = None,
) -> CommandResult:
    """Let a guest in house stay longer: the added nights are priced and sold like any others.

    Args:
        reservation: as the caller saw it; its id is enough.
        departure: the new one; later than the present.
        actor: who does it; None for the house itself.
        override_reason: why restrictions are set aside; needs the right ``override``.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict, VersionConflict: denied by the table, or stale (412).
        InvalidInput: not later (``not_later``). RuleBroken, RatesNotSet: as an amendment.
        RoomTypeSoldOut: no room of the type is left. RoomTaken: his room is promised to somebody else: move him.

    Locks: the day, shared; the reservation; its rooms; then the counters.
    """
    fresh = stay_locked(reservation, "extend", actor=actor, expected_version=expected_version)
    if departure <= fresh.departure:
        raise InvalidInput(
            _("The guest leaves on %(departure)s: name a later day.") % {"departure": fresh.departure},
            code="not_later",
        )
    return reservation_amend(
        reservation=fresh,
        amendment=Amendment(departure=departure),
        actor=actor,
        override_reason=override_reason,
    )


def _first_day_free(reservation: Reservation) -> date:
    """The new departure: today, but never before the first night was slept."""
    return max(reservation.property.business_date, reservation.arrival + timedelta(days=1))
