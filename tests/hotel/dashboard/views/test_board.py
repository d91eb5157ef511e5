import pytest

from hotel.rooms.models import Room, RoomStatusChange

PATH = "/dashboard/rooms"


def states():
    return dict(Room.objects.order_by("number").values_list("number", "housekeeping_status"))


def put(client, rooms, status, path=PATH):
    sent = {"do": "set", "set-rooms": [room.pk for room in rooms], "set-status": status}
    return client.post(path, sent, follow=True)


@pytest.fixture
def di(cast, signed_in):
    return signed_in(cast.di)


def test_rooms_that_are_ticked_get_their_state_at_once(house, di, cast):
    page = put(di, house.rooms[:2], "dirty").content.decode()
    assert "2 rooms are dirty now." in page
    assert states() == {"101": "dirty", "102": "dirty", "901": "clean"}
    assert set(RoomStatusChange.objects.values_list("source", "changed_by__username")) == {
        ("housekeeping", cast.di.username)
    }


def test_a_filter_stays_and_only_what_is_shown_can_be_set(house, di):
    put(di, house.rooms[:1], "dirty")
    page = di.get(f"{PATH}?status=dirty").content.decode()
    assert (page.count('class="tile hk-'), "101" in page) == (1, True)
    refused = put(di, house.rooms[1:2], "inspected", path=f"{PATH}?status=dirty").content.decode()
    assert "No such room." in refused
    assert states()["102"] == "clean"


def test_nothing_ticked_is_told(house, di):
    assert "Choose the rooms first." in put(di, [], "dirty").content.decode()
    assert set(states().values()) == {"clean"}


def test_rooms_of_another_property_cannot_be_set(house, cast, signed_in):
    assert "There are no rooms yet." in signed_in(cast.eve).get(PATH).content.decode()
    put(signed_in(cast.eve), house.rooms[:1], "dirty")
    assert states()["101"] == "clean"


def test_who_may_only_look_has_no_boxes_and_no_button(house, cast, signed_in):
    client = signed_in(cast.cy)
    page = client.get(PATH).content.decode()
    assert "101" in page
    assert 'name="set-rooms"' not in page
    assert put(client, house.rooms[:1], "dirty").status_code == 403
    assert states()["101"] == "clean"


def test_an_empty_state_leads_back(house, di):
    assert "No room is in this state." in di.get(f"{PATH}?status=inspected").content.decode()
