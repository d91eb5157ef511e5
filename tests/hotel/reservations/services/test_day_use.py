"""Day use is sold exactly as far as it is shown."""

from datetime import time, timedelta

import pytest

from hotel.reservations.models import Booking, Reservation
from hotel.reservations.selectors.day_use import day_use_sellable
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import booking_cancel, reservation_cancel
from hotel.reservations.services.day_use import takes_more
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.reservations.services.reinstatements import booking_reinstate, reservation_reinstate
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import make_cast
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import together

HOURS = (time(10), time(16))


def house_with_day_use(place, doubles=2):
    """As many day guests as there are doubles, at 60."""
    house = house_make(place, doubles=doubles, day_use_limit=doubles)
    house.day_plan = rate_plan_make(place, "DAY", day_use_hours=8)
    price_make(house.day_plan, house.double, "60")
    return house


@pytest.fixture
def house(cast):
    return house_with_day_use(cast.alpha)


def use(house, hours=HOURS, **over):
    return house.reserve(1, 0, rate_plan=house.day_plan, day_use=hours, **over)


def shown(house, hours=HOURS) -> int:
    day = house.place.business_date + timedelta(days=1)
    return day_use_sellable(house.place, day, hours, [house.double])[house.double.pk]


def sold(house, hours=HOURS) -> int:
    """How many day guests are taken until one is refused."""
    for count in range(9):
        try:
            use(house, hours)
        except RoomTypeSoldOut:
            return count
    raise AssertionError("never sold out")


@pytest.mark.parametrize("is_assigned", [False, True])
@pytest.mark.parametrize(
    ("nights", "hours", "rooms"),
    [
        ([], HOURS, 2),
        ([(0, 3, 0)], HOURS, 1),
        ([(0, 3, 0), (0, 3, 1)], HOURS, 0),
        ([(0, 1, 0), (0, 1, 1)], HOURS, 0),
        ([(0, 1, 0), (0, 1, 1)], (time(11), time(16)), 2),
        ([(0, 1, 0), (1, 1, 0)], HOURS, 1),
        ([(1, 1, 0), (1, 1, 1)], (time(9), time(14)), 2),
    ],
    ids=["empty", "one stays", "full", "leave at 11", "from 11", "one goes, one comes", "until the turn"],
)
def test_what_is_sold_is_what_is_shown(house, nights, hours, rooms, is_assigned):
    for arrival, count, room in nights:
        stay = house.reserve(arrival, count)
        if is_assigned:
            room_assign(reservation=stay, room=house.rooms[room], actor=None)

    assert (shown(house, hours), sold(house, hours), shown(house, hours)) == (rooms, rooms, 0)
    assert violated() == []


def test_a_refusal_names_the_hours_and_changes_nothing(house):
    house.reserve(0, 3)
    use(house)

    with pytest.raises(RoomTypeSoldOut) as error:
        use(house)

    extra = error.value.extra
    assert (extra["free"], extra["hours"], extra["room_type"]) == (0, ["10:00", "16:00"], house.double.pk)
    assert error.value.message.startswith("DBL has 0 empty from 10:00 to 16:00 on Mon 15 Mar 2027.")
    assert (Reservation.objects.count(), house.counted("day_sold", days=3)) == (2, [0, 1, 0])


def test_two_at_once_in_one_booking_need_two_rooms(house):
    house.reserve(0, 3)
    stay = house.stay(1, 0, rate_plan=house.day_plan, day_use=HOURS)
    with pytest.raises(RoomTypeSoldOut) as error:
        house.book(stay, stay)
    assert error.value.extra["free"] == 1
    later = house.stay(1, 0, rate_plan=house.day_plan, day_use=(time(18), time(20)))
    assert len(house.book(stay, later).reservations) == 2


def test_who_waits_is_confirmed_only_into_a_room_that_is_empty(house):
    waiting = use(house, status="inquiry")
    nights = house.book(house.stay(0, 3), house.stay(0, 3)).booking
    with pytest.raises(RoomTypeSoldOut):
        reservation_confirm(reservation=waiting, actor=None)
    waiting.refresh_from_db()
    assert waiting.status == "inquiry"
    booking_cancel(booking=nights, actor=None)
    assert reservation_confirm(reservation=waiting, actor=None).reservation.status == "confirmed"


def test_later_hours_need_a_room_and_fewer_are_always_given_back(house):
    house.reserve(1, 2)
    house.reserve(1, 2)
    row = use(house, (time(9), time(13)))

    with pytest.raises(RoomTypeSoldOut):
        reservation_amend(reservation=row, amendment=Amendment(day_use=(time(9), time(16))), actor=None)
    row.refresh_from_db()
    assert row.day_use_end == time(13)

    house.reserve(0, 1)
    house.reserve(0, 1)  # nights take precedence: from now on no room is empty before 11:00
    amended = reservation_amend(reservation=row, amendment=Amendment(day_use=(time(9), time(12))), actor=None)
    assert amended.reservation.day_use_end == time(12)


def test_it_stands_again_only_where_a_room_is_empty(house):
    single, pair = use(house), house.book(house.stay(1, 0, rate_plan=house.day_plan, day_use=HOURS)).booking
    reservation_cancel(reservation=single, actor=None)
    booking_cancel(booking=pair, actor=None)
    house.book(house.stay(0, 3), house.stay(0, 3))

    with pytest.raises(RoomTypeSoldOut):
        reservation_reinstate(reservation=single, actor=None)
    with pytest.raises(RoomTypeSoldOut):
        booking_reinstate(booking=pair, actor=None)

    assert set(Reservation.objects.filter(is_day_use=True).values_list("status", flat=True)) == {"cancelled"}


@pytest.mark.parametrize(
    ("old", "new", "more"),
    [
        (HOURS, HOURS, False),
        (HOURS, (time(11), time(15)), False),
        (HOURS, (time(9), time(15)), True),
        (HOURS, (time(11), time(17)), True),
        (None, None, False),
    ],
)
def test_hours_within_those_of_before_take_nothing_more(old, new, more):
    assert takes_more(old, new) is more


@pytest.mark.django_db(transaction=True)
def test_two_day_guests_at_once_never_share_the_last_room():
    house = house_with_day_use(make_cast().alpha)
    house.reserve(0, 3)

    results = together(*[lambda: use(house)] * 3)

    refused = [result for result in results if isinstance(result, RoomTypeSoldOut)]
    assert (len(refused), Booking.objects.count(), shown(house)) == (2, 2, 0)
    assert house.counted("day_sold", days=3) == [0, 1, 0]
