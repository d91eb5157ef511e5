"""A stay is put elsewhere on the chart of rooms and days, in one step: room, dates or both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import PmsError
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign, room_unassign
from hotel.reservations.services.occupancies import active_assignments
from hotel.rooms.models import Room
from hotel.stays.choices import MoveRate
from hotel.stays.domain.rearranging import Placing, steps
from hotel.stays.services.departures import stay_extend
from hotel.stays.services.room_moves import room_move


@dataclass(frozen=True, kw_only=True)
class Rearrangement:
    """Where a stay shall stand.

    Attributes:
        room: None for the lane of those without one.
        arrival, departure: of the stay.
        part: the nights ``[first, last)`` of a stay with several rooms that the room is for; None for all of them.
        rate: of a room of another type: keep the price, or take that of the other type.
        reason: why a guest in house moves, for the log.
        override_reason: why rules are set aside; needs the right to.
    """

    room: Room | None
    arrival: date
    departure: date
    part: tuple[date, date] | None = None
    rate: str = MoveRate.KEEP
    reason: str = ""
    override_reason: str = ""


@dataclass(frozen=True)
class Rearranged:
    """What became of it: the stay, and its price before and after."""

    reservation: Reservation
    before: Money
    after: Money


def rearrangement_steps(reservation: Reservation, wanted: Rearrangement) -> Sequence[str]:
    """The commands it takes, each with its own right; one query.

    Raises:
        Conflict, RuleBroken: see ``domain.rearranging.steps``.
    """
    part = wanted.part or (reservation.arrival, reservation.departure)
    held = [
        row for row in active_assignments(reservation) if row.arrival < part[1] and part[0] < row.departure
    ]
    dates = {"arrival": reservation.arrival, "departure": reservation.departure}
    return steps(
        Placing(room_id=held[-1].room_id if held else None, **dates),
        Placing(
            room_id=wanted.room.pk if wanted.room else None,
            arrival=wanted.arrival,
            departure=wanted.departure,
        ),
        status=reservation.status,
        today=reservation.property.business_date,
        part=part,
    )


@transaction.atomic
def stay_rearrange(
    *,
    reservation: Reservation,
    wanted: Rearrangement,
    actor: User | None,
    expected_version: int | None = None,
) -> Rearranged:
    """Put a stay into another room, onto other days, or both: all of it or nothing.

    Args:
        reservation: as the caller saw it.
        wanted: where it shall stand.
        actor: who does it; None for the house itself.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict, RuleBroken: see ``domain.rearranging.steps``.
        PmsError: whatever the commands refuse: ``room_assign``, ``room_unassign``, ``room_move``, ``stay_extend``,
            ``reservation_amend``.

    Locks: those of the commands, in their order.
    """
    now, before = reservation, reservation.total_amount
    for name in rearrangement_steps(reservation, wanted):
        now = COMMANDS[name](now, wanted, actor, expected_version)
        expected_version = now.version
    return Rearranged(now, before, now.total_amount)


def stay_rearrange_foresee(
    *,
    reservation: Reservation,
    wanted: Rearrangement,
    actor: User | None,
    expected_version: int | None = None,
) -> Rearranged | PmsError:
    """What it would cost, or why it would be refused: it is done and taken back, nothing is written."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                found: Rearranged | PmsError = stay_rearrange(
                    reservation=reservation, wanted=wanted, actor=actor, expected_version=expected_version
                )
        except PmsError as error:
            found = error
        transaction.set_rollback(True)
    return found


def _is_other_type(stay: Reservation, room: Room) -> bool:
    return room.room_type_id not in room_type_ids_of(stay.room_type)


def _amend(stay: Reservation, wanted: Rearrangement, actor: User | None, version: int | None) -> Reservation:
    return reservation_amend(
        reservation=stay,
        amendment=Amendment(arrival=wanted.arrival, departure=wanted.departure),
        actor=actor,
        override_reason=wanted.override_reason,
        expected_version=version,
    ).reservation


def _assign(stay: Reservation, wanted: Rearrangement, actor: User | None, version: int | None) -> Reservation:
    assert wanted.room is not None  # noqa: S101  (there is no such step without a room)
    first, last = wanted.part or (wanted.arrival, wanted.departure)
    held = [(row.room_id, row.arrival, row.departure) for row in active_assignments(stay)]
    if (wanted.room.pk, first, last) in held:  # it came along with the dates
        return stay
    is_other = _is_other_type(stay, wanted.room)
    if is_other and wanted.rate == MoveRate.NEW:
        stay = reservation_amend(
            reservation=stay,
            amendment=Amendment(room_type=wanted.room.room_type),
            actor=actor,
            override_reason=wanted.override_reason,
            expected_version=version,
        ).reservation
        is_other, version = False, stay.version
    return room_assign(
        reservation=stay,
        room=wanted.room,
        actor=actor,
        first=first,
        last=last,
        is_upgrade=is_other,
        expected_version=version,
    ).reservation


def _unassign(
    stay: Reservation, wanted: Rearrangement, actor: User | None, version: int | None
) -> Reservation:
    if not active_assignments(stay):  # it lost its room with the dates
        return stay
    first, last = wanted.part or (wanted.arrival, wanted.departure)
    return room_unassign(
        reservation=stay, actor=actor, first=first, last=last, expected_version=version
    ).reservation


def _move(stay: Reservation, wanted: Rearrangement, actor: User | None, version: int | None) -> Reservation:
    assert wanted.room is not None  # noqa: S101  (there is no such step without a room)
    return room_move(
        reservation=stay,
        room=wanted.room,
        actor=actor,
        rate=wanted.rate,
        reason=wanted.reason,
        override_reason=wanted.override_reason,
        expected_version=version,
    ).reservation


def _extend(stay: Reservation, wanted: Rearrangement, actor: User | None, version: int | None) -> Reservation:
    return stay_extend(
        reservation=stay,
        departure=wanted.departure,
        actor=actor,
        override_reason=wanted.override_reason,
        expected_version=version,
    ).reservation


COMMANDS: dict[str, Callable[[Reservation, Rearrangement, User | None, int | None], Reservation]] = {
    "amend": _amend,
    "assign": _assign,
    "unassign": _unassign,
    "move-room": _move,
    "extend": _extend,
}
