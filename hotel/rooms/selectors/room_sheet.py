"""Rooms of a hotel as a sheet, and what a sheet would change of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hotel.core.sheet_lines import ADDED, CHANGED, REFUSED, UNCHANGED, SheetLine
from hotel.core.words import _
from hotel.properties.business_date import business_date_of
from hotel.properties.models import Building, Floor, Property, Section
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.domain.room_sheet import RoomLine, differences, notes_plain, room_line
from hotel.rooms.models import Room, RoomFeature, RoomType
from hotel.rooms.selectors.rooms import numbers_taken


@dataclass(frozen=True)
class RoomCompared(SheetLine):
    """A line and the room it tells of: None when it cannot be read."""

    room: RoomLine | None = None

    @property
    def summary(self) -> str:
        """The type, and where it is."""
        if self.room is None:
            return ""
        place = [self.room.building, "" if self.room.level is None else str(self.room.level)]
        return " · ".join(part for part in (self.room.type, *place) if part)


@dataclass(frozen=True)
class Places:
    """What lines name by code, of one hotel."""

    types: Mapping[str, RoomType]
    buildings: Mapping[str, Building]
    floors: Mapping[tuple[str, int], Floor]
    sections: Mapping[str, Section]
    features: Mapping[str, RoomFeature]


def places_of(place: Property) -> Places:
    """Types, buildings, floors, sections and features by what lines call them; codes in capitals. Five queries."""
    floors = Floor.objects.at(place.pk).select_related("building")
    return Places(
        types={row.code.upper(): row for row in RoomType.objects.at(place.pk).filter(is_active=True)},
        buildings={row.code.upper(): row for row in Building.objects.at(place.pk)},
        floors={(row.building.code.upper(), row.level): row for row in floors},
        sections={row.code.upper(): row for row in Section.objects.at(place.pk)},
        features={row.code.upper(): row for row in RoomFeature.objects.at(place.pk)},
    )


def room_lines(place: Property) -> list[tuple[RoomLine, Room]]:
    """Every room that has no last night as a line, by number. Two queries."""
    rows = Room.objects.at(place.pk).filter(closed_on=None)
    rows = rows.select_related("room_type", "building", "floor__building", "section")
    return [(line_of(row), row) for row in rows.prefetch_related("features").order_by("number")]


def line_of(row: Room) -> RoomLine:
    """A room as a line."""
    building = row.building or (row.floor.building if row.floor else None)
    return RoomLine(
        number=row.number,
        type=row.room_type.code.upper(),
        building=building.code.upper() if building else "",
        level=row.floor.level if row.floor else None,
        section=row.section.code.upper() if row.section else "",
        features=tuple(sorted(feature.code.upper() for feature in row.features.all())),
        accessible=row.is_accessible,
        smoking=row.is_smoking,
        notes=notes_plain(row.notes),
        opened_on=row.opened_on,
    )


def rooms_compared(place: Property, rows: Iterable[tuple[int, Mapping[str, Any]]]) -> list[RoomCompared]:
    """What a sheet would change, line by line; nothing is written. Nine queries, whatever the sheet.

    Rooms that are not in the sheet stay as they are.

    Args:
        place: the hotel.
        rows: the line's number, and its cells by column.
    """
    known = {line.number: line for line, _ in room_lines(place)}
    read = [(number, cells, *room_line(cells)) for number, cells in rows]
    wanted = {line.number for _, _, line, _ in read if line} - known.keys()
    closing = set(numbers_taken(place.pk, wanted))
    places, today = places_of(place), business_date_of(place.pk)
    found: list[RoomCompared] = []
    first: dict[str, int] = {}
    for number, cells, line, faults in read:
        wrong = list(faults)
        if line:
            before = known.get(line.number)
            wrong += _strangers(line, places)
            wrong += _fixed(line, before) if before else _opening(line, places, closing, today)
            if first.setdefault(line.number, number) != number:
                wrong.append(_("number: stands in line %(first)s already") % {"first": first[line.number]})
            if not wrong:
                found.append(_compared(number, before, line))
                continue
        code = line.number if line else str(cells.get("number") or "")[:16]
        found.append(RoomCompared(number, code, REFUSED, reasons=tuple(wrong)))
    return found


def _compared(number: int, before: RoomLine | None, line: RoomLine) -> RoomCompared:
    if before is None:
        return RoomCompared(number, line.number, ADDED, room=line)
    changes = tuple(differences(before, line))
    return RoomCompared(number, line.number, CHANGED if changes else UNCHANGED, changes, room=line)


def _strangers(line: RoomLine, places: Places) -> list[str]:
    """Places and features that the hotel does not have."""
    wrong = []
    if line.building and line.building not in places.buildings:
        wrong.append(_("building: the hotel has no building %(building)s") % {"building": line.building})
    elif line.level is not None and (line.building, line.level) not in places.floors:
        wrong.append(
            _("level: the building %(building)s has no floor %(level)s; add it first")
            % {"building": line.building, "level": line.level}
        )
    if line.section and line.section not in places.sections:
        wrong.append(_("section: the hotel has no section %(section)s") % {"section": line.section})
    if unknown := [code for code in line.features if code not in places.features]:
        wrong.append(_("features: the hotel has no feature %(unknown)s") % {"unknown": ", ".join(unknown)})
    return wrong


def _fixed(line: RoomLine, before: RoomLine) -> list[str]:
    """What a sheet cannot change of a room that is there."""
    wrong = []
    if line.type != before.type:
        wrong.append(_("type: the room is a %(type)s; a sheet does not change that") % {"type": before.type})
    if line.opened_on is not None and line.opened_on != before.opened_on:
        wrong.append(
            _("opened_on: it opened on %(opened_on)s; a sheet does not change that")
            % {"opened_on": before.opened_on}
        )
    return wrong


def _opening(line: RoomLine, places: Places, closing: set[str], today: Any) -> list[str]:
    """Why a room cannot be opened by a sheet."""
    wrong = []
    kind = places.types.get(line.type)
    if kind is None:
        wrong.append(_("type: the hotel has no room type %(type)s") % {"type": line.type})
    elif kind.kind != RoomTypeKind.STANDARD:
        wrong.append(_("type: a sheet opens rooms of standard types alone"))
    if line.number in closing:
        wrong.append(_("number: a room that closes later has it until then"))
    if line.opened_on is not None and line.opened_on < today:
        wrong.append(_("opened_on: lies before the business date"))
    return wrong
