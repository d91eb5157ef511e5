"""Why a stay has, or would get, this room: every room of the house as the automatic assignment sees it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from hotel.reservations.domain.assignment import (
    Hindrance,
    Reason,
    RoomOption,
    StayRequest,
    hindrances,
    reasons,
)
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import (
    Held,
    StayPart,
    companions,
    instant,
    open_parts,
    request_of_part,
    room_options,
    rooms_held,
    rooms_of,
)
from hotel.reservations.selectors.occupancies import house_times
from hotel.rooms.choices import BlockKind, OccupancyKind, RoomTypeKind
from hotel.rooms.models import Room, RoomBlock, RoomOccupancy, RoomType


@dataclass(frozen=True)
class Claim:
    """Who has a room, or a part of a suite, in the nights asked about.

    Attributes:
        kind: an OccupancyKind.
        start, end: UTC instants, half-open.
        reservation: the number of the stay; empty for maintenance.
        reason: of a maintenance hold.
    """

    kind: str
    start: datetime
    end: datetime
    reservation: str = ""
    reason: str = ""


@dataclass(frozen=True)
class RoomExplained:
    """A room for a part of a stay.

    Attributes:
        is_held: the stay has it.
        is_free: it can be had; its ``points`` are then its cost, the fewest win.
        reasons: for and against it, with their points.
        hindrances: why it cannot be had; empty when it can.
        claims: who has it, when it is taken; empty while it is not open.
        turn_minutes: between the last guest's leaving and this one's coming; None when nobody leaves within a day.
        notes: holds that leave it sellable, in words.
    """

    room: Room
    is_held: bool
    points: int
    reasons: Sequence[Reason]
    hindrances: Sequence[Hindrance]
    claims: Sequence[Claim]
    turn_minutes: int | None
    notes: Sequence[str]

    @property
    def is_free(self) -> bool:
        """Whether it can be had, or is had."""
        return not self.hindrances


@dataclass(frozen=True)
class PartExplained:
    """A part ``[arrival, departure)`` of a stay with all rooms: those that can be had first, by points and number."""

    arrival: date
    departure: date
    is_locked: bool
    rooms: Sequence[RoomExplained]


DAY_MINUTES = 24 * 60


def assignment_explained(reservation: Reservation) -> list[PartExplained]:
    """The parts of a stay, with a room or without, in date order, and what speaks for and against each room.

    The functions that judge are those of the automatic assignment; a room that the stay has is judged as if it were to
    be found anew. Posting masters are no rooms. A constant number of queries.
    """
    place, held = reservation.property, rooms_held([reservation])
    parts = [StayPart(reservation, row.arrival, row.departure, row) for row in held[reservation.pk]]
    parts = sorted([*parts, *open_parts(reservation, held)], key=lambda part: part.arrival)
    types = RoomType.objects.at(place.pk).exclude(kind__in=(RoomTypeKind.PSEUDO, RoomTypeKind.VIRTUAL))
    rooms = rooms_of(
        place, reservation.arrival, reservation.departure, list(types.values_list("pk", flat=True))
    )
    requests = _requests(parts, held)
    start = instant(min(request.start for request in requests) - DAY_MINUTES)
    end = instant(max(request.end for request in requests))
    own = [row.occupancy_id for row in held[reservation.pk] if row.occupancy_id is not None]
    # A day more at the start, so that the room's last guest is seen.
    question = [replace(requests[0], start=requests[0].start - DAY_MINUTES), *requests]
    options = {option.id: option for option in room_options(place, rooms, question, own)}
    claims, notes = _claims(place.pk, start, end, own), _notes(reservation)
    return [
        PartExplained(
            part.arrival,
            part.departure,
            part.held is not None and (part.held.is_locked or reservation.is_room_locked),
            sorted(
                (_explained(room, options[room.pk], request, part, claims, notes) for room in rooms),
                key=lambda one: (not one.is_free, one.points, one.room.number),
            ),
        )
        for part, request in zip(parts, requests, strict=True)
    ]


def _requests(parts: list[StayPart], held: Held) -> list[StayRequest]:
    """Each part as if it had no room; the other parts beside it keep theirs."""
    times, near = house_times(parts[0].reservation.property), companions(parts)
    return [
        request_of_part(
            number,
            replace(part, held=None),
            times,
            {pk: [row for row in rows if row != part.held] for pk, rows in held.items()},
            near,
        )
        for number, part in enumerate(parts)
    ]


def _explained(
    room: Room,
    option: RoomOption,
    request: StayRequest,
    part: StayPart,
    claims: dict[int, list[Claim]],
    notes: dict[int, list[str]],
) -> RoomExplained:
    found = reasons(request, option)
    left = [until for _, until in option.busy if request.start - DAY_MINUTES < until <= request.start]
    mine = [claim for pk in (option.id, *option.parts) for claim in claims[pk]]
    return RoomExplained(
        room=room,
        is_held=part.held is not None and part.held.room_id == room.pk,
        points=sum(reason.points for reason in found),
        reasons=found,
        hindrances=hindrances(request, option),
        claims=[
            claim
            for claim in mine
            if claim.start < instant(request.end) and instant(request.start) < claim.end
        ],
        turn_minutes=request.start - max(left) if left else None,
        notes=notes[room.pk],
    )


def _claims(property_id: int, start: datetime, end: datetime, own: list[int]) -> dict[int, list[Claim]]:
    """Who has which room, by its id; without the stay itself."""
    rows = (
        RoomOccupancy.objects.at(property_id)
        .touching(start, end)
        .exclude(pk__in=own)
        .exclude(part_of__in=own)
        .select_related(
            "assignment__reservation", "block", "part_of__assignment__reservation", "part_of__block"
        )
        .order_by("during")
    )
    found: dict[int, list[Claim]] = defaultdict(list)
    for row in rows:
        whole = row.part_of or row
        stay, hold = getattr(whole, "assignment", None), getattr(whole, "block", None)
        found[row.room_id].append(
            Claim(
                OccupancyKind(row.kind),
                row.during.lower,
                row.during.upper,
                stay.reservation.number if stay else "",
                hold.reason if hold else "",
            )
        )
    return found


def _notes(reservation: Reservation) -> dict[int, list[str]]:
    """Holds that do not stand in the way but should be known, by room id."""
    rows = RoomBlock.objects.at(reservation.property_id).filter(
        kind=BlockKind.OUT_OF_SERVICE,
        released_at=None,
        start_on__lte=reservation.departure,
        end_on__gt=reservation.arrival,
    )
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.room_id].append(row.reason)
    return found
