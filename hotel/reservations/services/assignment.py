"""Giving rooms to stays: one by hand, many automatically, and the fewest moves that open a gap."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.reservations import RoomAssigned
from hotel.core.exceptions import Conflict, InvalidInput, NotAvailable, RuleBroken
from hotel.core.fact import Fact
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.domain.assignment import Plan, assign, open_gap
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.assignment import (
    StayPart,
    companions,
    local_window,
    open_parts,
    placed_stays,
    request_of_part,
    room_options,
    room_type_ids_of,
    rooms_held,
    rooms_of,
    unassigned,
)
from hotel.reservations.selectors.availability import takes
from hotel.reservations.selectors.occupancies import house_times
from hotel.reservations.selectors.sharing import parties_of, span_of_party
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
    assignment_put,
    assignments_cut,
)
from hotel.reservations.services.share_rooms import mates_to_room, one_room
from hotel.reservations.services.slices import occupancy_of
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room
from hotel.rooms.services.inventory import Move
from hotel.rooms.services.occupancy import rooms_lock

MAX_STAYS = 500


@dataclass(frozen=True)
class RoomMove:
    """A stay and the room it gets for ``[arrival, departure)``; ``from_room`` is None when it had none there."""

    reservation: Reservation
    from_room: Room | None
    to_room: Room
    arrival: date
    departure: date


@dataclass(frozen=True)
class PlanLine:
    """A room for a stay, or for the part ``[arrival, departure)`` of it; None is that side of the stay."""

    reservation_id: int
    room_id: int
    arrival: date | None = None
    departure: date | None = None


@dataclass(frozen=True)
class AssignmentPlan:
    """What would be done: moves in order of reservation ids, and the stays that find no room for some nights."""

    moves: tuple[RoomMove, ...]
    unplaced: tuple[Reservation, ...]

    @property
    def lines(self) -> list[PlanLine]:
        """What is sent back to apply exactly what was shown."""
        return [
            PlanLine(move.reservation.pk, move.to_room.pk, move.arrival, move.departure)
            for move in self.moves
        ]


class PlanOutdated(Conflict):
    """The house changed since the plan was shown; nothing was moved. Ask for a new one."""

    code = "plan_outdated"


@transaction.atomic
def room_assign(
    *,
    reservation: Reservation,
    room: Room,
    actor: User | None,
    first: date | None = None,
    last: date | None = None,
    is_upgrade: bool = False,
    expected_version: int | None = None,
) -> CommandResult:
    """Give a stay a room for all its nights, or for a part of them; a room it had there is given back.

    Those who share the room with it get it too.

    Other nights keep their rooms: two parts that meet are a planned move. Of a guest in house only nights after the
    open business date are planned; tonight he is moved.

    Args:
        reservation: as the caller saw it; read anew under the lock.
        room: of the sold type; of another one only as an upgrade.
        actor: who does it; None for the house itself.
        first: first night in the room; that of the stay unless told.
        last: the day the room is left; that of the stay unless told.
        is_upgrade: sells the other type for all nights while the price stays that of the booked type.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412).
        InvalidInput: ``part_outside_stay``; ``upgrade_is_whole`` – another type for a part of the nights.
        RuleBroken: ``room_of_other_type`` – not an upgrade; ``room_closed`` – not open on all nights;
            ``posting_master`` – no room at all; ``occupancy_exceeded`` – the other type takes fewer people;
            ``night_begun`` – a guest in house, and not only later nights; ``room_shared`` – somebody who shares it
            is in another room already, or an upgrade.
        RoomTaken: somebody has the room in that time.
        RoomTypeSoldOut: an upgrade, and the other type is sold out.

    Locks: the reservation, the rooms, then the counters when the type changes.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "assign")
    part = _part(fresh, first, last)
    if is_upgrade and not _is_whole(part):
        raise InvalidInput(_("An upgrade is for all nights of the stay."), code="upgrade_is_whole")
    mates = mates_to_room(part, room, is_upgrade=is_upgrade)
    rooms_lock(room_ids=[room.pk, *(row.room_id for row in _held([part, *mates]))])
    room.refresh_from_db(fields=["opened_on", "closed_on", "room_type"])
    moves = _fitting(part, room, is_upgrade=is_upgrade)
    for one in [part, *mates] if mates else []:  # everybody out first: nobody stands in the way of another
        _fitting(one, room, is_upgrade=False)
        assignments_cut(one.reservation, one.arrival, one.departure)
    for one in [part, *mates]:
        assignment_put(reservation=one.reservation, room=room, first=one.arrival, last=one.departure)
    for one in mates:
        after = {"room": room.number, **_dates(one)}
        change(one.reservation, ChangeKind.ASSIGNED, actor=actor, values={}, after=after)
    change(
        fresh,
        ChangeKind.ASSIGNED,
        actor=actor,
        values=_type_values(fresh, room, moves),
        after={"room": room.number, **_dates(part)},
    )
    return finish(fresh, moves=moves, facts=[assigned_fact(one, room) for one in [part, *mates]])


