"""What each step of the night audit does by itself, and how often."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.folios.models import Posting
from hotel.reservations.models import Reservation
from hotel.rooms.models import Room, RoomStatusChange
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.services import audit_steps
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.queries import assert_constant, queries_of
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make, room_type_make


@pytest.fixture
def audit(house):
    return NightAudit.objects.create(property=house.place, business_date=TODAY)


def audit_of(place):
    return NightAudit(property=place, business_date=TODAY)


def guests(house, count):
    for n in range(count):
        check_in(reservation=house.reserve(0, 1), actor=None, room=house.rooms[n])


def test_the_steps_have_their_work_in_order():
    assert list(audit_steps.WORK) == [
        "no_shows", "nights", "fixed_charges", "allowances", "rooms", "statistics", "proof", "roll",
    ]  # fmt: skip


def test_who_did_not_come_is_marked_once(house, audit):
    row = house.reserve(0, 1)
    house.reserve(1, 1)
    assert audit_steps.no_shows(audit) == {"no_shows": 1}
    assert audit_steps.no_shows(audit) == {"no_shows": 0}
    assert list(Reservation.objects.filter(status="no_show")) == [row]


def test_nights_and_fixed_charges_are_posted_once(house, audit):
    guests(house, 2)
    assert audit_steps.nights(audit) == {"stays": 2, "postings": 2}
    assert audit_steps.nights(audit) == {"stays": 2, "postings": 0}
    assert audit_steps.fixed_charges(audit) == {"postings": 0}
    assert Posting.objects.count() == 2


def test_rooms_that_are_slept_in_are_dirty_with_the_parts_of_suites(house, audit):
    suite_type = room_type_make(house.place, "FAM", kind="component", parts={house.double: 2})
    suite = room_make(house.place, suite_type, "190", parts=(house.rooms[0], house.rooms[1]))
    guests(house, 0)
    row = house.reserve(0, 1)
    check_in(reservation=row, actor=None, room=house.rooms[2])
    row.assignments.filter(released_at=None).update(room=suite)
    assert audit_steps.rooms(audit) == {"rooms": 1}
    dirty = Room.objects.filter(housekeeping_status="dirty").order_by("number")
    assert [room.number for room in dirty] == ["101", "102", "190"]
    assert set(RoomStatusChange.objects.values_list("source", flat=True)) == {"stay"}


def test_figures_are_taken_again_while_the_day_is_open(house, audit):
    audit_steps.statistics(audit)
    guests(house, 1)
    assert audit_steps.statistics(audit) == {"rooms_sold": 1, "rooms_available": 4}
    assert DailyStatistic.objects.get().arrivals == 1


def test_the_proof_names_each_claim_with_both_figures(house, audit):
    guests(house, 1)
    audit_steps.statistics(audit)
    with pytest.raises(audit_steps.DayUnproved) as found:
        audit_steps.proof(audit)
    assert found.value.extra["claims"] == [
        {"name": "nights", "expected": "1", "found": "0"},
        {"name": "nights_amount", "expected": "100.000", "found": "0"},
    ]
    audit_steps.nights(audit)
    with pytest.raises(audit_steps.DayUnproved) as found:
        audit_steps.proof(audit)
    assert found.value.extra["claims"] == [{"name": "revenue", "expected": "0.000", "found": "100.000"}]
    audit_steps.statistics(audit)
    assert audit_steps.proof(audit)["revenue"] == "100.000"
    DailyStatistic.objects.update(tax=Money(1, "EUR"))
    with pytest.raises(audit_steps.DayUnproved):
        audit_steps.proof(audit)


@pytest.mark.parametrize("step", ["nights", "fixed_charges", "allowances", "rooms", "statistics", "proof"])
def test_a_step_costs_the_same_statements_for_two_rooms_and_for_twelve(cast, step):
    few, many = house_make(cast.alpha, doubles=13), house_make(cast.beta, doubles=13)
    for house, count in ((few, 2), (many, 12)):
        guests(house, count)
        if step == "proof":
            audit_steps.nights(audit_of(house.place))
            audit_steps.statistics(audit_of(house.place))
        elif step == "nights":
            first = Reservation.objects.at(house.place.pk).first()
            audit_steps.nights_charge(place=house.place, night=TODAY, reservations=[first.pk], actor=None)
    calls = [lambda house=house: audit_steps.WORK[step](audit_of(house.place)) for house in (few, many)]
    assert_constant(*[queries_of(call) for call in calls])


def test_rolling_tells_what_was_frozen(house, audit):
    guests(house, 1)
    audit_steps.nights(audit)
    assert audit_steps.roll(audit) == {"next_business_date": "2027-03-15"}
    assert house.place.__class__.objects.get(pk=house.place.pk).business_date == TODAY + timedelta(days=1)
    assert DailyStatistic.objects.get().room_revenue == Money(100, "EUR")
