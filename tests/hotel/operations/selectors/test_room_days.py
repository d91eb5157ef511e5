"""Rooms on the business date, as the rules of the day read them."""

from datetime import time, timedelta

from hotel.operations.domain.day import Presence
from hotel.operations.selectors.room_days import day_rules, house_today, rooms_of_stay, tasks_of_day
from hotel.operations.services.room_days import room_days_settle
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import RoomAssignment
from hotel.reservations.services.assignment import room_assign
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.room_moves import room_move
from tests.cast import TODAY
from tests.factories.operations import rule_set
from tests.factories.rates import price_make, rate_plan_make
from tests.factories.reservations import house_make
from tests.factories.stays import bill_pay
from tests.hotel.operations.conftest import guest_in, morning

DAY = timedelta(days=1)


def seen(house, rooms=None):
    """Room number to who has it, had it or gets it."""
    house.place.refresh_from_db()
    numbers = {room.pk: room.number for room in house.rooms}
    found = house_today(house.place, rooms, [])
    return {
        numbers[pk]: [(one.presence, one.reservation_id, one.is_moved_in) for one in room.guests]
        for pk, room in found.rooms.items()
        if room.guests
    }


def test_who_stays_leaves_has_left_and_comes(house):
    stays, leaves, left = guest_in(house, 0, 3), guest_in(house, 1, 1), guest_in(house, 2, 1)
    comes = house.reserve(1, 1)
    room_assign(reservation=comes, room=house.rooms[3], actor=None)
    business_day_close(place=house.place)
    bill_pay(left)
    check_out(reservation=left, actor=None)
    assert seen(house) == {
        "101": [(Presence.STAYS, stays.pk, False)],
        "102": [(Presence.LEAVES, leaves.pk, False)],
        "103": [(Presence.LEFT, left.pk, False)],
        "104": [(Presence.ARRIVES, comes.pk, False)],
    }
    assert seen(house, [house.rooms[2].pk]) == {"103": [(Presence.LEFT, left.pk, False)]}


def test_who_moved_is_known_in_both_rooms(house):
    stay = guest_in(house, 0, 3)
    business_day_close(place=house.place)
    room_move(reservation=stay, room=house.rooms[1], actor=None)
    assert seen(house, [house.rooms[1].pk]) == {"102": [(Presence.STAYS, stay.pk, True)]}
    assert seen(house) == {"101": [(Presence.LEFT, stay.pk, False)], "102": [(Presence.STAYS, stay.pk, True)]}
    assert rooms_of_stay(stay.pk) == {house.rooms[0].pk, house.rooms[1].pk}


def test_on_the_day_of_a_planned_move_he_leaves_the_old_room_and_is_waited_for_in_the_new_one(house):
    stay = house.reserve(0, 3)
    room_assign(reservation=stay, room=house.rooms[0], actor=None, last=TODAY + DAY)
    room_assign(reservation=stay, room=house.rooms[1], actor=None, first=TODAY + DAY)
    check_in(reservation=stay, actor=None)
    assert seen(house) == {"101": [(Presence.STAYS, stay.pk, False)]}
    business_day_close(place=house.place)
    assert RoomAssignment.objects.filter(released_at=None).count() == 2
    assert seen(house) == {
        "101": [(Presence.LEAVES, stay.pk, False)], "102": [(Presence.ARRIVES, stay.pk, False)],
    }  # fmt: skip


def test_a_day_guest_leaves_when_his_time_is_over(cast, noon):
    house = house_make(cast.alpha, day_use_limit=2)
    plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    stay = house.reserve(0, 0, day_use=(time(10), time(18)), rate_plan=plan)
    check_in(reservation=stay, actor=None, room=house.rooms[0])
    found = house_today(house.place, None, [])
    (guest,) = found.rooms[house.rooms[0].pk].guests
    assert (guest.presence, guest.at.isoformat()) == (Presence.LEAVES, "2027-03-14T17:00:00+00:00")
    assert found.room_of == {stay.pk: house.rooms[0].pk}


def test_the_rules_are_the_settings_of_the_day(house):
    rules = day_rules(house.place)
    assert (rules.day, rules.stayover_nights, rules.linen_nights, rules.checks_arrivals, rules.minutes_per_credit) == (
        TODAY, 1, 3, True, 30,
    )  # fmt: skip
    assert rules.ready_at.isoformat() == "2027-03-14T14:00:00+00:00"
    rule_set(house.place, "operations.arrival_check", "no")
    assert not day_rules(house.place).checks_arrivals


def test_the_tasks_of_the_day_and_what_is_left_of_earlier_ones(house, django_assert_num_queries):
    guest_in(house, 0, 4)
    morning(house, 0)
    room_days_settle(property_id=house.place.pk)
    assert len(tasks_of_day(house.place, None)) == 1
    business_day_close(place=house.place)
    house.place.refresh_from_db()
    assert len(tasks_of_day(house.place, [house.rooms[0].pk])) == 1
    assert len(tasks_of_day(house.place, [house.rooms[1].pk])) == 0
    tasks = list(tasks_of_day(house.place, None))
    with django_assert_num_queries(3):
        house_today(house.place, None, tasks)
