"""Guests in house change rooms."""

from datetime import datetime

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.stays import RoomMoved
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.fact import Fact
from hotel.core.facts import publish
from hotel.core.words import _, in_sentence
from hotel.reservations.choices import ChangeKind, ReservationStatus
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.assignment import StayPart, room_type_ids_of
from hotel.reservations.selectors.occupancies import instants_of
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import assigned_fact
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.commands import CommandResult, change, fact_values, finish, settle
from hotel.reservations.services.occupancies import (
    active_assignments,
    assignment_put,
    assignment_release,
)
from hotel.reservations.services.shares import claims_settle, mates_locked, share_leave
from hotel.rooms.choices import HousekeepingStatus, OccupancyKind
from hotel.rooms.models import Room
from hotel.rooms.services.occupancy import claim_move, room_claim, rooms_lock
from hotel.stays.choices import MoveRate
from hotel.stays.selectors.actions import guests_in, is_ready
from hotel.stays.services.desk import MINUTE, assignment_now, instant_within, rooms_turned, stay_locked


@transaction.atomic
def room_move(
    *,
    reservation: Reservation,
    room: Room,
    actor: User | None,
    rate: str = MoveRate.KEEP,
    is_alone: bool = False,
    reason: str = "",
    override_reason: str = "",
    expected_version: int | None = None,
) -> CommandResult:
    """Move a guest in house to another room for the rest of the stay, from tonight on.

    Into the room that was planned for him from tonight on he moves for the nights that were planned.
    A room of another type sells that type from tonight on; nights before are never touched. The old room is dirty and
    free from this moment; the row of its nights stays as history.

    Who shares the room moves too; or the guest moves alone, and shares it no longer.

    Args:
        reservation: as the caller saw it; its id is enough.
        room: where to.
        actor: who does it; None for the house itself.
        rate: of a room of another type: keep the price of the nights to come, or take the new type's.
        is_alone: those who share his room stay in it.
        reason: why he moves, for the log.
        override_reason: why a room that is not ready, or a rule against the new price, is accepted; needs ``override``.
        expected_version: the version the caller saw; None for whichever.

    Raises:
        Conflict: denied, the same room (``same_room``), somebody in it (``room_occupied``), not ready
            (``room_not_ready``). VersionConflict: stale (412).
        RuleBroken: the room is not open on all nights (``room_closed``), or of another type and shared
            (``room_shared``).
        RoomTaken, RoomTypeSoldOut: the room, or the type, is not free until the departure.

    Locks: the day, shared; the reservation, those who share its room; both rooms; the counters when the type changes.
    """
    fresh = stay_locked(reservation, "move-room", actor=actor, expected_version=expected_version)
    mates = mates_locked(fresh)
    moves = share_leave(fresh, mates, actor) if is_alone else []
    held = assignment_now(fresh)
    rooms_lock(room_ids=[held.room_id, room.pk])
    room.refresh_from_db()
    _check(fresh, held, room, Authority(fresh.property, actor, override_reason))
    is_other_type = room.room_type_id not in room_type_ids_of(fresh.room_type)
    if mates and is_other_type and not is_alone:
        text = _("The room is shared, and the other one is of another type. Move the guests alone.")
        raise RuleBroken(text, code="room_shared")
    _move(fresh, held, room)
    if is_alone:
        claims_settle([fresh, *mates])
    change(
        fresh,
        ChangeKind.ROOM_MOVED,
        actor=actor,
        values={},
        before={"room": held.room.number},
        after={"room": room.number, "rate": str(rate)},
        reason=reason or override_reason,
    )
    followed = [] if is_alone else [_follow(mate, room, actor, reason or override_reason) for mate in mates]
    if not is_alone or all(mate.status != ReservationStatus.IN_HOUSE for mate in mates):
        rooms_turned([held.room_id], HousekeepingStatus.DIRTY, actor)
    fact = RoomMoved(
        **fact_values(fresh),
        from_room_id=held.room_id,
        to_room_id=room.pk,
        is_price_kept=rate == MoveRate.KEEP,
    )
    if not is_other_type:
        return finish(fresh, moves=moves, facts=[fact, *(one for facts in followed for one in facts)])
    publish(fact)
    amendment = Amendment(room_type=room.room_type, is_price_kept=rate == MoveRate.KEEP)
    amended = reservation_amend(
        reservation=fresh, amendment=amendment, actor=actor, override_reason=override_reason
    )
    settle(fresh.property_id, moves, [])
    return amended


