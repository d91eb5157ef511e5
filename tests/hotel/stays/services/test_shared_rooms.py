"""Guests who share a room come, move and leave each on his own; the house counts one room and two people."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.invariants import invariants_verify
from hotel.core.models import OutboxMessage
from hotel.folios.models import Folio
from hotel.folios.selectors.balances import folio_balances
from hotel.properties.services.business_days import business_day_close
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.models import Reservation, ReservationNight, RoomAssignment
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import (
    PlanLine,
    PlanOutdated,
    gap_plan,
    plan_apply,
    room_assign,
    room_lock,
    room_unassign,
    rooms_assign_due,
)
from hotel.reservations.services.sharing import room_share, room_unshare
from hotel.rooms.models import Room
from hotel.rooms.services.status import room_status_set
from hotel.stays.models import DailyStatistic
from hotel.stays.selectors.house import house_figures
from hotel.stays.services.check_in import check_in, check_in_revert
from hotel.stays.services.check_out import check_out, check_out_reinstate
from hotel.stays.services.departures import early_departure
from hotel.stays.services.night_audit import night_audit_run
from hotel.stays.services.room_moves import room_move
from tests.cast import TODAY
from tests.factories.stays import bill_pay

ONE, DAY = Occupancy(adults=1), timedelta(days=1)


@pytest.fixture
def pair(house):
    """Nights 0–1 and 0–2, in halves, in 101."""
    first, second = house.reserve(0, 2, occupancy=ONE), house.reserve(0, 3, occupancy=ONE)
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    room_share(reservation=first, others=[second], split="split", actor=None)
    return first, second


@pytest.fixture
def staying(pair):
    for row in pair:
        check_in(reservation=row, actor=None)
    return pair


def rooms_of(row):
    rows = RoomAssignment.objects.filter(reservation=row, released_at=None).order_by("arrival")
    return [(a.room.number, (a.arrival - TODAY).days, (a.departure - TODAY).days) for a in rows]


def prices(row):
    rows = ReservationNight.objects.filter(reservation=row).order_by("night")
    return [(int(night.total.amount), night.holds_room) for night in rows]


def fresh(row):
    return Reservation.objects.get(pk=row.pk)


def status_of(number):
    return Room.objects.get(number=number).housekeeping_status


def balance(row):
    folio = Folio.objects.get(reservation=row)
    return folio_balances(folio.property_id, [folio.pk])[folio.pk]


def broken():
    return [(f.invariant.name, f.violations[:2]) for f in invariants_verify() if f.violations]


def refused(error, code, command, **given):
    before = list(Reservation.objects.order_by("pk").values()), list(RoomAssignment.objects.values())
    with pytest.raises(error) as found:
        command(actor=None, **given)
    assert found.value.code == code
    assert before == (
        list(Reservation.objects.order_by("pk").values()),
        list(RoomAssignment.objects.values()),
    )


def test_the_second_comes_into_the_room_of_the_first_though_it_is_not_clean(house, pair):
    check_in(reservation=pair[0], actor=None)
    room_status_set(room=house.rooms[0], status="dirty", user=None)

    check_in(reservation=pair[1], actor=None)

    assert [fresh(row).status for row in pair] == ["in_house", "in_house"]
    assert broken() == []
    stranger = house.reserve(0, 1)
    with pytest.raises(Conflict):
        room_assign(reservation=stranger, room=house.rooms[0], actor=None)


def test_the_day_counts_one_room_two_people_and_all_the_money(house, staying):
    figures = house_figures(fresh(staying[0]).property)
    assert (figures.counts.rooms_sold, figures.room_revenue) == (1, Money(100, "EUR"))

    night_audit_run(place=house.place)

    day = DailyStatistic.objects.get()
    assert (day.rooms_sold, day.persons, day.room_revenue) == (1, {"adult": 2}, Money(100, "EUR"))
    assert [balance(row) for row in staying] == [Money(50, "EUR"), Money(50, "EUR")]
    assert broken() == []


def test_who_leaves_first_leaves_the_room_as_it_is_and_the_last_leaves_it_dirty(house, staying, noon):
    for _ in range(2):
        night_audit_run(place=house.place)
        noon.shift(DAY)
    room_status_set(room=house.rooms[0], status="clean", user=None)
    first, second = (fresh(row) for row in staying)
    bill_pay(first)

    check_out(reservation=first, actor=None)

    assert status_of("101") == "clean"
    assert prices(second) == [(50, False), (50, False), (100, True)]
    assert broken() == []
    check_out_reinstate(reservation=first, actor=None)
    check_out(reservation=first, actor=None)
    night_audit_run(place=house.place)
    noon.shift(DAY)
    bill_pay(second)
    check_out(reservation=second, actor=None)
    assert status_of("101") == "dirty"
    assert DailyStatistic.objects.filter(rooms_sold=1).count() == 3
    assert broken() == []


def test_a_check_in_taken_back_leaves_the_room_to_the_other(staying):
    check_in_revert(reservation=staying[1], actor=None)

    assert status_of("101") == "clean"
    assert broken() == []


def test_who_leaves_early_hands_the_room_over_with_its_price(house, staying, noon):
    night_audit_run(place=house.place)
    noon.shift(DAY)

    early_departure(reservation=staying[0], actor=None)

    assert prices(staying[0]) == [(50, True)]
    assert prices(staying[1]) == [(50, False), (100, True), (100, True)]
    assert house.counted("sold", days=3) == [1, 1, 0]
    assert broken() == []


def test_a_night_that_is_on_the_bill_keeps_its_price(house, staying):
    early_departure(reservation=staying[0], actor=None)  # tonight is charged now

    assert prices(staying[0]) == [(50, True)]
    assert prices(staying[1]) == [(50, False), (100, True), (100, True)]
    room_share(reservation=fresh(staying[1]), others=[fresh(staying[0])], split="full", actor=None)
    assert prices(staying[0]) == [(50, True)]
    assert prices(staying[1]) == [(100, False), (100, True), (100, True)]
    night_audit_run(place=house.place)
    assert DailyStatistic.objects.get().room_revenue == Money(150, "EUR")
    assert broken() == []


def test_who_came_and_left_today_still_counts_tonight(house, staying):
    first, second = staying
    early_departure(reservation=first, actor=None)
    bill_pay(first)
    check_out(reservation=fresh(first), actor=None)

    reservation_amend(reservation=fresh(second), amendment=Amendment(departure=TODAY + 4 * DAY), actor=None)

    assert house.counted("sold", days=5) == [1, 1, 1, 1, 0]
    assert prices(second) == [(50, False), (100, True), (100, True), (100, True)]
    assert broken() == []
    night_audit_run(place=house.place)
    day = DailyStatistic.objects.get()
    assert (day.rooms_sold, day.room_revenue) == (1, Money(100, "EUR"))
    assert broken() == []


def test_who_leaves_today_keeps_the_room_until_then_though_others_change(house, staying, noon):
    third = house.reserve(2, 2, occupancy=ONE)
    room_share(reservation=staying[1], others=[third], split="split", actor=None)
    for _ in range(2):
        night_audit_run(place=house.place)
        noon.shift(DAY)

    reservation_amend(reservation=third, amendment=Amendment(departure=TODAY + 5 * DAY), actor=None)

    assert fresh(staying[0]).share_id == fresh(third).share_id is not None
    check_in(reservation=third, actor=None)
    assert prices(third) == [(50, False), (100, True), (100, True)]
    assert broken() == []


def test_all_move_to_another_room_together(house, staying, noon):
    night_audit_run(place=house.place)
    noon.shift(DAY)

    room_move(reservation=staying[1], room=house.rooms[1], actor=None)

    assert [rooms_of(row) for row in staying] == [
        [("101", 0, 1), ("102", 1, 2)],
        [("101", 0, 1), ("102", 1, 3)],
    ]
    assert status_of("101") == "dirty"
    assert house.counted("sold", days=3) == [1, 1, 0]  # from the second day on
    assert broken() == []
    refused(RuleBroken, "room_shared", room_move, reservation=fresh(staying[0]), room=house.rooms[3])


def test_who_moves_alone_has_a_room_of_his_own_from_tonight_on(house, staying, noon):
    night_audit_run(place=house.place)
    noon.shift(DAY)
    room_status_set(room=house.rooms[0], status="clean", user=None)

    room_move(reservation=staying[1], room=house.rooms[1], actor=None, is_alone=True)

    assert [rooms_of(row) for row in staying] == [[("101", 0, 2)], [("101", 0, 1), ("102", 1, 3)]]
    assert prices(staying[0]) == [(50, True), (100, True)]
    assert prices(staying[1]) == [(50, False), (100, True), (100, True)]
    assert status_of("101") == "clean"
    assert house.counted("sold", days=3) == [2, 1, 0]
    assert [fresh(row).share for row in staying] == [None, None]
    assert broken() == []
    night_audit_run(place=house.place)
    assert [day.rooms_sold for day in DailyStatistic.objects.order_by("business_date")] == [1, 2]


def test_who_moves_alone_to_another_type_sells_it(house, staying):
    room_move(reservation=staying[0], room=house.rooms[3], actor=None, is_alone=True, rate="new")

    assert prices(staying[0]) == [(250, True), (250, True)]
    assert (house.counted("sold", days=3), house.counted("sold", house.suite, days=3)) == (
        [1, 1, 1],
        [1, 1, 0],
    )
    assert broken() == []


def test_guests_in_the_room_together_do_not_part_without_another_room(house, staying):
    refused(Conflict, "guests_together", room_unshare, reservation=staying[0])


def test_a_guest_in_house_keeps_the_room_when_one_who_is_to_come_parts(house, pair):
    check_in(reservation=pair[0], actor=None)

    room_unshare(reservation=pair[0], actor=None)

    assert [rooms_of(row) for row in pair] == [[("101", 0, 2)], []]
    assert broken() == []


def test_a_friend_joins_a_guest_in_house_for_the_nights_to_come(house, noon):
    here = house.reserve(0, 3, occupancy=ONE)
    check_in(reservation=here, actor=None, room=house.rooms[0])
    business_day_close(place=house.place)
    noon.shift(DAY)
    friend = house.reserve(0, 1, occupancy=ONE)

    room_share(reservation=fresh(here), others=[friend], split="split", actor=None)
    check_in(reservation=friend, actor=None)

    assert prices(here) == [(100, True), (50, True), (100, True)]
    assert prices(friend) == [(50, False)]
    assert rooms_of(friend) == [("101", 1, 2)]
    refused(RuleBroken, "room_shared", room_assign, reservation=house_other(house, here), room=house.rooms[1])


def house_other(house, here):
    """One more who shares the room and has not come."""
    other = house.reserve(1, 1, occupancy=ONE)
    room_share(reservation=fresh(here), others=[other], split="split", actor=None)
    return other


def test_rooms_are_given_and_taken_for_all_who_share_one(house):
    first, second = house.reserve(1, 2, occupancy=ONE), house.reserve(2, 2, occupancy=ONE)
    room_share(reservation=first, others=[second], split="full", actor=None)

    room_assign(reservation=second, room=house.rooms[1], actor=None)
    assert [rooms_of(row) for row in (first, second)] == [[("102", 1, 3)], [("102", 2, 4)]]
    room_assign(reservation=first, room=house.rooms[0], actor=None)
    assert [rooms_of(row) for row in (first, second)] == [[("101", 1, 3)], [("101", 2, 4)]]
    assert broken() == []
    refused(RuleBroken, "room_shared", room_assign, reservation=first, room=house.rooms[3], is_upgrade=True)
    room_unassign(reservation=first, actor=None)
    assert [rooms_of(row) for row in (first, second)] == [[], []]
    with pytest.raises(RuleBroken):
        gap_plan(reservation=fresh(first))


def test_the_house_gives_one_room_to_all_who_share_it(house):
    first, second = house.reserve(0, 2, occupancy=ONE), house.reserve(1, 2, occupancy=ONE)
    other = house.reserve(0, 3)
    room_share(reservation=first, others=[second], split="full", actor=None)

    plan = rooms_assign_due(place=house.place)

    assert plan.unplaced == ()
    (one,), (two,) = rooms_of(first), rooms_of(second)
    assert (one[1:], two[1:]) == ((0, 2), (1, 3))
    assert one[0] == two[0] != rooms_of(other)[0][0]
    assert broken() == []
    reservation_amend(reservation=fresh(second), amendment=Amendment(departure=TODAY + 4 * DAY), actor=None)
    assert rooms_of(second) == [(one[0], 1, 4)]
    assert broken() == []


def test_guests_in_house_in_different_rooms_do_not_share_until_one_has_moved(house):
    pair = [house.reserve(0, 2, occupancy=ONE) for _ in "12"]
    for row, room in zip(pair, house.rooms, strict=False):
        check_in(reservation=row, room=room, actor=None)

    refused(Conflict, "rooms_differ", room_share, reservation=pair[0], others=[pair[1]], split="split")


def test_who_shares_with_a_guest_in_house_is_not_given_another_room(house, pair):
    check_in(reservation=pair[0], actor=None)

    refused(RuleBroken, "room_shared", room_assign, reservation=fresh(pair[1]), room=house.rooms[1])

    assert [rooms_of(row) for row in pair] == [[("101", 0, 2)], [("101", 0, 3)]]


def test_a_shared_room_is_not_upgraded(house, pair):
    refused(
        RuleBroken, "room_shared", room_assign, reservation=pair[0], room=house.rooms[-1], is_upgrade=True
    )


def test_a_locked_stay_keeps_the_room_for_all_who_share_it(house, pair):
    room_lock(reservation=pair[1], actor=None)

    refused(Conflict, "room_locked", room_assign, reservation=pair[0], room=house.rooms[1])
    refused(Conflict, "room_locked", room_unassign, reservation=pair[0])


def test_a_plan_that_parts_those_who_share_is_refused_whole(house, pair):
    line = PlanLine(
        reservation_id=pair[0].pk,
        room_id=house.rooms[1].pk,
        arrival=pair[0].arrival,
        departure=pair[0].departure,
    )
    refused(PlanOutdated, "plan_outdated", plan_apply, place=house.place, lines=[line])


def test_one_who_is_still_to_come_finds_his_room_where_the_guest_in_house_moved(house, pair, noon):
    check_in(reservation=pair[0], actor=None)

    OutboxMessage.objects.all().delete()

    room_move(reservation=fresh(pair[0]), room=house.rooms[1], actor=None)

    assert rooms_of(pair[0])[-1][0] == "102"
    assert rooms_of(pair[1]) == [("102", 0, 3)]
    told = set(OutboxMessage.objects.values_list("topic", "aggregate"))
    assert told >= {("RoomMoved", f"reservation:{pair[0].pk}"), ("RoomAssigned", f"reservation:{pair[1].pk}")}
    assert broken() == []
