from datetime import time, timedelta

from hotel.dashboard.selectors.board import board
from hotel.properties.models import Property
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import Room
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.rooms import room_make

DAY = timedelta(days=1)


def tiles(house, status=""):
    house.place.refresh_from_db()
    return {
        tile.room.number: (tile.room.is_occupied, tile.arrives, tile.eta, tile.leaves)
        for floor in board(house.place, status).floors
        for tile in floor.tiles
    }


def test_a_tile_says_who_is_in_who_goes_and_who_comes(house):
    here, due = house.reserve(0, 1), house.reserve(0, 1, eta=time(15, 30))
    check_in(reservation=here, actor=None, room=house.rooms[0])
    room_assign(reservation=due, room=house.rooms[1], actor=None)
    assert tiles(house) == {
        "101": (True, False, None, False),
        "102": (False, True, time(15, 30), False),
        "901": (False, False, None, False),
    }
    Property.objects.filter(pk=house.place.pk).update(business_date=TODAY + DAY)
    assert tiles(house)["101"] == (True, False, None, True)
    assert tiles(house)["102"] == (False, False, None, False)


def test_one_state_is_shown_and_all_are_counted(house):
    Room.objects.filter(pk=house.rooms[0].pk).update(housekeeping_status="dirty")
    found = board(house.place, "dirty")
    assert [tile.room.number for floor in found.floors for tile in floor.tiles] == ["101"]
    assert found.counts == {"clean": 2, "dirty": 1, "pickup": 0, "inspected": 0}


def test_many_rooms_cost_the_queries_of_few(house):
    few = queries_of(lambda: board(house.place))
    for number in range(8):
        room_make(house.place, house.double, f"3{number}")
    assert_constant(few, queries_of(lambda: board(house.place)))
    assert len(few) == 2