@transaction.atomic
def room_unassign(
    *,
    reservation: Reservation,
    actor: User | None,
    first: date | None = None,
    last: date | None = None,
    expected_version: int | None = None,
) -> CommandResult:
    """Take the room away from a stay that has not arrived, for all its nights or for a part of them.

    Those who share the room lose it too.

    Raises:
        Conflict, VersionConflict: denied by the lifecycle, or stale (412); no room in that part
            (``no_room_assigned``).
        InvalidInput: ``part_outside_stay``.

    Locks: the reservation, its rooms.
    """
    fresh = reservation_locked(reservation, expected_version=expected_version)
    check(fresh, "unassign")
    part = _part(fresh, first, last)
    parts = [part, *mates_to_room(part, None)]
    rooms_lock(room_ids=[row.room_id for row in _held(parts)])
    cuts = [assignments_cut(one.reservation, one.arrival, one.departure) for one in parts]
    if not cuts[0]:
        raise Conflict(_("No room is assigned on these nights."), code="no_room_assigned")
    for one, cut in zip(parts, cuts, strict=True):
        if cut:
            before = {"room": ", ".join(assignment.room.number for assignment in cut), **_dates(one)}
            change(one.reservation, ChangeKind.UNASSIGNED, actor=actor, values={}, before=before)
    return finish(fresh, facts=[assigned_fact(one, None) for one in parts])


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
    return finish(fresh, facts=[assigned_fact(_part(fresh), None)])


def rooms_plan(*, place: Property, reservations: Collection[Reservation]) -> AssignmentPlan:
    """Find rooms for the nights of stays that have none; nobody is moved. Nothing is written.

    Args:
        reservations: confirmed stays of one property, at most ``MAX_STAYS``.
    """
    wanted = list(reservations)
    if len(wanted) > MAX_STAYS:
        raise InvalidInput(
            _("At most %(max_stays)s stays at a time.") % {"max_stays": MAX_STAYS}, code="too_many_stays"
        )
    asking, parties, in_doubt = parties_of(wanted)
    held = rooms_held([*asking, *(party[0] for party in parties.values())])
    parts = [part for row in asking for part in open_parts(row, held)]
    parts += [StayPart(party[0], *span_of_party(party)) for party in parties.values()]
    if not parts:
        return AssignmentPlan((), tuple(in_doubt))
    first, last = min(part.arrival for part in parts), max(part.departure for part in parts)
    types = {pk for part in parts for pk in room_type_ids_of(part.reservation.room_type)}
    rooms, times = rooms_of(place, first, last, types), house_times(place)
    near = companions(parts)
    stays = [request_of_part(number, part, times, held, near) for number, part in enumerate(parts)]
    plan = _shown(assign(room_options(place, rooms, stays), stays), parts, rooms)
    moves = [
        RoomMove(row, None, move.to_room, row.arrival, row.departure) if row.share_id else move
        for move in plan.moves
        for row in parties.get(move.reservation.share_id or 0, [move.reservation])
    ]
    return AssignmentPlan(tuple(moves), (*plan.unplaced, *in_doubt))


