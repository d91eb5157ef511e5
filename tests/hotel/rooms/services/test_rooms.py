"""Rooms open and close with dates; the past keeps its counts."""

from datetime import date, timedelta

import pytest

from hotel.core.exceptions import VersionConflict
from hotel.rooms.models import InventoryNight, Room, RoomFeature, RoomOccupancy
from hotel.rooms.services.blocks import BlockData, block_create, block_instants
from hotel.rooms.services.inventory import Bucket, CapacityInUse, Move, inventory_move
from hotel.rooms.services.occupancy import RoomTaken, room_claim
from hotel.rooms.services.rooms import (
    RoomContents,
    RoomHasHistory,
    RoomNumberTaken,
    RoomRefused,
    room_change,
    room_close,
    room_create,
    room_delete,
    room_reopen,
    room_retype,
)
from hotel.rooms.services.status import room_status_set
from tests.cast import TODAY
from tests.factories.rooms import inventory_ready, room_make, room_type_make, rooms_make


def day(step: int) -> date:
    return TODAY + timedelta(days=step)


@pytest.fixture
def double(cast):
    double = room_type_make(cast.alpha)
    rooms_make(cast.alpha, double, 2)
    inventory_ready(cast.alpha, day(-2), day(6))
    return double


@pytest.fixture
def room(double):
    return Room.objects.get(number="101")


def capacity(room_type) -> list[int]:
    rows = InventoryNight.objects.filter(property=room_type.property, room_type=room_type)
    return list(rows.order_by("night").values_list("capacity", flat=True))


def house(place) -> list[int]:
    rows = InventoryNight.objects.filter(property=place, room_type=None)
    return list(rows.order_by("night").values_list("capacity", flat=True))


def sell(room_type, start: int, end: int, rooms: int) -> None:
    move = Move(room_type.pk, day(start), day(end), Bucket.SOLD, rooms)
    inventory_move(property_id=room_type.property_id, moves=[move])


def claim(room, start: int, end: int) -> RoomOccupancy:
    first, past = block_instants(room.property, day(start), day(end))
    return room_claim(room=room, start=first, end=past, kind="stay")


def test_a_new_room_counts_from_its_opening(cast, double):
    lake = RoomFeature.objects.create(property=cast.alpha, code="LAKE", name="Lake view")
    contents = RoomContents(
        values={"number": "201", "room_type": double, "opened_on": day(2)},
        features=[lake],
        beds={"king": 1, "sofa": 1},
        connects_to=[Room.objects.get(number="101")],
    )
    room = room_create(place=cast.alpha, contents=contents)
    assert capacity(double) == [2, 2, 2, 2, 3, 3, 3, 3]
    assert house(cast.alpha) == capacity(double)
    assert dict(room.beds.values_list("kind", "quantity")) == {"king": 1, "sofa": 1}
    assert [other.number for other in room.connects_to.all()] == ["101"]
    assert list(room.features.all()) == [lake]


def test_a_room_opens_today_unless_told(cast, double):
    room = room_create(place=cast.alpha, contents=RoomContents(values={"number": "9", "room_type": double}))
    assert room.opened_on == TODAY
    assert capacity(double) == [2, 2, 3, 3, 3, 3, 3, 3]


def test_a_number_is_taken_only_while_the_other_room_is_open(cast, double, room):
    contents = RoomContents(values={"number": "101", "room_type": double, "opened_on": day(3)})
    with pytest.raises(RoomNumberTaken):
        room_create(place=cast.alpha, contents=contents)
    room_close(room=room, on=day(3))
    room_create(place=cast.alpha, contents=contents)
    assert capacity(double) == [2] * 8
    with pytest.raises(RoomNumberTaken):
        room_reopen(room=room)


def test_parts_must_match_the_type(cast, double, room):
    suite = room_type_make(cast.alpha, "STE", kind="component", parts={double: 2})
    virtual = room_type_make(cast.alpha, "VIR", kind="virtual", base_type=double)
    inventory_ready(cast.alpha, day(-2), day(6))
    both = list(Room.objects.order_by("number"))
    for room_type, parts in ((suite, [room]), (suite, []), (double, [room]), (virtual, [])):
        contents = RoomContents(values={"number": "S", "room_type": room_type}, parts=parts)
        with pytest.raises(RoomRefused):
            room_create(place=cast.alpha, contents=contents)
    room_create(
        place=cast.alpha, contents=RoomContents(values={"number": "S", "room_type": suite}, parts=both)
    )
    assert capacity(suite) == [0, 0, 1, 1, 1, 1, 1, 1]
    assert house(cast.alpha) == [2] * 8
    room_close(room=room, on=day(4))
    assert capacity(suite) == [0, 0, 1, 1, 1, 1, 0, 0]


