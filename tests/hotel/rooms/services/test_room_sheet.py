"""A workbook of rooms goes out and comes back: whole or not at all, and only as it was looked at."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.sheet_lines import fingerprint_of
from hotel.rooms.domain.room_sheet import COLUMNS
from hotel.rooms.models import InventoryNight, Room
from hotel.rooms.selectors.room_sheet import rooms_compared
from hotel.rooms.services.room_sheet import room_workbook, rooms_take
from hotel.rooms.services.rooms import RoomContents, room_change
from tests.cast import TODAY
from tests.factories.reservations import house_make
from tests.factories.rooms import room_feature_make


@pytest.fixture
def house(cast):
    """Doubles 101 and 102 and a suite 901, on sale."""
    return house_make(cast.alpha)


def rows_of(content: bytes):
    header, *lines = load_workbook(BytesIO(content))["Rooms"].iter_rows(values_only=True)
    assert header == tuple(COLUMNS)
    return [(number, dict(zip(header, line, strict=True))) for number, line in enumerate(lines, 2)]


def seen(place, rows):
    return fingerprint_of(rooms_compared(place, rows))


def everything():
    return list(Room.objects.order_by("pk").values())


def test_what_was_given_out_changes_nothing_when_it_comes_back(house):
    Room.objects.filter(number="101").update(notes="=1+1\r\nquiet", is_accessible=True)
    rows = rows_of(room_workbook(place=house.place))
    assert [cells["number"] for _, cells in rows] == ["101", "102", "901"]
    assert (rows[0][1]["notes"][:5], rows[0][1]["accessible"], rows[0][1]["status"]) == (
        "'=1+1",
        "yes",
        "clean",
    )
    assert {line.outcome for line in rooms_compared(house.place, rows)} == {"unchanged"}
    with pytest.raises(InvalidInput) as refused:
        rooms_take(place=house.place, rows=rows, seen=seen(house.place, rows))
    assert refused.value.code == "sheet_empty"


def test_rooms_are_opened_for_sale_and_changed_together(house):
    room_feature_make(house.place)
    (_, cells), *_others = rows_of(room_workbook(place=house.place))
    rows = [
        (2, {**cells, "features": "balcony", "smoking": "yes"}),
        (3, {**cells, "number": "103", "opened_on": ""}),
        (4, {**cells, "number": "104", "opened_on": "2027-03-16"}),
    ]
    assert rooms_take(place=house.place, rows=rows, seen=seen(house.place, rows)) == (2, 1)
    room = Room.objects.get(number="101")
    assert (room.is_smoking, room.version, [one.code for one in room.features.all()]) == (
        True,
        2,
        ["BALCONY"],
    )
    assert Room.objects.get(number="103").opened_on == TODAY
    capacity = InventoryNight.objects.filter(room_type=house.double).order_by("night")
    assert list(capacity.values_list("capacity", flat=True)[:4]) == [3, 3, 4, 4]
    assert Room.objects.get(number="102").version == 1


def test_one_refused_line_takes_none_of_them(house):
    (_, cells), *_others = rows_of(room_workbook(place=house.place))
    rows = [(2, {**cells, "notes": "New"}), (3, {**cells, "number": "103", "type": "NONE"})]
    before = everything()
    with pytest.raises(InvalidInput) as refused:
        rooms_take(place=house.place, rows=rows, seen=seen(house.place, rows))
    assert (refused.value.code, everything()) == ("sheet_refused", before)


def test_what_was_changed_since_it_was_looked_at_is_not_written_over(house):
    (_, cells), *_others = rows_of(room_workbook(place=house.place))
    rows = [(2, {**cells, "notes": "From the sheet"})]
    told = seen(house.place, rows)
    room_change(room=Room.objects.get(number="101"), contents=RoomContents(values={"notes": "By hand"}))
    with pytest.raises(Conflict) as refused:
        rooms_take(place=house.place, rows=rows, seen=told)
    assert (refused.value.code, Room.objects.get(number="101").notes) == ("sheet_stale", "By hand")
