"""The sheet of housekeeping: every room with its letter, who is in it, who comes, and what is to be done."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time
from typing import Any

from django.db.models import Q

from hotel.operations.choices import UNFINISHED
from hotel.operations.models import Task
from hotel.papers.domain.tables import Column, Content, Table
from hotel.properties.models import Property
from hotel.reservations.choices import NoteKind, ReservationStatus
from hotel.reservations.models import ReservationNote, RoomAssignment
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room
from hotel.rooms.selectors.housekeeping import housekeeping_rooms

DEPARTMENT = "housekeeping"
ROOMS = (
    Column("room", width=6), Column("type", width=6), Column("letter", "mark", 5), Column("front", width=15),
    Column("persons", "count", 6), Column("departure", "day", 9), Column("eta", "time", 8), Column("task", width=12),
    Column("attendant", width=10), Column("notes", width=26), Column("done", "box", 6),
)  # fmt: skip
DOWNTIME_ROOMS = (
    Column("room", width=8), Column("type", width=8), Column("letter", "mark", 6), Column("front", width=28),
    Column("persons", "count", 8), Column("departure", "day", 12), Column("eta", "time", 10), Column("notes", width=28),
)  # fmt: skip


@dataclass
class Occupants:
    """Who is in a room and who comes into it today."""

    persons: int = 0
    stays: tuple[int, ...] = ()
    leaves_on: Any = None
    is_leaving: bool = False
    comes: bool = False
    eta: time | None = None


def housekeeping_content(place: Property, w: dict[str, str]) -> Content:
    """Every room of the business date by number; four queries. No guest is named."""
    table, counts = rooms_table(place, w, ROOMS)
    return Content(
        word="housekeeping",
        day=place.business_date,
        tables=(table,),
        facts=(("rooms", len(table.rows)), *counts),
        definitions=("letters", "def_housekeeping"),
    )


def rooms_table(
    place: Property, w: dict[str, str], columns: Sequence[Column]
) -> tuple[Table, list[tuple[str, int]]]:
    """Rooms under these columns, and how many are let, leave and come; four queries."""
    rooms = Room.objects.at(place.pk).exclude(room_type__kind=RoomTypeKind.PSEUDO)
    found = list(housekeeping_rooms(rooms).order_by("building", "floor__level", "number"))
    inside, notes, tasks = _occupants(place), _notes(place), _tasks(place, w)
    rows: list[tuple[Any, ...]] = []
    seen: Counter[str] = Counter()
    for room in found:
        mine = inside.get(room.pk, Occupants())
        seen["occupied"] += bool(room.is_occupied)  # type: ignore[attr-defined]
        seen["due_out"] += mine.is_leaving
        seen["arrives"] += mine.comes
        task, attendant = tasks.get(room.pk, ("", ""))
        cells = {
            "room": room.number,
            "type": room.room_type.code,
            "letter": room.housekeeping_letter,
            "front": _front(room, mine, w),
            "persons": mine.persons or None,
            "departure": mine.leaves_on,
            "eta": mine.eta,
            "task": task,
            "attendant": attendant,
            "notes": " · ".join(text for stay in mine.stays for text in notes[stay]),
        }
        rows.append(tuple(cells.get(column.word) for column in columns))
    return Table("rooms", columns, rows), [(name, seen[name]) for name in ("occupied", "due_out", "arrives")]


def _front(room: Any, mine: Occupants, w: dict[str, str]) -> str:
    """What the front desk says of a room."""
    told = [w["occupied"] if room.is_occupied else w["vacant"]]
    told += [w["due_out"]] * mine.is_leaving + [w["arrives"]] * mine.comes
    if room.hold:
        told.append(w[room.hold])
    return " · ".join(told)


def _occupants(place: Property) -> dict[int, Occupants]:
    """By room who is in it, or comes into it today; one query."""
    day = place.business_date
    here = Q(reservation__status=ReservationStatus.IN_HOUSE, arrival__lte=day, left_at=None)
    comes = Q(reservation__status=ReservationStatus.CONFIRMED, arrival=day)
    rows = RoomAssignment.objects.at(place.pk).filter(here | comes, released_at=None, departure__gte=day)
    found: dict[int, Occupants] = {}
    for row in rows.select_related("reservation").order_by("arrival", "pk"):
        stay, mine = row.reservation, found.setdefault(row.room_id, Occupants())
        mine.stays = (*mine.stays, stay.pk)
        count = stay.adults + sum(stay.children.values())
        if stay.status == ReservationStatus.IN_HOUSE:
            mine.persons = mine.persons + count if mine.leaves_on else count
            mine.leaves_on, mine.is_leaving = row.departure, row.departure == day
        else:
            mine.persons = mine.persons or count
            mine.comes, mine.eta = True, stay.eta or place.check_in_time
    return found


def _notes(place: Property) -> dict[int, list[str]]:
    """What departments of housekeeping are to do today or should have done, by stay; one query."""
    rows = ReservationNote.objects.at(place.pk).filter(
        kind=NoteKind.TRACE, done_at=None, due_on__lte=place.business_date, department__iexact=DEPARTMENT
    )
    found: dict[int, list[str]] = defaultdict(list)
    for stay, text in rows.order_by("due_on", "pk").values_list("reservation_id", "text"):
        found[stay].append(text)
    return found


def _tasks(place: Property, w: dict[str, str]) -> dict[int, tuple[str, str]]:
    """The unfinished tasks of the day by room, in words, and whose they are; one query."""
    rows = Task.objects.at(place.pk).filter(
        business_date=place.business_date, state__in=UNFINISHED, room__isnull=False
    )
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for room, kind, name in rows.order_by("priority", "pk").values_list(
        "room_id", "kind", "assignee__username"
    ):
        found[room].append((w[f"task_{kind}"], name or ""))
    return {
        room: (", ".join(task for task, _ in some), ", ".join(dict.fromkeys(who for _, who in some if who)))
        for room, some in found.items()
    }