def _follow(mate: Reservation, room: Room, actor: User | None, reason: str) -> list[Fact]:
    """Let one who shares the room go with it: a guest in house moves too, one who is still to come finds it there."""
    if mate.status != ReservationStatus.IN_HOUSE:
        if mate.status == ReservationStatus.CONFIRMED and active_assignments(mate):
            assignment_put(reservation=mate, room=room, first=mate.arrival, last=mate.departure)
            change(
                mate, ChangeKind.ASSIGNED, actor=actor, values={}, after={"room": room.number}, reason=reason
            )
            return [assigned_fact(StayPart(mate, mate.arrival, mate.departure), room)]
        return []
    held = assignment_now(mate)
    if held.room_id == room.pk or mate.departure <= mate.property.business_date:  # he leaves today
        return []
    _move(mate, held, room)
    rooms = {"before": {"room": held.room.number}, "after": {"room": room.number}}
    change(mate, ChangeKind.ROOM_MOVED, actor=actor, values={}, reason=reason, **rooms)
    return [RoomMoved(**fact_values(mate), from_room_id=held.room_id, to_room_id=room.pk, is_price_kept=True)]


def _check(reservation: Reservation, held: RoomAssignment, room: Room, authority: Authority) -> None:
    if room.property_id != reservation.property_id:
        raise InvalidInput(_("The room belongs to another property."), code="other_property")
    if room.pk == held.room_id:
        raise Conflict(_("The guest has room %(room)s already.") % {"room": room.number}, code="same_room")
    today = reservation.property.business_date
    last = max(reservation.departure, today)
    if room.opened_on > today or (room.closed_on is not None and room.closed_on < last):
        raise RuleBroken(
            _("Room %(room)s is not open on all nights of the stay.") % {"room": room.number},
            code="room_closed",
        )
    if guests_in(room, today).exclude(reservation=reservation).exists():
        raise Conflict(
            _("Another guest is still in room %(room)s.") % {"room": room.number}, code="room_occupied"
        )
    if not is_ready(room, today):
        authority.require(
            Conflict(
                _("Room %(room)s is not ready: %(housekeeping_status)s.")
                % {
                    "room": room.number,
                    "housekeeping_status": in_sentence(room.get_housekeeping_status_display),
                },
                code="room_not_ready",
            )
        )


def _move(reservation: Reservation, held: RoomAssignment, room: Room) -> None:
    """Close the row of the old room and open one for the new; rows for later days are given up."""
    today = reservation.property.business_date
    later = [row for row in active_assignments(reservation) if row.arrival > held.arrival]
    if later and (later[0].arrival, later[0].room_id) == (today, room.pk):
        _move_as_planned(held, later[0])
        return
    for row in later:
        assignment_release(row)
    moment, end = _instants(reservation, held)
    if held.arrival < today:
        held.departure, held.left_at = today, moment
        held.save(update_fields=["departure", "left_at", "updated_at"])
        if held.occupancy is not None:
            claim_move(occupancy=held.occupancy, end=moment)
    else:
        assignment_release(held)
    RoomAssignment.objects.create(
        property_id=reservation.property_id,
        reservation=reservation,
        room=room,
        arrival=max(held.arrival, today),
        departure=reservation.departure,
        occupancy=room_claim(
            room=room,
            start=moment,
            end=end,
            kind=OccupancyKind.DAY_USE if reservation.is_day_use else OccupancyKind.STAY,
            party=reservation.share_id,
        ),
    )


def _move_as_planned(held: RoomAssignment, planned: RoomAssignment) -> None:
    """Let the old room go, not later than it was promised to others, and begin the new one now if he is early."""
    moment = now()
    if held.occupancy is not None:
        during = held.occupancy.during
        claim_move(occupancy=held.occupancy, end=instant_within(during.lower, during.upper))
    if planned.occupancy is not None and moment < planned.occupancy.during.lower:
        claim_move(occupancy=planned.occupancy, start=moment)
    held.left_at = moment
    held.save(update_fields=["left_at", "updated_at"])


def _instants(reservation: Reservation, held: RoomAssignment) -> tuple[datetime, datetime]:
    """From when to when the new room is taken."""
    start, end = instants_of(reservation, held.arrival, reservation.departure)
    if held.occupancy is not None:
        start, end = held.occupancy.during.lower, max(end, held.occupancy.during.upper)
    return min(instant_within(start, end), end - MINUTE), end
