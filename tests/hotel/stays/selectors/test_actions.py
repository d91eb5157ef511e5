"""What the desk may do with a reservation, and at what cost it is asked."""

from datetime import timedelta

from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.actions import actions_of, situation_of
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.services.status import room_status_set
from hotel.stays.selectors.actions import guests_in, is_ready, is_registered, room_tonight, stay_situation
from hotel.stays.services.check_in import check_in
from hotel.stays.services.room_moves import room_move
from tests.cast import TODAY
from tests.contracts.queries import PEEKED, queries_of, rows_read
from tests.factories.guests import guest_document_make, guest_make
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make, room_type_make

DAY = timedelta(days=1)


def read(row):
    return Reservation.objects.with_parts().with_rooms().get(pk=row.pk)


def facts_of(row):
    found = read(row)
    return stay_situation(found, situation_of(found))


def test_a_stay_of_another_day_costs_no_query(house):
    later = read(house.reserve(3, 2))
    assert queries_of(lambda: actions_of(later)) == []


def test_an_arrival_of_today_costs_three(house, arrival):
    found = read(arrival)
    assert len(queries_of(lambda: actions_of(found))) == 3
    assert (facts_of(arrival).is_room_vacant, facts_of(arrival).is_room_ready) == (True, True)
    room_status_set(room=house.rooms[0], status="dirty")
    assert facts_of(arrival).is_room_ready is False
    assert is_ready(house.rooms[1], TODAY)


def test_the_room_of_tonight_is_the_last_one_that_has_begun(house, arrival):
    assert room_tonight(arrival) == house.rooms[0]
    check_in(reservation=arrival, actor=None)
    business_day_close(place=house.place)
    room_move(reservation=arrival, room=house.rooms[1], actor=None)
    assert room_tonight(read(arrival)) == house.rooms[1]
    assert [row.reservation for row in guests_in(house.rooms[1], house.place.business_date)] == [arrival]
    assert not guests_in(house.rooms[0], house.place.business_date).exists()


def test_a_guest_in_a_part_of_a_suite_is_in_the_suite(house, arrival):
    suite_type = room_type_make(house.place, "FAM", kind="component", parts={house.double: 2})
    suite = room_make(house.place, suite_type, "190", parts=(house.rooms[0], house.rooms[1]))
    check_in(reservation=arrival, actor=None)
    for room, is_in in ((suite, True), (house.rooms[0], True), (house.rooms[1], False)):
        assert guests_in(room, TODAY).exists() is is_in


def test_who_is_in_a_room_is_asked_of_its_own_property_alone(cast, house, arrival):
    check_in(reservation=arrival, actor=None)
    other = house_make(cast.beta, doubles=9)
    for room in other.rooms[:9]:
        stay = other.reserve(0, 2)
        room_assign(reservation=stay, room=room, actor=None)
        check_in(reservation=stay, actor=None)
    found = guests_in(house.rooms[0], TODAY)
    assert 1 <= rows_read("reservations_roomassignment", lambda: list(found.all())) <= 1 + PEEKED


def test_a_guest_who_should_have_left_is_still_in(house, arrival):
    check_in(reservation=arrival, actor=None)
    assert guests_in(house.rooms[0], TODAY + 5 * DAY).exists()
    assert not guests_in(house.rooms[1], TODAY).exists()


def test_who_is_registered_is_the_propertys_to_say(house, arrival):
    assert [is_registered(arrival, wanted) for wanted in ("none", "guest", "document")] == [
        True,
        False,
        False,
    ]
    arrival.primary_guest = guest_make(house.place)
    assert [is_registered(arrival, wanted) for wanted in ("guest", "document")] == [True, False]
    guest_document_make(house.place, guest=arrival.primary_guest)
    assert is_registered(arrival, "document")


def test_a_stay_without_a_room_has_none_tonight(house):
    row = house.reserve(0, 2)
    assert facts_of(row).has_room is False
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    assert facts_of(row).has_room is True
