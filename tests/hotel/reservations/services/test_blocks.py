from dataclasses import replace
from datetime import timedelta

import pytest
from auditlog.context import set_actor
from auditlog.models import LogEntry
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken, VersionConflict
from hotel.reservations.choices import BlockControl, BlockStatus, ReservationStatus
from hotel.reservations.models import BlockNight, GroupBlock, Reservation
from hotel.reservations.services.block_grid import BlockFullyBooked
from hotel.reservations.services.blocks import (
    BlockData,
    GridRow,
    block_create,
    block_cut_off,
    block_grid_change,
    block_status_change,
    blocks_cut_off_due,
)
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.pick_up import (
    RoomingListRefused,
    RoomingRow,
    block_pick_up,
    rooming_list_check,
    rooming_list_pick_up,
)
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import TODAY
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def block_data(house, rooms=3, **over):
    start = TODAY + DAY
    row = GridRow(
        room_type=house.double, start=start, end=start + 2 * DAY, rooms=rooms, price=Money(80, "EUR")
    )
    values = {
        "code": "WED27", "name": "Wedding", "arrival": start, "departure": start + 2 * DAY, "rate_plan": house.plan,
        "rows": (row,), "status": BlockStatus.DEFINITE,
    }  # fmt: skip
    return BlockData(**{**values, **over})


def pick(house, block, nights=2, **over):
    data = BookingData(reservations=(house.stay(nights=nights, **over),))
    return block_pick_up(block=block, data=data, actor=None).reservations[0]


def grid(block):
    return list(
        BlockNight.objects.filter(block=block)
        .order_by("night")
        .values_list("contracted", "current", "picked_up")
    )


def test_a_definite_block_takes_its_rooms_from_the_house(house):
    block = block_create(place=house.place, data=block_data(house))

    assert grid(block) == [(3, 3, 0), (3, 3, 0)]
    assert house.counted("blocked", days=4) == [0, 3, 3, 0]
    assert house.house_counted("blocked", days=4) == [0, 3, 3, 0]


@pytest.mark.parametrize(
    ("case", "over"),
    [
        ("an inquiry", {"status": BlockStatus.INQUIRY}),
        ("a sell limit", {"control": BlockControl.SELL_LIMIT}),
    ],
)
def test_what_does_not_deduct_takes_nothing(house, case, over):
    block_create(place=house.place, data=block_data(house, **over))

    assert house.counted("blocked", days=4) == [0, 0, 0, 0]


def test_a_block_larger_than_the_house_is_refused_whole(house):
    with pytest.raises(RoomTypeSoldOut):
        block_create(place=house.place, data=block_data(house, rooms=5))

    assert GroupBlock.objects.count() == 0
    assert house.counted("blocked", days=4) == [0, 0, 0, 0]


def test_a_code_is_used_once(house):
    block_create(place=house.place, data=block_data(house, rooms=1))

    with pytest.raises(Conflict) as refused:
        block_create(place=house.place, data=block_data(house, rooms=1))

    assert refused.value.code == "block_code_taken"
    assert house.counted("blocked", days=3) == [0, 1, 1]


def test_a_pick_up_moves_one_room_from_blocked_to_sold_at_the_groups_price(house):
    block = block_create(place=house.place, data=block_data(house))

    made = pick(house, block)

    assert made.block_id == block.pk
    assert [n.room_gross for n in made.nights.order_by("night")] == [Money(80, "EUR")] * 2
    assert grid(block) == [(3, 3, 1), (3, 3, 1)]
    assert house.counted("blocked", days=4) == [0, 2, 2, 0]
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert made.booking.group_name == "Wedding"


def test_a_non_elastic_block_ends_with_its_rooms(house):
    block = block_create(place=house.place, data=block_data(house, rooms=1))
    pick(house, block)

    with pytest.raises(BlockFullyBooked) as refused:
        pick(house, block)

    assert refused.value.extra == {"block": block.pk, "night": "2027-03-15"}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert Reservation.objects.count() == 1


