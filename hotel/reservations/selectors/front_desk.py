"""The lists of a business date: who comes, who is here, who leaves; and the rack of rooms by days."""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q

from hotel.reservations.choices import TAKES_INVENTORY, FrontDeskStatus, ReservationStatus
from hotel.reservations.domain.occupancy import uncovered
from hotel.reservations.domain.stays import front_desk_status
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.querysets import ReservationQuerySet
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room, RoomType
from hotel.rooms.selectors.rooms import room_ties


def arrivals(property_id: int, day: date) -> ReservationQuerySet:
    """Those due in on a business date and those who came on it, with booking, guest, type, plan and rooms."""
    return _listed(property_id).arriving_on(day).order_by("status", "eta", "number")


def departures(property_id: int, day: date) -> ReservationQuerySet:
    """Those due out on a business date and those who left on it."""
    return _listed(property_id).departing_on(day).order_by("status", "etd", "number")


def in_house(property_id: int) -> ReservationQuerySet:
    """Everybody who is in house now."""
    return _listed(property_id).in_house().order_by("departure", "number")


def overdue(property_id: int, day: date) -> ReservationQuerySet:
    """Confirmed stays whose arrival has passed without a guest, and guests who should have left."""
    missing = Q(status=ReservationStatus.CONFIRMED, arrival__lt=day)
    staying = Q(status=ReservationStatus.IN_HOUSE, departure__lt=day)
    return _listed(property_id).filter(missing | staying).order_by("arrival", "number")


def status_on(reservation: Reservation, day: date) -> FrontDeskStatus:
    """What the front desk calls a stay on a business date."""
    return front_desk_status(reservation.status, reservation.arrival, reservation.departure, day)


@dataclass(frozen=True, slots=True)
class DayFigures:
    """Counts of a business date, one query."""

    due_in: int
    arrived: int
    due_out: int
    departed: int
    in_house: int
    overdue: int


def day_figures(property_id: int, day: date) -> DayFigures:
    """How many come, came, leave, left, stay, and are late on a business date."""
    status = ReservationStatus
    rows = Reservation.objects.at(property_id).filter(
        Q(arrival=day)
        | Q(departure=day)
        | Q(status=status.IN_HOUSE)
        | Q(status=status.CONFIRMED, arrival__lt=day)
    )
    counted = rows.aggregate(
        due_in=Count("pk", filter=Q(arrival=day, status=status.CONFIRMED)),
        arrived=Count("pk", filter=Q(arrival=day, status__in=(status.IN_HOUSE, status.CHECKED_OUT))),
        due_out=Count("pk", filter=Q(departure=day, status=status.IN_HOUSE)),
        departed=Count("pk", filter=Q(departure=day, status=status.CHECKED_OUT)),
        in_house=Count("pk", filter=Q(status=status.IN_HOUSE)),
        overdue=Count(
            "pk",
            filter=Q(status=status.CONFIRMED, arrival__lt=day) | Q(status=status.IN_HOUSE, departure__lt=day),
        ),
    )
    return DayFigures(**counted)


def nights_without_room(reservation: Reservation) -> list[tuple[date, date]]:
    """The parts ``[first, last)`` of a stay to come, or in house, that no room is assigned for.

    Args:
        reservation: read ``with_rooms()``.
    """
    if reservation.status not in {
        ReservationStatus.OPTION,
        ReservationStatus.CONFIRMED,
        ReservationStatus.IN_HOUSE,
    }:
        return []
    held = [(row.arrival, row.departure) for row in reservation.rooms_now]  # type: ignore[attr-defined]
    return uncovered(reservation.arrival, reservation.departure, held)


def moves_due(property_id: int, day: date) -> ReservationQuerySet:
    """Guests in house whose nights in their room end on a day before they leave: to be moved on it, by number."""
    ending = RoomAssignment.objects.filter(
        released_at=None, departure=day, left_at=None, reservation__departure__gt=day
    )
    return _listed(property_id).in_house().filter(pk__in=ending.values("reservation")).order_by("number")


class RackStay(NamedTuple):
    """What the rack shows of a stay; named like the fields of a reservation, whose whole rows cost thrice as much.

    Attributes:
        primary_guest: the name; empty without a guest.
    """

    pk: int
    number: str
    status: str
    version: int
    arrival: date
    departure: date
    is_day_use: bool
    is_confidential: bool
    is_room_locked: bool
    share_id: int | None
    room_type: RoomType
    primary_guest: str

    def get_status_display(self) -> str:
        """The status in words."""
        return str(ReservationStatus(self.status).label)