def test_changing_keeps_counts_and_raises_the_version(double, room):
    changed = room_change(
        room=room,
        contents=RoomContents(values={"notes": "creaky door", "number": "101A"}, beds={"twin": 2}),
        version=1,
    )
    assert (changed.number, changed.notes, changed.version) == ("101A", "creaky door", 2)
    assert dict(changed.beds.values_list("kind", "quantity")) == {"twin": 2}
    with pytest.raises(VersionConflict):
        room_change(room=room, contents=RoomContents(values={"notes": "x"}), version=1)
    with pytest.raises(RoomNumberTaken):
        room_change(room=room, contents=RoomContents(values={"number": "102"}))
    assert capacity(double) == [2] * 8


def test_the_opening_day_moves_only_in_the_future(cast, double, room):
    with pytest.raises(RoomHasHistory):
        room_change(room=room, contents=RoomContents(values={"opened_on": day(1)}))
    new = room_create(
        place=cast.alpha,
        contents=RoomContents(values={"number": "9", "room_type": double, "opened_on": day(4)}),
    )
    room_change(room=new, contents=RoomContents(values={"opened_on": day(5)}))
    assert capacity(double) == [2, 2, 2, 2, 2, 2, 2, 3]


def test_closing_takes_the_room_out_from_its_day(double, room):
    closed = room_close(room=room, on=day(2))
    assert (closed.closed_on, closed.version) == (day(2), 2)
    assert capacity(double) == [2, 2, 2, 2, 1, 1, 1, 1]
    reopened = room_reopen(room=room)
    assert reopened.closed_on is None
    assert capacity(double) == [2] * 8
    with pytest.raises(RoomRefused):
        room_reopen(room=room)


def test_closing_is_refused_while_stays_need_the_room(double, room):
    claim(room, 0, 2)
    stay = claim(room, 3, 5)
    for on in (2, 3, 4):
        with pytest.raises(RoomTaken) as refusal:
            room_close(room=room, on=day(on))
        assert [row["occupancy"] for row in refusal.value.extra["taken"]] == [stay.pk]
    room_close(room=room, on=day(5))
    assert capacity(double) == [2, 2, 2, 2, 2, 2, 2, 1]


def test_closing_is_refused_while_its_type_is_sold(double, room):
    sell(double, 2, 4, 2)
    with pytest.raises(CapacityInUse) as refusal:
        room_close(room=room, on=day(1))
    nights = {row["night"] for row in refusal.value.extra["nights"]}
    assert nights == {"2027-03-16", "2027-03-17"}
    room.refresh_from_db()
    assert room.closed_on is None
    assert capacity(double) == [2] * 8


@pytest.mark.parametrize("on", [date(2019, 1, 1), TODAY - timedelta(days=1)])
def test_nothing_closes_in_the_past(room, on):
    with pytest.raises(RoomRefused):
        room_close(room=room, on=on)


def test_retyping_keeps_the_past(cast, double, room):
    superior = room_type_make(cast.alpha, "SUP")
    inventory_ready(cast.alpha, day(-2), day(6))
    room_change(room=room, contents=RoomContents(beds={"king": 1}))
    room_status_set(room=room, status="inspected")
    new = room_retype(room=room, room_type=superior, on=day(1))
    assert (new.number, new.opened_on, new.version, new.housekeeping_status) == (
        "101",
        day(1),
        1,
        "inspected",
    )
    assert new.pk != room.pk
    assert dict(new.beds.values_list("kind", "quantity")) == {"king": 1}
    assert capacity(double) == [2, 2, 2, 1, 1, 1, 1, 1]
    assert capacity(superior) == [0, 0, 0, 1, 1, 1, 1, 1]
    assert house(cast.alpha) == [2] * 8


def test_retyping_a_sold_out_house_needs_no_slack_in_the_house(cast, double, room):
    superior = room_type_make(cast.alpha, "SUP")
    inventory_ready(cast.alpha, day(-2), day(6))
    sell(double, 0, 1, 2)
    with pytest.raises(CapacityInUse):
        room_retype(room=room, room_type=superior, on=TODAY)
    room_retype(room=room, room_type=superior, on=day(1))
    suite = room_type_make(cast.alpha, "STE", kind="component", parts={double: 1})
    made = room_make(cast.alpha, suite, "S", parts=(Room.objects.get(number="102"),))
    for bad in ({"room": made, "room_type": superior}, {"room": room, "room_type": suite}):
        with pytest.raises(RoomRefused):
            room_retype(**bad, on=day(2))


def test_only_rooms_without_history_are_deleted(cast, double, room):
    with pytest.raises(RoomHasHistory):
        room_delete(room=room)
    new = room_create(place=cast.alpha, contents=RoomContents(values={"number": "9", "room_type": double}))
    held = room_create(place=cast.alpha, contents=RoomContents(values={"number": "8", "room_type": double}))
    block_create(room=held, data=BlockData("out_of_service", TODAY, day(1), "lamp"))
    with pytest.raises(RoomHasHistory):
        room_delete(room=held)
    sell(double, 0, 1, 4)
    with pytest.raises(CapacityInUse):
        room_delete(room=new)
    inventory_move(property_id=cast.alpha.pk, moves=[Move(double.pk, TODAY, day(1), Bucket.SOLD, -1)])
    room_delete(room=new)
    assert not Room.objects.filter(number="9").exists()
    assert capacity(double)[2] == 3
