"""Who is in a room for the front office."""

from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.selectors.front_office import room_occupied
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.services.assignment import room_assign
from hotel.stays.services.check_in import check_in
from tests.factories.rooms import room_make, room_type_make
from tests.hotel.operations.conftest import guest_in


def test_nobody_a_couple_and_a_family(house):
    assert room_occupied(house.place, house.rooms[0]) == Occupied(False, 0)
    guest_in(house)
    assert room_occupied(house.place, house.rooms[0]) == Occupied(True, 2)
    waiting = house.reserve(0, 1, occupancy=Occupancy(adults=1))
    room_assign(reservation=waiting, room=house.rooms[1], actor=None)
    assert room_occupied(house.place, house.rooms[1]) == Occupied(False, 0)
    check_in(reservation=waiting, actor=None)
    assert room_occupied(house.place, house.rooms[1]) == Occupied(True, 1)


def test_who_has_a_suite_is_in_its_parts(house):
    kind = room_type_make(house.place, "APT", kind="component", parts={house.double: 1})
    part = room_make(house.place, house.double, "777")
    room_make(house.place, kind, "900", parts=(part,))
    assert room_occupied(house.place, part) == Occupied(False, 0)
