"""Rooms on the open business date, as the rules of the day read them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Q

from hotel.operations.choices import SERVICES, TaskSource, TaskState
from hotel.operations.domain.day import DayRules, Guest, Presence, RoomDay
from hotel.operations.models import Task
from hotel.properties.business_date import local_instant
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import settings_at
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment
from hotel.reservations.selectors.presence import assignment_held
from hotel.rooms.choices import BlockKind, RoomTypeKind
from hotel.rooms.models import RoomBlock, RoomPart
from hotel.rooms.selectors.rooms import rooms_open

HERE = (ReservationStatus.IN_HOUSE, ReservationStatus.CHECKED_OUT, ReservationStatus.CONFIRMED)
BEGUN = frozenset({TaskState.STARTED, TaskState.DONE, TaskState.SKIPPED})
GIVEN_UP = frozenset({TaskState.SKIPPED, TaskState.CANCELLED})


@dataclass(frozen=True)
class House:
    """Rooms of a property on its business date, and where each guest in house is.

    Attributes:
        rooms: by id.
        room_of: the stays in house to their rooms.
    """

    rooms: Mapping[int, RoomDay]
    room_of: Mapping[int, int]


def day_rules(place: Property) -> DayRules:
    """The rules of a property on its business date; one query."""
    day = place.business_date
    values = settings_at(place.pk, day)
    return DayRules(
        day=day,
        stayover_nights=values[SettingKey.STAYOVER_NIGHTS],
        linen_nights=values[SettingKey.LINEN_NIGHTS],
        checks_arrivals=values[SettingKey.ARRIVAL_CHECK] == "yes",
        minutes_per_credit=values[SettingKey.CREDIT_MINUTES],
        ready_at=local_instant(place, day, place.check_in_time),
    )


def house_today(place: Property, room_ids: Collection[int] | None, tasks: Iterable[Task]) -> House:
    """The rooms of the business date, each with who has it, had it or gets it; three queries.

    Args:
        room_ids: these rooms only; None for all.
        tasks: those that the rules of the day have made for them today.
    """
    guests, room_of = _guests(place, room_ids, tasks)
    held = RoomBlock.objects.at(place.pk).filter(
        released_at=None, start_on__lte=place.business_date, end_on__gt=place.business_date
    )
    out = set(held.exclude(kind=BlockKind.OUT_OF_SERVICE).values_list("room_id", flat=True))
    declined: dict[int, set[int | None]] = defaultdict(set)
    for task in tasks:
        if task.state in GIVEN_UP and task.ended_by_id is not None and task.room_id is not None:
            declined[task.room_id].add(task.reservation_id)
    rows = rooms_open(place.pk, place.business_date).exclude(room_type__kind=RoomTypeKind.PSEUDO)
    if room_ids is not None:
        rows = rows.filter(pk__in=room_ids)
    columns = ("pk", "housekeeping_status", "room_type__housekeeping_credits")
    rooms = {
        pk: RoomDay(pk, status, weight, tuple(guests[pk]), pk in out, frozenset(declined[pk]))
        for pk, status, weight in rows.values_list(*columns)
    }
    return House(rooms, room_of)


def _guests(
    place: Property, room_ids: Collection[int] | None, tasks: Iterable[Task]
) -> tuple[dict[int, list[Guest]], dict[int, int]]:
    """By room who has it, had it or gets it today, and the room of each guest in house."""
    day = place.business_date
    rows = RoomAssignment.objects.at(place.pk).filter(
        Q(departure__gte=day) | Q(reservation__status=ReservationStatus.IN_HOUSE),
        released_at=None,
        arrival__lte=day,
        reservation__status__in=HERE,
    )
    if room_ids is not None:
        rows = rows.filter(reservation__in=rows.filter(room__in=room_ids).values("reservation"))
    by_stay: dict[int, list[RoomAssignment]] = defaultdict(list)
    for row in rows.select_related("reservation").order_by("reservation", "arrival", "pk"):
        by_stay[row.reservation_id].append(row)
    served = {task.reservation_id for task in tasks if task.kind in SERVICES and task.state in BEGUN}
    found: dict[int, list[Guest]] = defaultdict(list)
    room_of = {}
    for pk, parts in by_stay.items():
        held = assignment_held(parts, day)
        if held is not None and held.reservation.status == ReservationStatus.IN_HOUSE:
            room_of[pk] = held.room_id
        for room_id, guest in _seen_from_rooms(place, parts, held):
            found[room_id].append(replace(guest, is_moved_in=guest.is_moved_in and pk not in served))
    return found, room_of


def _seen_from_rooms(
    place: Property, parts: list[RoomAssignment], held: RoomAssignment | None
) -> Iterator[tuple[int, Guest]]:
    """What a stay is today to each room that it has a part in."""
    day, stay = place.business_date, parts[0].reservation

    def guest(presence: Presence, at: datetime | None = None, **more: Any) -> Guest:
        return Guest(stay.pk, presence, stay.arrival, at, **more)

    comes_at = local_instant(place, day, stay.eta or place.check_in_time)
    for part in parts:
        if stay.status == ReservationStatus.CONFIRMED:
            if part.arrival == day == stay.arrival:
                yield part.room_id, guest(Presence.ARRIVES, comes_at)
        elif stay.status == ReservationStatus.CHECKED_OUT:
            if part.departure == day:
                yield part.room_id, guest(Presence.LEFT)
        elif part is not held:
            has_left = held is not None and part.arrival <= held.arrival
            yield part.room_id, guest(Presence.LEFT) if has_left else guest(Presence.ARRIVES, comes_at)
        elif part.departure > day:
            yield (
                part.room_id,
                guest(Presence.STAYS, is_moved_in=part.arrival == day and stay.arrival < day),
            )
        else:
            leaves = (stay.day_use_end if stay.is_day_use else stay.etd) or place.check_out_time
            yield part.room_id, guest(Presence.LEAVES, local_instant(place, day, leaves))


def tasks_of_day(place: Property, room_ids: Collection[int] | None) -> Any:
    """The tasks that the rules have made for today, and those of earlier days that nobody has ended; a query set."""
    rows = Task.objects.at(place.pk).filter(
        Q(business_date=place.business_date) | Q(ended_at=None), source=TaskSource.DAY
    )
    return rows if room_ids is None else rows.filter(room__in=room_ids)


def suites_of_parts(property_id: int) -> dict[int, frozenset[int]]:
    """Rooms that are part of suites to those suites; one query."""
    found: dict[int, frozenset[int]] = defaultdict(frozenset)
    for suite, part in RoomPart.objects.at(property_id).values_list("room_id", "part_id"):
        found[part] |= {suite}
    return dict(found)


def rooms_of_stay(reservation_id: int) -> set[int]:
    """Every room that a stay has, had or was to have."""
    rows = RoomAssignment.objects.filter(reservation=reservation_id)
    return set(rows.values_list("room_id", flat=True))
