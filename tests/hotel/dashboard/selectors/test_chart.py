from datetime import timedelta

import pytest

from hotel.dashboard.selectors.chart import LANES, chart
from hotel.dashboard.selectors.chart_filter import ChartFilter
from hotel.folios.models import Folio
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.selectors.front_desk import RackRow, RackSpan
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.sharing import room_share
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.folios import charge_make
from tests.factories.payments import payment_make
from tests.factories.rates import price_make
from tests.factories.reservations import house_make
from tests.factories.rooms import inventory_ready, room_make, room_type_make

DAY = timedelta(days=1)
PAST = TODAY + 7 * DAY


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=3)


def drawn(house, first=TODAY, past=PAST, **asked):
    return chart(house.place, first, past, **asked)


def bars(house, number, **days):
    (row,) = [row for group in drawn(house, **days).groups for row in group.rows if row.room.number == number]
    return [(bar.look, bar.column, bar.nights, bar.begins_before, bar.goes_on) for bar in row.bars]


def test_a_bar_begins_and_ends_where_the_stay_does_and_is_cut_at_the_edges(house):
    for start, nights, room in ((1, 2, 0), (3, 9, 0)):
        room_assign(reservation=house.reserve(start, nights), room=house.rooms[room], actor=None)
    assert bars(house, "101") == [
        ("confirmed", 1, 2, False, False),
        ("confirmed", 3, 4, False, True),
    ]
    assert bars(house, "101", first=TODAY + 2 * DAY) == [
        ("confirmed", 0, 1, True, False),
        ("confirmed", 1, 4, False, True),
    ]


def test_the_look_says_what_the_desk_has_to_do_today(house):
    here, due, option = house.reserve(0, 2), house.reserve(0, 1), house.reserve(0, 1, status="option")
    check_in(reservation=here, actor=None, room=house.rooms[0])
    room_assign(reservation=due, room=house.rooms[1], actor=None)
    hold = BlockData(kind="out_of_order", start_on=TODAY + DAY, end_on=TODAY + 3 * DAY, reason="Tiles")
    block_create(room=house.rooms[2], data=hold)
    assert [bars(house, number)[0][0] for number in ("101", "102", "103")] == ["in_house", "due_in", "hold"]
    (lane,) = drawn(house).groups[0].lanes
    assert [(bar.stay.pk, bar.look, bar.is_movable) for bar in lane.bars] == [(option.pk, "tentative", True)]


def test_stays_without_a_room_fill_as_few_lanes_as_they_need_and_the_rest_is_counted(house, monkeypatch):
    for start, nights in ((0, 2), (1, 1), (2, 1), (1, 2)):
        house.reserve(start, nights)
    group = drawn(house).groups[0]
    assert [[(bar.column, bar.nights) for bar in lane.bars] for lane in group.lanes] == [
        [(0, 2), (2, 1)],
        [(1, 1)],
        [(1, 2)],
    ]
    assert (drawn(house).waiting, group.more, LANES) == (4, 0, 5)
    monkeypatch.setattr("hotel.dashboard.selectors.chart.LANES", 1)
    group = drawn(house).groups[0]
    assert (len(group.lanes), group.more) == (1, 2)


def test_rooms_left_and_occupancy_follow_what_is_sold(house):
    room_assign(reservation=house.reserve(1, 1), room=house.rooms[0], actor=None)
    found = drawn(house, past=TODAY + 3 * DAY)
    assert [(group.room_type.code, group.free) for group in found.groups] == [
        ("DBL", [3, 2, 3]),
        ("SUI", [1, 1, 1]),
    ]
    assert [day.occupancy for day in found.days] == [0, 25, 0]
    assert found.room_count == 4


def test_sharers_stand_above_one_another(house):
    one = Occupancy(adults=1)
    first, second = house.reserve(0, 2, occupancy=one), house.reserve(1, 2, occupancy=one)
    room_share(reservation=first, others=[second], split="split", actor=None)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    row = drawn(house).groups[0].rows[0]
    assert [(bar.stay.pk, bar.is_shared, bar.mates) for bar in row.bars] == [
        (first.pk, True, 0),
        (second.pk, True, 1),
    ]


def test_a_day_use_is_a_bar_without_nights(house, monkeypatch):
    span = RackSpan(house.reserve(1, 1), TODAY + DAY, TODAY + DAY)
    monkeypatch.setattr(
        "hotel.dashboard.selectors.chart.rack",
        lambda *asked: [RackRow(house.rooms[2], [span]), RackRow(None)],
    )
    assert bars(house, "103") == [("confirmed", 1, 0, False, False)]


def test_a_suite_shows_in_its_parts_where_nobody_can_take_it(house):
    family = room_type_make(house.place, "FAM", kind="component", parts={house.double: 2}, max_occupancy=6)
    suite = room_make(house.place, family, "F2", parts=tuple(house.rooms[:2]))
    inventory_ready(house.place, TODAY, PAST)
    price_make(house.plan, family, "300")
    whole = house.reserve(0, 2, room_type=family)
    room_assign(reservation=whole, room=suite, actor=None)
    row = drawn(house).groups[0].rows[0]
    assert [(bar.stay.pk, bar.via, bar.is_movable) for bar in row.bars] == [(whole.pk, "F2", False)]


def test_a_full_chart_costs_the_queries_of_an_empty_one(house):
    few = queries_of(lambda: drawn(house))
    for room in house.rooms[:3]:
        room_assign(reservation=house.reserve(0, 2), room=room, actor=None)
        house.reserve(3, 1)
    many = queries_of(lambda: drawn(house))
    assert_constant(few, many)
    assert len(many) == 7


def test_rooms_that_are_not_asked_for_leave_with_their_type_and_its_lanes(house):
    house.reserve(0, 2)
    suite = house.rooms[3].room_type_id

    shown = drawn(house, wanted=ChartFilter(number="102"))
    assert [[row.room.number for row in group.rows] for group in shown.groups] == [["102"]]
    assert [len(group.lanes) for group in shown.groups] == [1]
    assert [len(group.free) for group in shown.groups] == [7]

    shown = drawn(house, wanted=ChartFilter(room_type=suite))
    assert [(group.room_type.pk, len(group.lanes)) for group in shown.groups] == [(suite, 0)]
    assert (shown.waiting, len(shown.types)) == (1, 2)


def test_who_is_to_leave_and_owes_is_told_where_it_is_asked_for(house):
    leaving, staying = house.reserve(0, 1), house.reserve(0, 2)
    for stay, room in ((leaving, 0), (staying, 1)):
        check_in(reservation=stay, actor=None, room=house.rooms[room])
        charge_make(Folio.objects.get(reservation=stay), 11)
    house.place.business_date += DAY

    def owing(**asked):
        rows = [row for group in drawn(house, **asked).groups for row in group.rows]
        return {row.room.number for row in rows for bar in row.bars if bar.is_owing}

    assert (owing(with_owing=True), owing()) == ({"101"}, set())
    assert len(queries_of(lambda: drawn(house, with_owing=True))) == len(queries_of(lambda: drawn(house))) + 2
    payment_make(house.place, 11, target=Folio.objects.get(reservation=leaving).windows.get())
    assert owing(with_owing=True) == set()
