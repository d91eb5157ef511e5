"""What a plan of rooms did is taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import (
    AssignmentPlan,
    PlanLine,
    PlanOutdated,
    plan_apply,
    room_unassign,
)
from hotel.reservations.services.commands import reservations_locked
from hotel.reservations.services.occupancies import active_assignments


@dataclass(frozen=True)
class PlannedMove:
    """One move of a plan by ids: a stay's nights ``[arrival, departure)`` go to a room; from none when None."""

    reservation_id: int
    from_room_id: int | None
    to_room_id: int
    arrival: date
    departure: date

    @property
    def line(self) -> PlanLine:
        """What does it."""
        return PlanLine(self.reservation_id, self.to_room_id, self.arrival, self.departure)


def moves_of(plan: AssignmentPlan) -> list[PlannedMove]:
    """The moves of a plan, to be sent back."""
    return [
        PlannedMove(
            move.reservation.pk,
            move.from_room.pk if move.from_room else None,
            move.to_room.pk,
            move.arrival,
            move.departure,
        )
        for move in plan.moves
    ]


@transaction.atomic
def plan_undo(*, place: Property, moves: Collection[PlannedMove], actor: User | None) -> int:
    """Put everybody back to where he was before a plan was done: all of it or nothing.

    Args:
        moves: what was done.

    Returns:
        How many stays were put back.

    Raises:
        PlanOutdated: a stay is not any more where the plan has put it.

    Locks: the reservations ascending, then what the commands lock.
    """
    rows = {row.pk: row for row in reservations_locked({move.reservation_id for move in moves})}
    rows = {pk: row for pk, row in rows.items() if row.property_id == place.pk}
    if any(move.reservation_id not in rows or not _stands(rows[move.reservation_id], move) for move in moves):
        raise PlanOutdated(
            _("The house has changed since: not every stay is where it was put. Nothing was taken back.")
        )
    for move in moves:
        row = rows[move.reservation_id]
        if move.from_room_id is None and _stands(row, move):  # who shared the room has lost it with the other
            room_unassign(reservation=row, actor=actor, first=move.arrival, last=move.departure)
    back = [
        PlanLine(move.reservation_id, move.from_room_id, move.arrival, move.departure)
        for move in moves
        if move.from_room_id is not None
    ]
    if back:
        plan_apply(place=place, lines=back, actor=actor)
    return len(rows)


def _stands(row: Reservation, move: PlannedMove) -> bool:
    wanted = (move.to_room_id, move.arrival, move.departure)
    return wanted in [(held.room_id, held.arrival, held.departure) for held in active_assignments(row)]
