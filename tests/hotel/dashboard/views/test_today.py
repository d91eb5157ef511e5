"""The figures of the first page of a shift."""

from datetime import timedelta

from moneyed import Money

from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.inventory import overbooking_set
from tests.cast import TODAY
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make
from tests.factories.stays import daily_statistic_make

DAY = timedelta(days=1)


def test_empty_rooms_and_rooms_to_sell_are_two_figures_and_each_difference_is_named(cast, signed_in):
    house = house_make(cast.alpha, doubles=5)  # and one suite of its own: six rooms
    place = house.place
    overbooking_set(place=place, start=TODAY, end=TODAY + DAY, quantity=2)
    house.reserve(0, 1)
    house.reserve(0, 1)
    broken = BlockData(kind="out_of_order", start_on=TODAY, end_on=TODAY + DAY, reason="Tiles")
    block_create(room=house.rooms[0], data=broken)

    page = signed_in(cast.bo).get("/dashboard")

    assert (page.context["house"].sold, page.context["house"].empty, page.context["house"].free) == (2, 3, 5)
    shown = page.content.decode()
    assert "<span>Sold tonight</span><b>2</b><small>of 6 rooms</small>" in shown
    assert (
        "<span>Empty tonight</span><b>3</b><small>to sell 5 (2 overbooking, 1 out of order)</small>" in shown
    )


def test_rooms_are_counted_once_and_posting_masters_not_at_all(cast, signed_in):
    house = house_make(cast.alpha, doubles=3)  # with the suite four standard rooms
    place = house.place
    family = room_type_make(place, "FAM", kind="component", parts={house.double: 2})
    room_make(place, family, "F2", parts=tuple(house.rooms[:2]), housekeeping_status="dirty")
    room_make(place, room_type_make(place, "PM", kind="pseudo"), "PM1", housekeeping_status="dirty")
    inventory_ready(place, TODAY, TODAY + DAY)

    page = signed_in(cast.bo).get("/dashboard")

    assert {str(status): number for status, _, number in page.context["housekeeping"]} == {
        "clean": 4,
        "dirty": 0,
        "pickup": 0,
        "inspected": 0,
    }
    assert page.context["house"].capacity == 4


def test_the_figures_of_tonight_are_shown_to_those_who_may_see_stays(cast, signed_in):
    house = house_make(cast.alpha, doubles=3)
    house.reserve(0, 1)

    shown = signed_in(cast.bo).get("/dashboard").content.decode()

    assert "<span>Occupancy tonight</span><b>25.0%</b><small>1 of 4 rooms</small>" in shown
    assert "<span>Average daily rate</span><b>EUR 100.00</b>" in shown
    assert "<span>Revenue by available room</span><b>EUR 25.00</b>" in shown
    assert "Occupancy tonight" not in signed_in(cast.rae).get("/dashboard").content.decode()


def test_the_day_closed_last_stands_beside_tonight(cast, signed_in):
    house = house_make(cast.alpha, doubles=3)
    daily_statistic_make(house.place, rooms_sold=4, room_revenue=Money(480, "EUR"))

    shown = signed_in(cast.bo).get("/dashboard").content.decode()

    assert "last night 40.0%" in shown
    assert "last night EUR 120.00" in shown
    assert "last night EUR 48.00" in shown


def test_the_way_to_a_new_booking_is_shown_to_those_who_may_book(cast, signed_in):
    house = house_make(cast.alpha)
    night = f"/dashboard/availability/{house.double.pk}/{TODAY.isoformat()}"

    for page in ("/dashboard", night):
        assert 'href="/dashboard/bookings/new' in signed_in(cast.rae).get(page).content.decode()
        shown = signed_in(cast.cy).get(page)
        assert (shown.status_code, 'href="/dashboard/bookings/new' in shown.content.decode()) == (200, False)
