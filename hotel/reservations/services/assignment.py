"""Giving rooms to stays: one by hand, many automatically, and the fewest moves that open a gap."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import RoomAssigned
from hotel.core.exceptions import Conflict, InvalidInput, NotAvailable, RuleBroken
from hotel.core.fact import Fact
from hotel.properties.models import Property
from hotel.reservations.choices import ChangeKind
from hotel.reservations.domain.assignment import Plan, StayRequest, assign, open_gap
from hotel.reservations.domain.occupancy import HouseTimes
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.assignment import (
    local_window,
    minutes,
    placed_stays,
    request_of_assignment,
    room_options,
    room_type_ids_of,
    rooms_of,
    unassigned,
    wishes_of,
)
from hotel.reservations.selectors.availability import takes
from hotel.reservations.selectors.occupancies import house_times, instants_of
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
from hotel.reservations.services.occupancies import (
    active_assignments,
    assignment_make,
    assignment_release,
    assignments_release,
)
from hotel.reservations.services.slices import occupancy_of
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room
from hotel.rooms.services.inventory import Move
from hotel.rooms.services.occupancy import rooms_lock

MAX_STAYS = 500


@dataclass(frozen=True)
class RoomMove:
    """A stay and the room it gets; ``from_room`` is None when it had none."""

    reservation: Reservation
    from_room: Room | None
    to_room: Room


@dataclass(frozen=True)
class AssignmentPlan:
    """What would be done: moves in order of reservation ids, and the stays that find no room."""

    moves: tuple[RoomMove, ...]
    unplaced: tuple[Reservation, ...]

    def as_map(self) -> dict[int, int]:
        """Reservation id to room id; sent back to apply exactly what was shown."""
        return {move.reservation.pk: move.to_room.pk for move in self.moves}


class PlanOutdated(Conflict):
    """The house changed since the plan was shown; nothing was moved. Ask for a new one."""

    code = "plan_outdated"


@transaction.atomic
def room_assign(
    *,
    reservation: Reservation,
    room: Room,
    actor: User | None,
    is_upgrade: bool = False,
    expected_version: int | None = None,
) -> CommandResult:
    """Give a stay a room for all its nights; a room it had before is given back.

    Args:
        room: of the sold type; of another one only as an upgrade.
        is_upgrade: sells the other type for all nights while the price stays that of the booked type.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).
        RuleBroken: ``room_of_other_type`` – not an upgrade; ``room_closed`` – not open on all nights;
            ``posting_master`` – no room at all; ``occupancy_exceeded`` – the other type takes fewer people.
        RoomTaken: somebody has the room in that time.
        RoomTypeSoldOut: an upgrade, and the other type is sold out.

    Locks: the reservation, the rooms, then the counters when the type changes.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "assign")
    rooms_lock(room_ids=[room.pk, *(held.room_id for held in active_assignments(fresh))])
    room.refresh_from_db(fields=["opened_on", "closed_on", "room_type"])
    moves = _fitting(fresh, room, is_upgrade=is_upgrade)
    assignments_release(fresh)
    assignment_make(reservation=fresh, room=room)
    change(
        fresh,
        ChangeKind.ASSIGNED,
        actor=actor,
        values=_type_values(fresh, room, moves),
        after={"room": room.number},
    )
    return finish(fresh, moves=moves, facts=[_assigned(fresh, room)])


@transaction.atomic
def room_unassign(
    *, reservation: Reservation, actor: User | None, expected_version: int | None = None
) -> CommandResult:
    """Take the room away from a stay that has not arrived.

    Locks: the reservation, its rooms.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "unassign")
    released = assignments_release(fresh)
    before = {"room": ", ".join(assignment.room.number for assignment in released)}
    change(fresh, ChangeKind.UNASSIGNED, actor=actor, values={}, before=before)
    return finish(fresh, facts=[_assigned(fresh, None)])


@transaction.atomic
def room_lock(
    *,
    reservation: Reservation,
    actor: User | None,
    is_locked: bool = True,
    expected_version: int | None = None,
) -> CommandResult:
    """Say that the room must (or, unlocked, may) be changed no more by anybody or any re-shuffle.

    Locks: the reservation.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "lock" if is_locked else "unlock")
    fresh.assignments.filter(released_at=None).update(is_locked=is_locked)
    kind = ChangeKind.LOCKED if is_locked else ChangeKind.UNLOCKED
    change(fresh, kind, actor=actor, values={"is_room_locked": is_locked})
    return finish(fresh, facts=[_assigned(fresh, None)])


