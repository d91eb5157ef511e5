"""Lists read together are the lists read one by one."""

from datetime import timedelta

from hotel.guests.models import Guest
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.day_lists import lists_read
from hotel.reservations.selectors.front_desk import arrivals, departures, overdue
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make


def lists_of(place, day):
    return {
        "arrivals": arrivals(place.pk, day),
        "departures": departures(place.pk, day),
        "late first": overdue(place.pk, day).order_by("-arrival", "number"),
    }


def test_each_list_has_its_order_its_limit_and_what_a_page_shows(cast, django_assert_num_queries):
    house = house_make(cast.alpha, doubles=5)
    place, today = house.place, house.place.business_date
    guest = guest_make(place, last_name="Moser")
    for nights in (3, 1, 2):
        house.reserve(1, 1 + nights, primary_guest=guest)
    house.reserve(2, 1)
    tomorrow, later = today + timedelta(1), today + timedelta(2)
    wanted = {
        day: {name: [stay.pk for stay in rows] for name, rows in lists_of(place, day).items()}
        for day in (tomorrow, later)
    }
    assert [len(found) for found in wanted[tomorrow].values()] == [3, 0, 0]
    assert [len(found) for found in wanted[later].values()] == [1, 0, 3]

    with django_assert_num_queries(3):
        found = lists_read(place.pk, lists_of(place, later), 2)
        shown = [(stay.primary_guest, stay.room_type.name, stay.rooms_now) for stay in found["late first"]]

    assert {name: [stay.pk for stay in rows] for name, rows in found.items()} == {
        name: pks[:2] for name, pks in wanted[later].items()
    }
    assert [name for _, name, _ in shown] == ["Dbl"] * 2
    assert isinstance(shown[0][0], Guest)
    assert Reservation.objects.count() == 4


def test_empty_lists_cost_one_statement(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        found = lists_read(cast.alpha.pk, lists_of(cast.alpha, cast.alpha.business_date), 2)
    assert found == {"arrivals": [], "departures": [], "late first": []}