def gap_plan(*, reservation: Reservation) -> AssignmentPlan:
    """The fewest moves of others that give all nights of this stay a room; nothing is written.

    Rooms that it has for some of its nights it keeps. Guests who share a room are not moved.

    Raises:
        NotAvailable: ``no_room_fits`` – not even by moving everybody who may be moved.
        RuleBroken: ``room_shared`` – the stay shares a room: assign it by hand.
    """
    if reservation.share_id is not None:
        raise RuleBroken(_("The room is shared: give the stays one by hand."), code="room_shared")
    place, held = reservation.property, rooms_held([reservation])
    types = set(room_type_ids_of(reservation.room_type))
    rooms = rooms_of(place, reservation.arrival, reservation.departure, types)
    start, end = local_window(reservation.arrival, reservation.departure)
    placed = [
        row
        for row in placed_stays(place, start, end, [room.pk for room in rooms])
        if row.reservation.share_id is None
    ]
    others = [StayPart(row.reservation, row.arrival, row.departure, row) for row in placed]
    parts = sorted(
        [*others, *open_parts(reservation, held)], key=lambda part: (part.reservation.pk, part.arrival)
    )
    times = house_times(place)
    near = companions(parts)
    stays = [request_of_part(number, part, times, held, near) for number, part in enumerate(parts)]
    movable = [row.occupancy_id for row in placed if row.occupancy_id is not None]
    options = room_options(place, rooms, stays, movable)
    plan = open_gap(options, stays, *(stay for stay in stays if stay.room_id is None))
    if plan is None:
        raise NotAvailable(_("No room is free for the whole stay, even if others move."), code="no_room_fits")
    return _shown(plan, parts, rooms)


@transaction.atomic
def plan_apply(*, place: Property, lines: Collection[PlanLine], actor: User | None) -> list[Reservation]:
    """Do exactly what a plan showed: all of it or nothing.

    Returns:
        The stays, ascending by id.

    Raises:
        PlanOutdated: a stay was changed, locked or ended meanwhile, or a room is taken now.
        InvalidInput: ids of another property.

    Locks: the reservations ascending, then all rooms ascending.
    """
    wanted = {line.reservation_id for line in lines}
    reservations = {row.pk: row for row in reservations_locked(wanted)}
    rooms = {
        room.pk: room for room in Room.objects.at(place.pk).filter(pk__in={line.room_id for line in lines})
    }
    if len(reservations) != len(wanted) or {row.property_id for row in reservations.values()} - {place.pk}:
        raise InvalidInput(_("The plan names reservations of another property."), code="other_property")
    if {line.room_id for line in lines} - rooms.keys():
        raise InvalidInput(_("The plan names rooms of another property."), code="other_property")
    held = rooms_held(reservations.values())
    rooms_lock(room_ids=[*rooms, *(row.room_id for rows in held.values() for row in rows)])
    facts: list[Fact] = []
    try:
        for row in reservations.values():
            check(row, "assign")
        parts = [
            (_part(reservations[line.reservation_id], line.arrival, line.departure), rooms[line.room_id])
            for line in sorted(lines, key=lambda line: line.reservation_id)
        ]
        for part, _room in parts:  # everybody out first: two stays may change places
            assignments_cut(part.reservation, part.arrival, part.departure)
        for part, room in parts:
            row = part.reservation
            _fitting(part, room, is_upgrade=False)
            assignment_put(reservation=row, room=room, first=part.arrival, last=part.departure)
            was = [one.room.number for one in held[row.pk] if _touch(one, part)]
            change(
                row,
                ChangeKind.ASSIGNED,
                actor=actor,
                values={},
                before={"room": ", ".join(was)} if was else None,
                after={"room": room.number, **_dates(part)},
            )
            facts.append(assigned_fact(part, room))
        one_room(reservations.values())
    except (Conflict, RuleBroken) as error:
        text = _("The house has changed since this plan was made: %(message)s") % {"message": error.message}
        raise PlanOutdated(text, extra={"cause": error.code, **error.extra}) from error
    settle(place.pk, [], facts)
    return list(reservations.values())


def rooms_assign_due(*, place: Property, days: int = 1, actor: User | None = None) -> AssignmentPlan:
    """Give rooms to all stays that arrive within so many business days. Repeatable.

    Returns:
        What was done; ``unplaced`` stays need a person (a re-shuffle, an upgrade).
    """
    last = place.business_date + timedelta(days=days)
    waiting = unassigned(place, place.business_date, last)[:MAX_STAYS]
    plan = rooms_plan(place=place, reservations=waiting)
    if plan.moves:
        plan_apply(place=place, lines=plan.lines, actor=actor)
    return plan