def rooms_plan(*, place: Property, reservations: Collection[Reservation]) -> AssignmentPlan:
    """Find rooms for stays without one; nobody is moved. Nothing is written.

    Args:
        reservations: confirmed stays of one property without a room, at most ``MAX_STAYS``.
    """
    wanted = list(reservations)
    if not wanted:
        return AssignmentPlan((), ())
    if len(wanted) > MAX_STAYS:
        raise InvalidInput(f"At most {MAX_STAYS} stays at a time.", code="too_many_stays")
    first, last = min(row.arrival for row in wanted), max(row.departure for row in wanted)
    rooms = rooms_of(place, first, last, {pk for r in wanted for pk in room_type_ids_of(r.room_type)})
    times = house_times(place)
    stays = [_request(row, times) for row in wanted]
    plan = assign(room_options(place, rooms, stays), stays)
    return _shown(plan, wanted, {}, rooms)


def gap_plan(*, reservation: Reservation) -> AssignmentPlan:
    """The fewest moves of others that give this stay a room; nothing is written.

    Raises:
        NotAvailable: ``no_room_fits`` – not even by moving everybody who may be moved.
    """
    place = reservation.property
    types = set(room_type_ids_of(reservation.room_type))
    rooms = rooms_of(place, reservation.arrival, reservation.departure, types)
    start, end = local_window(reservation.arrival, reservation.departure)
    placed = placed_stays(place, start, end, [room.pk for room in rooms])
    stays, wanted = [request_of_assignment(row) for row in placed], _request(reservation, house_times(place))
    movable = [assignment.occupancy_id for assignment in placed if assignment.occupancy_id is not None]
    options = room_options(place, rooms, [*stays, wanted], movable)
    plan = open_gap(options, stays, wanted)
    if plan is None:
        raise NotAvailable("No room is free for the whole stay, even if others move.", code="no_room_fits")
    held = {assignment.reservation_id: assignment for assignment in placed}
    return _shown(plan, [reservation, *(row.reservation for row in placed)], held, rooms)


@transaction.atomic
def plan_apply(
    *, place: Property, rooms_by_reservation: Mapping[int, int], actor: User | None
) -> list[Reservation]:
    """Do exactly what a plan showed: all of it or nothing.

    Raises:
        PlanOutdated: a stay was changed, locked or ended meanwhile, or a room is taken now.
        InvalidInput: ids of another property.

    Locks: the reservations ascending, then all rooms ascending.
    """
    reservations = reservations_locked(rooms_by_reservation)
    rooms = {
        room.pk: room for room in Room.objects.at(place.pk).filter(pk__in=set(rooms_by_reservation.values()))
    }
    if len(reservations) != len(rooms_by_reservation) or {r.property_id for r in reservations} - {place.pk}:
        raise InvalidInput("The plan names reservations of another property.", code="other_property")
    if len(rooms) != len(set(rooms_by_reservation.values())):
        raise InvalidInput("The plan names rooms of another property.", code="other_property")
    held = RoomAssignment.objects.filter(reservation__in=reservations, released_at=None).select_related(
        "room", "occupancy"
    )
    before = {assignment.reservation_id: assignment for assignment in held}
    rooms_lock(room_ids=[*rooms, *(assignment.room_id for assignment in before.values())])
    facts: list[Fact] = []
    try:
        for row in reservations:  # everybody out first: two stays may change places
            check(row, "assign")
            if row.pk in before:
                assignment_release(before[row.pk])
        for row in reservations:
            room = rooms[rooms_by_reservation[row.pk]]
            _fitting(row, room, is_upgrade=False)
            assignment_make(reservation=row, room=room)
            was = {"room": before[row.pk].room.number} if row.pk in before else None
            change(row, ChangeKind.ASSIGNED, actor=actor, values={}, before=was, after={"room": room.number})
            facts.append(_assigned(row, room))
    except (Conflict, RuleBroken) as error:
        text = f"The house has changed since this plan was made: {error.message}"
        raise PlanOutdated(text, extra={"cause": error.code, **error.extra}) from error
    settle(place.pk, [], facts)
    return reservations