@dataclass(frozen=True, slots=True)
class RackSpan:
    """A stay in a room, or unassigned, on the rack.

    Attributes:
        start, end: its nights ``[start, end)`` in this room, also those before and after the days shown.
        via: the number of the suite or part that the stay has, when the row's room is only taken with it.
    """

    reservation: RackStay
    start: date
    end: date
    is_locked: bool = False
    assignment_id: int | None = None
    via: str = ""


@dataclass(frozen=True)
class RackRow:
    """A room with its stays in date order; ``room`` None is the lane of stays without a room.

    Attributes:
        tied: ids of the rooms that take this one with them: its suites, or its parts.
    """

    room: Room | None
    spans: list[RackSpan] = field(default_factory=list)
    tied: frozenset[int] = frozenset()


def rack(property_id: int, start: date, end: date) -> list[RackRow]:
    """The rack: one row per open room in order of type and number, then the lane of unassigned stays.

    A stay in a suite stands in the rows of the parts too, a stay in a part in the row of the suite. Posting masters
    are no rooms: neither they nor their stays are shown.

    Args:
        property_id: of the property.
        start: first day shown.
        end: the day after the last day shown.

    Returns:
        Rows; five queries whatever the size. Blocks of rooms are the rooms floor's to add.
    """
    rooms = (
        Room.objects.at(property_id)
        .filter(Q(closed_on=None) | Q(closed_on__gt=start), opened_on__lt=end)
        .exclude(room_type__kind=RoomTypeKind.PSEUDO)
        .select_related("room_type", "floor__building")
        .order_by("room_type__sort_order", "room_type__code", "number")
    )
    shown = {stay.pk: stay for stay in _rack_stays(property_id, start, end)}
    assignments = (
        RoomAssignment.objects.at(property_id)
        .filter(released_at=None, arrival__lte=end, departure__gte=start)
        .order_by("arrival", "pk")
        .values_list("pk", "reservation", "room", "arrival", "departure", "is_locked")
    )
    by_room: dict[int, list[RackSpan]] = defaultdict(list)
    covered: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for pk, stay_id, room_id, first, last, is_locked in assignments:
        if stay_id not in shown:
            continue
        covered[stay_id].append((first, last))
        stay = shown[stay_id]
        if _is_shown(stay, first, last, start, end):
            by_room[room_id].append(RackSpan(stay, first, last, stay.is_room_locked or is_locked, pk))
    ties = room_ties(property_id)
    numbers = {room.pk: room.number for room in rooms}
    rows = []
    for room in rooms:
        tied = (
            replace(span, via=numbers[pk]) for pk in ties[room.pk] & numbers.keys() for span in by_room[pk]
        )
        spans = sorted([*by_room[room.pk], *tied], key=lambda span: (span.start, span.end))
        rows.append(RackRow(room, spans, ties[room.pk]))
    lane = RackRow(None)
    for stay in sorted(shown.values(), key=lambda one: (one.arrival, one.pk)):
        for first, last in uncovered(stay.arrival, stay.departure, covered.get(stay.pk, [])):
            if _is_shown(stay, first, last, start, end):
                lane.spans.append(RackSpan(stay, first, last, stay.is_room_locked))
    return [*rows, lane]


def _listed(property_id: int) -> ReservationQuerySet:
    rows: ReservationQuerySet = Reservation.objects.at(property_id).with_parts().with_rooms()
    return rows


def _rack_stays(property_id: int, start: date, end: date) -> list[RackStay]:
    types = RoomType.objects.at(property_id).in_bulk()
    rows = Reservation.objects.at(property_id).touching(start, end).filter(status__in=TAKES_INVENTORY)
    values = rows.exclude(room_type__kind=RoomTypeKind.PSEUDO).values_list(
        *("pk", "number", "status", "version", "arrival", "departure"),
        *("is_day_use", "is_confidential", "is_room_locked", "share_id"),
        *("room_type_id", "primary_guest__first_name", "primary_guest__last_name"),
    )
    return [
        RackStay._make([*shown, types[type_id], f"{first_name or ''} {last_name or ''}".strip()])
        for *shown, type_id, first_name, last_name in values.order_by()
    ]


def _is_shown(stay: RackStay, first: date, last: date, start: date, end: date) -> bool:
    """Whether nights ``[first, last)`` of a stay, or the day of a day use, are among the days ``[start, end)``."""
    return max(first, start) < min(last, end) or (stay.is_day_use and start <= first <= end)