def _shown(plan: Plan, parts: Sequence[StayPart], rooms: Collection[Room]) -> AssignmentPlan:
    by_room, moves = {room.pk: room for room in rooms}, []
    for number, room_id in sorted(plan.rooms.items()):
        part = parts[number]
        if part.held is None or part.held.room_id != room_id:
            was = part.held.room if part.held else None
            moves.append(RoomMove(part.reservation, was, by_room[room_id], part.arrival, part.departure))
    unplaced = {parts[number].reservation.pk: parts[number].reservation for number in plan.unplaced}
    return AssignmentPlan(tuple(moves), tuple(unplaced.values()))


def _held(parts: Iterable[StayPart]) -> list[RoomAssignment]:
    return [row for part in parts for row in active_assignments(part.reservation)]


def _part(reservation: Reservation, first: date | None = None, last: date | None = None) -> StayPart:
    """The part of a stay that a command is about.

    Raises:
        InvalidInput: ``part_outside_stay``.
    """
    part = StayPart(reservation, first or reservation.arrival, last or reservation.departure)
    is_inside = reservation.arrival <= part.arrival <= part.departure <= reservation.departure
    if not is_inside or (part.arrival == part.departure and not reservation.is_day_use):
        text = _("Name nights of the stay: from %(arrival)s to %(departure)s.") % {
            "arrival": reservation.arrival,
            "departure": reservation.departure,
        }
        raise InvalidInput(text, code="part_outside_stay")
    return part


def _is_whole(part: StayPart) -> bool:
    return (part.arrival, part.departure) == (part.reservation.arrival, part.reservation.departure)


def _dates(part: StayPart) -> dict[str, date]:
    """What the change log says of the dates: nothing of a whole stay."""
    return {} if _is_whole(part) else {"arrival": part.arrival, "departure": part.departure}


def _touch(assignment: RoomAssignment, part: StayPart) -> bool:
    return part.reservation.is_day_use or (
        assignment.arrival < part.departure and part.arrival < assignment.departure
    )


def _fitting(part: StayPart, room: Room, *, is_upgrade: bool) -> list[Move]:
    """Check a room against a part of a stay; the moves of an upgrade to another type."""
    reservation = part.reservation
    if room.property_id != reservation.property_id:
        raise InvalidInput(_("The room belongs to another property."), code="other_property")
    if (
        reservation.status == ReservationStatus.IN_HOUSE
        and part.arrival <= reservation.property.business_date
    ):
        text = _("The guest is in house: plan later nights only, and move him for tonight.")
        raise RuleBroken(text, code="night_begun")
    if room.opened_on > part.arrival or (room.closed_on is not None and room.closed_on < part.departure):
        raise RuleBroken(
            _("Room %(room)s is not open on all nights of the stay.") % {"room": room.number},
            code="room_closed",
        )
    if room.room_type_id in room_type_ids_of(reservation.room_type):
        return []
    if room.room_type.kind == RoomTypeKind.PSEUDO:
        text = _(
            "%(room)s is a posting master, no room: nobody can stay there instead of in what he booked."
        ) % {"room": room.number}
        raise RuleBroken(text, code="posting_master")
    if not is_upgrade:
        text = _("Room %(room)s is of another type. Assign it as an upgrade to sell that type instead.") % {
            "room": room.number
        }
        raise RuleBroken(text, code="room_of_other_type", extra={"room_type": room.room_type_id})
    if not takes(room.room_type, occupancy_of(reservation)):
        text = _("%(room_type)s takes %(max_occupancy)s people at most.") % {
            "room_type": room.room_type.name,
            "max_occupancy": room.room_type.max_occupancy,
        }
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


def assigned_fact(part: StayPart, room: Room | None) -> RoomAssigned:
    """The fact that a stay, changed already, has a room on these nights; or none any more."""
    return RoomAssigned(
        **fact_values(part.reservation),
        room_id=room.pk if room else None,
        first_night=part.arrival,
        last_night=max(part.arrival, part.departure - timedelta(days=1)),
    )