def rooms_assign_due(*, place: Property, days: int = 1, actor: User | None = None) -> AssignmentPlan:
    """Give rooms to all stays that arrive within so many business days. Repeatable.

    Returns:
        What was done; ``unplaced`` stays need a person (a re-shuffle, an upgrade).
    """
    last = place.business_date + timedelta(days=days)
    waiting = unassigned(place, place.business_date, last)[:MAX_STAYS]
    plan = rooms_plan(place=place, reservations=waiting)
    if plan.moves:
        plan_apply(place=place, rooms_by_reservation=plan.as_map(), actor=actor)
    return plan


def _request(reservation: Reservation, times: HouseTimes) -> StayRequest:
    start, end = instants_of(reservation, reservation.arrival, reservation.departure, times)
    return StayRequest(
        id=reservation.pk,
        start=minutes(start),
        end=minutes(end),
        room_type_ids=room_type_ids_of(reservation.room_type),
        **wishes_of(reservation),
    )


def _shown(
    plan: Plan,
    reservations: Collection[Reservation],
    held: Mapping[int, RoomAssignment],
    rooms: Collection[Room],
) -> AssignmentPlan:
    by_room, by_id = {room.pk: room for room in rooms}, {row.pk: row for row in reservations}
    moves = [
        RoomMove(by_id[pk], held[pk].room if pk in held else None, by_room[room_id])
        for pk, room_id in sorted(plan.rooms.items())
        if pk not in held or held[pk].room_id != room_id
    ]
    return AssignmentPlan(tuple(moves), tuple(by_id[pk] for pk in plan.unplaced))


def _fitting(reservation: Reservation, room: Room, *, is_upgrade: bool) -> list[Move]:
    """Check a room against a stay; the moves of an upgrade to another type."""
    if room.property_id != reservation.property_id:
        raise InvalidInput("The room belongs to another property.", code="other_property")
    last = reservation.departure if not reservation.is_day_use else reservation.arrival
    if room.opened_on > reservation.arrival or (room.closed_on is not None and room.closed_on < last):
        raise RuleBroken(f"Room {room.number} is not open on all nights of the stay.", code="room_closed")
    if room.room_type_id in room_type_ids_of(reservation.room_type):
        return []
    if room.room_type.kind == RoomTypeKind.PSEUDO:
        text = (
            f"{room.number} is a posting master, no room: nobody can stay there instead of in what he booked."
        )
        raise RuleBroken(text, code="posting_master")
    if not is_upgrade:
        text = f"Room {room.number} is of another type. Assign it as an upgrade to sell that type instead."
        raise RuleBroken(text, code="room_of_other_type", extra={"room_type": room.room_type_id})
    if not takes(room.room_type, occupancy_of(reservation)):
        text = f"{room.room_type.name} takes {room.room_type.max_occupancy} people at most."
        raise RuleBroken(text, code="occupancy_exceeded")
    old = slices(reservation.nights.all())
    return sold_moves(
        {(room.room_type_id, night) for _, night in old}, released=old, is_day_use=reservation.is_day_use
    )


def _type_values(reservation: Reservation, room: Room, moves: list[Move]) -> dict[str, object]:
    """An upgrade sells another type and keeps the price of the booked one (``rate_room_type`` stays)."""
    if not moves:
        return {}
    reservation.nights.update(room_type_id=room.room_type_id)
    return {"room_type": room.room_type}


def _assigned(reservation: Reservation, room: Room | None) -> RoomAssigned:
    return RoomAssigned(
        **fact_values(reservation),
        room_id=room.pk if room else None,
        first_night=reservation.arrival,
        last_night=max(reservation.arrival, reservation.departure - timedelta(days=1)),
    )
