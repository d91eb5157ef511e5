from datetime import timedelta

import pytest

from hotel.dashboard.views.rack import cells, rooms_for
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.selectors.front_desk import RackRow, RackSpan, rack
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.sharing import room_share
from hotel.rooms.services.blocks import BlockData, block_create
from tests.cast import TODAY
from tests.factories.rates import price_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make

DAY = timedelta(days=1)
DAYS = [TODAY + step * DAY for step in range(4)]


def test_the_cells_of_a_room_fill_its_days(house):
    stay = house.reserve(1, 5)
    span = RackSpan(stay, TODAY + DAY, TODAY + 6 * DAY, is_locked=True)

    found = cells([span], [], DAYS)

    assert [(cell.day, cell.days, cell.reservation, cell.is_locked) for cell in found] == [
        (TODAY, 1, None, False),
        (TODAY + DAY, 3, stay, True),
    ]


def test_a_night_wins_over_a_day_use_of_the_same_day_and_a_hold_shows_its_nights(house):
    night, day = house.reserve(0, 1), house.reserve(0, 1)
    hold = block_create(
        room=house.rooms[0],
        data=BlockData(kind="out_of_service", start_on=TODAY + DAY, end_on=TODAY + 9 * DAY, reason="Tiles"),
    )

    found = cells([RackSpan(night, TODAY, TODAY + DAY), RackSpan(day, TODAY, TODAY)], [hold], DAYS)

    assert [(cell.days, cell.reservation, cell.block) for cell in found] == [
        (1, night, None),
        (3, None, hold),
    ]


def test_stays_that_share_a_room_show_side_by_side_and_the_longer_one_goes_on(house, desk):
    one = Occupancy(adults=1)
    first, second = house.reserve(0, 2, occupancy=one), house.reserve(1, 2, occupancy=one)
    room_share(reservation=first, others=[second], split="split", actor=None)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    (row, *_) = rack(house.place.pk, TODAY, TODAY + 4 * DAY)

    found = cells(row.spans, [], DAYS)

    assert [
        (cell.days, cell.reservation and cell.reservation.pk, [one.pk for one in cell.others])
        for cell in found
    ] == [(2, first.pk, [second.pk]), (1, second.pk, []), (1, None, [])]
    shown = desk.get("/dashboard/rack").content.decode()
    assert shown.count(f'/dashboard/reservations/{second.pk}"') == 2


def test_only_free_rooms_of_the_type_are_offered_to_a_stay_without_one(house):
    housed, homeless = house.reserve(0, 2), house.reserve(1, 2)
    room_assign(reservation=housed, room=house.rooms[0], actor=None)
    *rows, lane = rack(house.place.pk, TODAY, TODAY + 7 * DAY)
    (span,) = lane.spans
    hold = block_create(
        room=house.rooms[1],
        data=BlockData(
            kind="out_of_service", start_on=TODAY + 2 * DAY, end_on=TODAY + 3 * DAY, reason="Tiles"
        ),
    )

    assert span.reservation.pk == homeless.pk
    assert rooms_for(span, rows, {}) == [house.rooms[1]]
    assert rooms_for(span, rows, {house.rooms[1].pk: [hold]}) == []
    assert rooms_for(RackSpan(homeless, TODAY + 2 * DAY, TODAY + 3 * DAY), rows, {}) == house.rooms[:2]
    assert rooms_for(span, [RackRow(house.rooms[2])], {}) == []


def test_parts_of_a_taken_or_held_suite_are_shown_and_not_offered(house, desk):
    place = house.place
    family = room_type_make(place, "FAM", kind="component", parts={house.double: 2}, max_occupancy=6)
    suite = room_make(place, family, "F2", parts=tuple(house.rooms[:2]))
    inventory_ready(place, TODAY, TODAY + 9 * DAY)
    price_make(house.plan, family, "300")
    whole, homeless = house.reserve(0, 2, room_type=family), house.reserve(2, 1)
    room_assign(reservation=whole, room=suite, actor=None)
    block_create(
        room=suite,
        data=BlockData(kind="out_of_order", start_on=TODAY + 5 * DAY, end_on=TODAY + 6 * DAY, reason="Tiles"),
    )

    page = desk.get("/dashboard/rack")

    shown = {room.number: cells for room, cells in page.context["rows"]}
    for number in ("101", "102"):
        assert [(c.reservation.pk, c.via) for c in shown[number] if c.reservation] == [(whole.pk, "F2")]
        assert [c.block.room for c in shown[number] if c.block] == [suite]
    assert "<small>in F2</small>" in page.content.decode()
    assert [room.number for room in page.context["lane"][0].rooms] == ["101", "102"]
    *rows, _ = rack(place.pk, TODAY, TODAY + 7 * DAY)
    assert rooms_for(RackSpan(homeless, TODAY + DAY, TODAY + 2 * DAY), rows, {}) == []


def test_parts_taken_side_by_side_leave_no_free_day_between_them(house):
    first, second = house.reserve(0, 2), house.reserve(1, 2)

    found = cells(
        [
            RackSpan(first, TODAY, TODAY + 2 * DAY, via="101"),
            RackSpan(second, TODAY + DAY, TODAY + 3 * DAY, via="102"),
        ],
        [],
        DAYS,
    )

    assert [(cell.day, cell.days, cell.via) for cell in found] == [
        (TODAY, 2, "101"),
        (TODAY + 2 * DAY, 1, "102"),
        (TODAY + 3 * DAY, 1, ""),
    ]


@pytest.mark.parametrize(("asked", "shown"), [("7", 7), ("28", 28), ("0", 14), ("x", 14), ("100000", 14)])
def test_only_some_lengths_are_shown(house, desk, asked, shown):
    page = desk.get(f"/dashboard/rack?days={asked}").content.decode()

    assert page.count('<th scope="col"') == shown + 1


def test_the_rooms_come_first_and_say_how_many_stays_have_none(house, desk):
    """A day's lane can be longer than the rack itself."""
    house.reserve(1, 2)

    page = desk.get("/dashboard/rack").content.decode()

    assert '<a href="#lane">1 stay without a room</a>' in page
    assert page.index("Rooms by days") < page.index('id="lane"')


def test_who_may_not_assign_sees_the_lane_without_forms(house, cast, signed_in, desk):
    house.reserve(1, 2)

    assert "/assign" in desk.get("/dashboard/rack").content.decode()
    page = signed_in(cast.cy).get("/dashboard/rack").content.decode()
    assert "Without a room" in page
    assert "/assign" not in page


def test_confidential_guests_stay_hidden(house, desk):
    from tests.factories.guests import guest_make

    star = guest_make(house.place, last_name="Star")
    house.reserve(0, 2, primary_guest=star, flags=frozenset({"is_confidential"}))

    for page in (
        "/dashboard",
        "/dashboard/rack",
        "/dashboard/reservations",
        "/dashboard/reservations?text=star",
    ):
        assert "Star" not in desk.get(page).content.decode()


def test_the_lane_shows_the_next_stays_and_says_how_many_more_there_are(house, desk, monkeypatch):
    monkeypatch.setattr("hotel.dashboard.views.rack.LANE_SHOWN", 1)
    later, sooner = house.reserve(3, 1), house.reserve(1, 1)

    answer = desk.get("/dashboard/rack")

    assert [entry.span.reservation.pk for entry in answer.context["lane"]] == [sooner.pk]
    text = answer.content.decode()
    assert "2 stays without a room" in text
    assert "1 more follows" in text
    assert f"/dashboard/reservations/{later.pk}/" not in text
    assert f"/dashboard/reservations/{sooner.pk}/" in text
