"""What a tier promises becomes work of the house."""

from datetime import time, timedelta

import pytest

from hotel.contracts.stays import LateCheckOutAgreed
from hotel.reservations.models import Reservation, ReservationNote
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.details import note_done
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from loyalty.services.honours import arrivals_honour
from loyalty.services.tiers import tier_grant
from tests.cast import TODAY, make_cast
from tests.factories.loyalty import loyalty_member_make, loyalty_tier_make
from tests.factories.reservations import house_make
from tests.loyalty.services.unchanged import told
from tests.together import together

DAY = timedelta(days=1)
ALL = {
    "late_check_out": "15:00", "early_check_in": "11:00", "upgrade": "next_category", "breakfast": True,
    "amenities": ["fruit"],
}  # fmt: skip


def member_of(place, **benefits):
    """Of a tier with these benefits."""
    member = loyalty_member_make(place)
    tier = loyalty_tier_make(place, benefits=benefits)
    return tier_grant(member=member, tier=tier, until=None, reason="Chief", actor=None)


def tasks(stay):
    rows = ReservationNote.objects.filter(reservation=stay, kind="trace").order_by("pk")
    return list(rows.values_list("department", "text", "due_on"))


def etd(stay):
    return Reservation.objects.get(pk=stay.pk).etd


def test_departments_have_their_tasks_once_also_when_they_are_done(cast):
    house = house_make(cast.alpha)
    stay = house.reserve(0, 2, primary_guest=member_of(cast.alpha, **ALL).guest)
    other = house.reserve(0, 1)  # of nobody who is a member

    assert arrivals_honour(place=cast.alpha) == 4
    assert tasks(stay) == [
        ("housekeeping", "Silver: check-in from 11:00", TODAY),
        ("front desk", "Silver: upgrade to the next category when there is one", TODAY),
        ("restaurant", "Silver: breakfast included", TODAY),
        ("housekeeping", "Silver: in the room: fruit", TODAY),
    ]
    note_done(note=stay.notes.first(), actor=cast.bo)
    assert arrivals_honour(place=cast.alpha) == 0
    assert (len(tasks(stay)), tasks(other), etd(stay)) == (4, [], None)


def test_without_a_programme_or_a_benefit_there_is_nothing_to_do(cast):
    house = house_make(cast.alpha)
    house.reserve(0, 2)
    assert arrivals_honour(place=cast.alpha) == 0
    house.reserve(0, 2, primary_guest=loyalty_member_make(cast.alpha).guest)
    assert arrivals_honour(place=cast.alpha) == 0
    assert not ReservationNote.objects.exists()


def come(house, member, nights=2):
    stay = house.reserve(0, nights, primary_guest=member.guest)
    return check_in(reservation=stay, actor=None, room=house.rooms[0]).reservation


def test_who_came_keeps_his_room_longer(cast):
    house = house_make(cast.alpha)
    stay = come(house, member_of(cast.alpha, late_check_out="15:00"))
    assert arrivals_honour(place=cast.alpha) == 0
    assert etd(stay) == time(15)
    assert [fact["until"] for fact in told(LateCheckOutAgreed)] == ["15:00"]
    arrivals_honour(place=cast.alpha)
    assert len(told(LateCheckOutAgreed)) == 1


@pytest.mark.parametrize("hour", ["10:00", "11:00"])
def test_an_hour_that_everybody_has_is_no_later_check_out(cast, hour):
    house = house_make(cast.alpha)
    assert house.place.check_out_time == time(11)
    stay = come(house, member_of(cast.alpha, late_check_out=hour))
    assert (arrivals_honour(place=cast.alpha), etd(stay), tasks(stay)) == (0, None, [])


def test_what_the_desk_agreed_stays(cast):
    house = house_make(cast.alpha)
    stay = come(house, member_of(cast.alpha, late_check_out="15:00"))
    Reservation.objects.filter(pk=stay.pk).update(etd=time(8))
    arrivals_honour(place=cast.alpha)
    assert etd(stay) == time(8)


def test_a_room_promised_to_the_next_guest_is_a_task_for_the_desk(cast):
    house = house_make(cast.alpha)
    follower = house.reserve(2, 1)
    room_assign(reservation=follower, room=house.rooms[0], actor=None)
    stay = come(house, member_of(cast.alpha, late_check_out="18:00"))

    assert arrivals_honour(place=cast.alpha) == 1

    [(department, text, due_on)] = tasks(stay)
    assert (department, due_on, etd(stay)) == ("front desk", TODAY + 2 * DAY, None)
    assert text.startswith("Silver: check-out until 18:00 is promised. Room ")
    assert arrivals_honour(place=cast.alpha) == 0
    assert told(LateCheckOutAgreed) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_each_task_once():
    alpha = make_cast().alpha
    stay = house_make(alpha).reserve(0, 2, primary_guest=member_of(alpha, **ALL).guest)
    found = together(*[lambda: arrivals_honour(place=alpha)] * 4)
    assert (sorted(found), len(tasks(stay))) == ([0, 0, 0, 4], 4)


def test_the_facts_of_the_day_lead_to_it(cast, drain):
    house = house_make(cast.alpha)
    member = member_of(cast.alpha, breakfast=True)
    tomorrow = house.reserve(1, 1, primary_guest=member.guest)
    drain()
    assert tasks(tomorrow) == []
    today = house.reserve(0, 1, primary_guest=member.guest)
    drain()
    assert len(tasks(today)) == 1
    assert tasks(tomorrow) == []
    Reservation.objects.filter(pk=today.pk).update(status="cancelled")
    night_audit_run(place=cast.alpha)
    drain()
    assert len(tasks(tomorrow)) == 1


def test_a_walk_in_is_honoured_at_check_in(cast, drain):
    house = house_make(cast.alpha)
    member = member_of(cast.alpha, late_check_out="15:00")
    drain()
    stay = come(house, member)
    drain()
    assert etd(stay) == time(15)
