"""Rooms given out as a workbook and taken from one: all lines or none."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.exports import Sheet, sheets_bytes
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.sheet_lines import ADDED, CHANGED, REFUSED, fingerprint_of
from hotel.properties.business_date import business_date_of
from hotel.properties.choices import SettingKey
from hotel.properties.models import Property
from hotel.properties.selectors.settings import setting_value
from hotel.rooms.domain.room_sheet import COLUMNS, RoomLine
from hotel.rooms.selectors.room_sheet import Places, places_of, room_lines, rooms_compared
from hotel.rooms.services.inventory import inventory_open
from hotel.rooms.services.rooms import RoomContents, room_change, rooms_create

WIDE = {"features": 28, "notes": 40}


def room_workbook(*, place: Property) -> bytes:
    """All rooms of a hotel that have no last night as a workbook; a second sheet says what is what."""
    rows = [[*line.cells(), room.housekeeping_status] for line, room in room_lines(place)]
    return sheets_bytes(
        [
            Sheet("Rooms", [(name, WIDE.get(name, 14)) for name in COLUMNS], rows, {}),
            Sheet(
                "What is what",
                [("column", 16), ("takes", 60)],
                [[name, text] for name, text in COLUMNS.items()],
                {},
            ),
        ]
    )


@transaction.atomic
def rooms_take(
    *, place: Property, rows: Iterable[tuple[int, Mapping[str, Any]]], seen: str
) -> tuple[int, int]:
    """Open and change the rooms of a sheet, all or none; those that are not in it stay.

    Args:
        place: the hotel.
        rows: number and cells of each line.
        seen: ``fingerprint_of`` what the person was told the lines do.

    Returns:
        How many were opened and how many changed.

    Raises:
        Conflict: the lines would do something else than was seen (``sheet_stale``).
        InvalidInput: a line is refused (``sheet_refused``), or there is nothing to do (``sheet_empty``).
        VersionConflict: somebody changes one of the rooms right now.

    Locks: the property's setting-up, then the rooms that are changed by their ids, then the counters.
    """
    advisory_lock(LockSpace.PROPERTY_SETUP, f"rooms {place.pk}")
    found = rooms_compared(place, rows)
    if fingerprint_of(found) != seen:
        text = _("Rooms were changed meanwhile: nothing of the sheet was taken. Look at it again.")
        raise Conflict(text, code="sheet_stale")
    if any(line.outcome == REFUSED for line in found):
        text = _("Correct the lines that are refused, and send the sheet again.")
        raise InvalidInput(text, code="sheet_refused")
    added = [line.room for line in found if line.room and line.outcome == ADDED]
    changed = {line.code: line.room for line in found if line.room and line.outcome == CHANGED}
    if not added and not changed:
        raise InvalidInput(_("The sheet changes nothing."), code="sheet_empty")
    places = places_of(place)
    rooms = [room for line, room in room_lines(place) if line.number in changed]
    for room in sorted(rooms, key=lambda row: row.pk):
        contents = _contents(changed[room.number], places)
        room_change(room=room, contents=contents, version=room.version)
    rooms_create(place=place, contents=[_opened(line, places) for line in added])
    if added:
        today = business_date_of(place.pk)
        days = setting_value(place.pk, SettingKey.SELLING_DAYS, today)
        inventory_open(place=place, until=today + timedelta(days=days))
    return len(added), len(changed)


def _contents(line: RoomLine, places: Places) -> RoomContents:
    """What a line says of a room, but its number, type and first night."""
    return RoomContents(
        values={
            "building": places.buildings.get(line.building),
            "floor": None if line.level is None else places.floors[line.building, line.level],
            "section": places.sections.get(line.section),
            "is_accessible": line.accessible,
            "is_smoking": line.smoking,
            "notes": line.notes,
        },
        features=[places.features[code] for code in line.features],
    )


def _opened(line: RoomLine, places: Places) -> RoomContents:
    told = _contents(line, places)
    values = {**told.values, "number": line.number, "room_type": places.types[line.type]}
    if line.opened_on is not None:
        values["opened_on"] = line.opened_on
    return RoomContents(values=values, features=told.features)