def test_an_elastic_block_goes_on_from_the_house_until_that_is_full(house):
    block = block_create(place=house.place, data=block_data(house, rooms=1, control=BlockControl.ELASTIC))

    for _ in range(4):
        pick(house, block)
    with pytest.raises(RoomTypeSoldOut):
        pick(house, block)

    assert grid(block) == [(1, 1, 4), (1, 1, 4)]
    assert house.counted("blocked", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", days=4) == [0, 4, 4, 0]


def test_shoulder_nights_come_from_the_house_at_the_plans_price(house):
    block = block_create(place=house.place, data=block_data(house, rooms=1, shoulder_days=1))

    made = pick(house, block, nights=3)

    assert [n.room_gross.amount for n in made.nights.order_by("night")] == [80, 80, 100]
    assert house.counted("blocked", days=5) == [0, 0, 0, 0, 0]
    assert house.counted("sold", days=5) == [0, 1, 1, 1, 0]


def test_a_night_beyond_the_shoulder_is_refused(house):
    block = block_create(place=house.place, data=block_data(house, rooms=1))

    with pytest.raises(BlockFullyBooked):
        pick(house, block, nights=3)

    assert house.counted("blocked", days=4) == [0, 1, 1, 0]


def test_a_cancelled_pick_up_goes_back_to_the_block_before_the_cut_off(house):
    block = block_create(place=house.place, data=block_data(house))
    made = pick(house, block)

    reservation_cancel(reservation=made, actor=None)

    assert grid(block) == [(3, 3, 0), (3, 3, 0)]
    assert house.counted("blocked", days=4) == [0, 3, 3, 0]
    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_and_to_the_house_after_it(house):
    block = block_create(place=house.place, data=block_data(house))
    made = pick(house, block)
    block_cut_off(block=block)

    reservation_cancel(reservation=made, actor=None)

    assert house.counted("blocked", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_reinstating_takes_the_blocks_room_again(house):
    block = block_create(place=house.place, data=block_data(house))
    made = pick(house, block)
    reservation_cancel(reservation=made, actor=None)

    result = reservation_reinstate(reservation=made, actor=None)

    assert result.reservation.status == ReservationStatus.CONFIRMED
    assert grid(block) == [(3, 3, 1), (3, 3, 1)]
    assert house.counted("blocked", days=4) == [0, 2, 2, 0]
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_a_wash_gives_rooms_back_and_keeps_the_contract(house):
    block = block_create(place=house.place, data=block_data(house))
    row = replace(block_data(house).rows[0], rooms=1, price=None)

    washed = block_grid_change(block=block, rows=[row], expected_version=1)

    assert washed.version == 2
    assert grid(block) == [(3, 1, 0), (3, 1, 0)]
    assert house.counted("blocked", days=4) == [0, 1, 1, 0]
    assert BlockNight.objects.filter(block=block).first().price == Money(80, "EUR")


def test_the_audit_of_a_block_notes_each_cell_that_changed(house, cast):
    block = block_create(place=house.place, data=block_data(house))
    first = replace(block_data(house).rows[0], end=TODAY + 2 * DAY, rooms=1, price=None)
    kept = replace(first, start=TODAY + 2 * DAY, end=TODAY + 3 * DAY, rooms=3)

    with set_actor(cast.bo):
        block_grid_change(block=block, rows=[first, kept])

    noted = LogEntry.objects.get_for_object(block).exclude(changes__has_key="version").order_by("-pk")[0]
    assert noted.actor == cast.bo
    assert noted.changes == {
        "DBL 2027-03-15": ["3 of 3 rooms at €80.00", "1 of 3 rooms at €80.00"],
    }


def test_a_wash_below_what_is_picked_up_is_refused(house):
    block = block_create(place=house.place, data=block_data(house))
    pick(house, block)
    pick(house, block)

    with pytest.raises(RuleBroken) as refused:
        block_grid_change(block=block, rows=[replace(block_data(house).rows[0], rooms=1)])

    assert refused.value.code == "block_below_picked_up"
    assert grid(block) == [(3, 3, 2), (3, 3, 2)]


def test_a_stale_version_changes_nothing(house):
    block = block_create(place=house.place, data=block_data(house))
    block_cut_off(block=block)

    with pytest.raises(VersionConflict):
        block_grid_change(block=block, rows=block_data(house).rows, expected_version=1)


def test_the_cut_off_gives_back_what_is_not_picked_up_once(house):
    block = block_create(place=house.place, data=block_data(house))
    pick(house, block)

    first = block_cut_off(block=block)
    second = block_cut_off(block=block)

    assert (first.version, second.version) == (3, 3), "made, picked up, cut off once"
    assert house.counted("blocked", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_after_the_cut_off_the_group_books_from_the_house(house):
    block = block_create(place=house.place, data=block_data(house, rooms=1))
    block_cut_off(block=block)

    for _ in range(2):
        pick(house, block)

    assert house.counted("sold", days=4) == [0, 2, 2, 0]


def test_due_blocks_are_cut_off_by_the_business_date(house):
    due = block_create(place=house.place, data=block_data(house, rooms=1, cutoff_on=TODAY))
    later = block_create(place=house.place, data=block_data(house, rooms=1, code="L", cutoff_on=TODAY + DAY))

    assert blocks_cut_off_due(place=house.place) == 1
    assert blocks_cut_off_due(place=house.place) == 0

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.cut_off_at is None, later.cut_off_at is None) == (False, True)
    assert house.counted("blocked", days=3) == [0, 1, 1]


def test_status_changes_take_and_give_back(house):
    block = block_create(place=house.place, data=block_data(house, status=BlockStatus.INQUIRY))

    block_status_change(block=block, status=BlockStatus.TENTATIVE)
    assert house.counted("blocked", days=3) == [0, 3, 3]

    block_status_change(block=block, status=BlockStatus.LOST, reason="Too dear")
    block.refresh_from_db()
    assert (block.status, block.lost_reason) == ("lost", "Too dear")
    assert house.counted("blocked", days=3) == [0, 0, 0]


def test_a_status_that_cannot_follow_is_refused_with_those_that_can(house):
    block = block_create(place=house.place, data=block_data(house))

    with pytest.raises(Conflict) as refused:
        block_status_change(block=block, status=BlockStatus.INQUIRY)

    assert refused.value.extra == {"allowed": ["cancelled"]}


def test_a_picked_up_block_cannot_be_cancelled(house):
    block = block_create(place=house.place, data=block_data(house))
    pick(house, block)

    with pytest.raises(Conflict) as refused:
        block_status_change(block=block, status=BlockStatus.CANCELLED)

    assert refused.value.code == "block_picked_up"
    assert house.counted("blocked", days=3) == [0, 2, 2]


def rooming(line, name, room_type="DBL", nights=2, **over):
    start = TODAY + DAY
    return RoomingRow(line, "Ann", name, room_type, start, start + nights * DAY, **over)


def test_a_rooming_list_is_picked_up_whole(house):
    block = block_create(place=house.place, data=block_data(house))

    made = rooming_list_pick_up(block=block, rows=[rooming(1, "A"), rooming(2, "B", adults=2)], actor=None)

    assert [(row.primary_guest.last_name, row.adults) for row in made] == [("A", 1), ("B", 2)]
    assert grid(block) == [(3, 3, 2), (3, 3, 2)]


def test_one_bad_line_refuses_the_whole_list_and_tells_each_error(house):
    block = block_create(place=house.place, data=block_data(house, rooms=1))
    rows = [rooming(1, "A"), rooming(2, "B", "XXL"), rooming(3, "C")]

    with pytest.raises(RoomingListRefused) as refused:
        rooming_list_pick_up(block=block, rows=rows, actor=None)

    assert [(e["line"], e["code"]) for e in refused.value.extra["errors"]] == [
        (2, "room_type_unknown"),
        (3, "block_fully_booked"),
    ]
    assert Reservation.objects.count() == 0
    assert grid(block) == [(1, 1, 0), (1, 1, 0)]


def test_a_dry_run_keeps_nothing(house):
    block = block_create(place=house.place, data=block_data(house))

    assert rooming_list_check(block=block, rows=[rooming(1, "A")], actor=None) == []
    assert [e.code for e in rooming_list_check(block=block, rows=[rooming(1, "A", "XXL")], actor=None)] == [
        "room_type_unknown"
    ]
    assert Reservation.objects.count() == 0
    assert house.counted("sold", days=3) == [0, 0, 0]


def test_rows_outside_the_dates_are_refused(house):
    row = replace(block_data(house).rows[0], end=TODAY + 9 * DAY)

    with pytest.raises(InvalidInput):
        block_create(place=house.place, data=block_data(house, rows=(row,)))


def _row(house, **over):
    start = TODAY + DAY
    values = {"room_type": house.double, "start": start, "end": start + 2 * DAY, "rooms": 1, "price": None}
    return {"rows": (GridRow(**{**values, **over}),)}


@pytest.mark.parametrize(
    ("over", "code"),
    [
        (lambda house, away: {"rate_plan": away.plan}, "other_property"),
        (lambda house, away: _row(house, room_type=away.double), "other_property"),
        (lambda house, away: {"rows": ()}, "block_empty"),
        (lambda house, away: {"departure": TODAY + DAY}, "dates_invalid"),
        (lambda house, away: {"arrival": TODAY - DAY}, "arrival_in_past"),
        (lambda house, away: {"cutoff_on": TODAY + 9 * DAY}, "dates_invalid"),
        (lambda house, away: _row(house, start=TODAY), "dates_invalid"),
        (lambda house, away: _row(house, end=TODAY + DAY), "dates_invalid"),
        (lambda house, away: _row(house, rooms=-1), "quantity_invalid"),
        (lambda house, away: _row(house, price=Money(80, "JPY")), "currency_mismatch"),
        (lambda house, away: _row(house, price=Money(-1, "EUR")), "currency_mismatch"),
    ],
)
def test_a_block_that_makes_no_sense_is_refused_whole(house, cast, over, code):
    away = house_make(cast.beta)

    with pytest.raises(InvalidInput) as refused:
        block_create(place=house.place, data=block_data(house, **over(house, away)))

    assert refused.value.code == code
    assert not GroupBlock.objects.exists()
    assert house.counted("blocked", days=4) == [0, 0, 0, 0]


def test_an_inquiry_again_has_no_cut_off_any_more(house):
    block = block_create(place=house.place, data=block_data(house, status=BlockStatus.TENTATIVE))
    lost = block_status_change(block=block, status=BlockStatus.LOST, reason="Date")
    GroupBlock.objects.filter(pk=block.pk).update(cut_off_at=block.created_at)

    again = block_status_change(block=lost, status=BlockStatus.INQUIRY)

    assert (again.status, again.cut_off_at, again.lost_reason) == (BlockStatus.INQUIRY, None, "")
    assert house.counted("blocked", days=4) == [0, 0, 0, 0]
