"""Housekeeping statuses with history."""

import pytest

from hotel.core.models import OutboxMessage
from hotel.properties.models import Chain
from hotel.rooms.models import Room, RoomStatusChange
from hotel.rooms.services.status import RoomStatusMoved, room_status_set, rooms_status_set
from tests.cast import make_property
from tests.factories.rooms import room_type_make, rooms_make
from tests.hotel.rooms.storm import storm


@pytest.fixture
def rooms(cast):
    return rooms_make(cast.alpha, room_type_make(cast.alpha), 3)


def test_a_change_is_kept_with_who_and_told(cast, rooms):
    room = room_status_set(
        room=rooms[0], status="dirty", source="front_desk", user=cast.bo, note="late guest"
    )
    assert room.housekeeping_status == "dirty"
    change = RoomStatusChange.objects.get()
    assert (change.room, change.from_status, change.to_status) == (rooms[0], "clean", "dirty")
    assert (change.source, change.changed_by, change.note) == ("front_desk", cast.bo, "late guest")
    message = OutboxMessage.objects.get()
    assert message.topic == "RoomStatusChanged"
    assert message.aggregate == f"room:{room.pk}"
    assert message.payload["to_status"] == "dirty"


def test_the_same_status_again_changes_nothing(rooms):
    room_status_set(room=rooms[0], status="clean")
    assert not RoomStatusChange.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_several_rooms_change_all_or_none(rooms):
    room_status_set(room=rooms[1], status="dirty")
    ids = [room.pk for room in rooms]
    with pytest.raises(RoomStatusMoved) as refusal:
        rooms_status_set(room_ids=ids, status="inspected", expected="clean")
    assert refusal.value.extra == {"room": "102", "status": "dirty"}
    assert list(Room.objects.values_list("housekeeping_status", flat=True)) == ["clean", "dirty", "clean"]
    assert [room.number for room in rooms_status_set(room_ids=ids, status="inspected")] == [
        "101",
        "102",
        "103",
    ]
    assert RoomStatusChange.objects.count() == 4


@pytest.mark.django_db(transaction=True)
def test_of_two_who_saw_the_same_status_one_wins():
    chain = Chain.objects.create(code="CAST", name="Cast Hotels")
    place = make_property(chain, "A", name="A", time_zone="Europe/Vienna", currency="EUR", country="AT")
    (room,) = rooms_make(place, room_type_make(place), 1)
    statuses = ["dirty", "pickup", "inspected", "dirty"]
    told = storm(
        lambda actor, random: room_status_set(room=room, status=statuses[actor], expected="clean"), actors=4
    )
    assert told.broken == []
    assert told.refused == {"room_status_moved": 3}
    change = RoomStatusChange.objects.get()
    room.refresh_from_db()
    assert (change.from_status, change.to_status) == ("clean", room.housekeeping_status)
