"""Rooms in the admin: status and holds by services, counters only looked at."""

import pytest
from django.test import Client

from hotel.rooms.models import Room, RoomBlock, RoomStatusChange
from tests.factories.rooms import inventory_night_make, room_block_make, room_make, room_type_make, rooms_make


@pytest.fixture
def signed_in():
    def client(user) -> Client:
        made = Client()
        made.force_login(user)
        return made

    return client


def act(client, model, name, *rows):
    body = {"action": name, "_selected_action": [row.pk for row in rows]}
    answer = client.post(f"/admin/rooms/{model}/", body, follow=True)
    return answer.status_code, [str(message) for message in answer.context["messages"]]


@pytest.mark.parametrize("status", ["clean", "dirty", "pickup", "inspected"])
def test_housekeeping_sets_the_status_with_its_history(cast, signed_in, status):
    double = room_type_make(cast.alpha)
    room = room_make(cast.alpha, double, housekeeping_status="clean" if status == "dirty" else "dirty")
    there = room_make(cast.beta, room_type_make(cast.beta), housekeeping_status="clean")
    code, said = act(signed_in(cast.di), "room", status, room, there)
    assert code == 200
    assert len(said) == 1
    assert said[0].startswith("1 rooms are now: ")
    room.refresh_from_db()
    there.refresh_from_db()
    assert (room.housekeeping_status, there.housekeeping_status) == (status, "clean")
    assert RoomStatusChange.objects.get().changed_by == cast.di


def test_a_hold_is_released_once(cast, signed_in):
    block = room_block_make(cast.alpha)
    client = signed_in(cast.ada)
    assert act(client, "roomblock", "release", block) == (200, ["1 rooms are back."])
    assert RoomBlock.objects.get().released_at is not None
    assert act(client, "roomblock", "release", block)[1][-1] == "0 rooms are back."


def test_only_features_are_written_by_hand(cast, signed_in):
    client = signed_in(cast.ada)
    rooms_make(cast.alpha, room_type_make(cast.alpha), 1)
    inventory_night_make(cast.alpha)
    for model in ("room", "roomtype", "roomblock", "inventorynight", "roomoccupancy", "roomstatuschange"):
        assert client.get(f"/admin/rooms/{model}/add/").status_code == 403, model
    body = {"property": cast.alpha.pk, "code": "BATH", "name": "Bath tub"}
    assert client.post("/admin/rooms/roomfeature/add/", body).status_code == 302
    assert Room.objects.count() == 1
