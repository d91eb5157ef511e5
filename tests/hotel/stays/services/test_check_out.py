"""Guests leave; and a check-out is taken back on the same day."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db.models import Sum

from hotel.contracts.stays import CheckOutReinstated, StayCheckedOut
from hotel.core.exceptions import RuleBroken
from hotel.folios.models import Folio, Posting
from hotel.properties.services.business_days import business_day_close
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import ChangeKind
from hotel.reservations.models import ReservationChange
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.selectors.offers import OfferQuestion, offers
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign
from hotel.rooms.models import Room, RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken, claim_move
from hotel.rooms.services.status import room_status_set
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out, check_out_reinstate
from tests.cast import TODAY
from tests.factories.rates import price_make, rate_plan_make, tax_rule_make
from tests.factories.reservations import house_make
from tests.factories.stays import bill_pay
from tests.hotel.stays.services.test_check_in import refused, told

DAY = timedelta(days=1)


@pytest.fixture
def leaving(house, arrival, noon):
    """A guest of two nights on the morning he leaves, 09:00."""
    check_in(reservation=arrival, actor=None)
    for _ in range(2):
        business_day_close(place=house.place)
    noon.shift(2 * DAY - timedelta(hours=4))
    return arrival


def test_the_room_is_free_from_this_moment_and_dirty(house, leaving, cast):
    result = check_out(reservation=leaving, actor=cast.bo)

    assert (result.reservation.status, result.reservation.departure) == ("checked_out", TODAY + 2 * DAY)
    assert RoomOccupancy.objects.get().during.upper.isoformat() == "2027-03-16T08:00:00+00:00"
    assert Room.objects.get(pk=house.rooms[0].pk).housekeeping_status == "dirty"
    entry = ReservationChange.objects.get(kind=ChangeKind.CHECKED_OUT)
    assert (entry.actor, entry.business_date, entry.after) == (
        cast.bo, TODAY + 2 * DAY, {"status": "checked_out", "room": "101"},
    )  # fmt: skip
    (fact,) = told(StayCheckedOut)
    assert (fact["room_id"], fact["status"]) == (house.rooms[0].pk, "checked_out")
    assert {a.name for a in actions_of(result.reservation) if a.is_allowed} == {"copy", "reinstate-check-out"}


def test_who_leaves_late_has_had_the_room_until_check_out_time_only(leaving, noon):
    noon.shift(timedelta(hours=6))
    check_out(reservation=leaving, actor=None)
    assert RoomOccupancy.objects.get().during.upper.isoformat() == "2027-03-16T10:00:00+00:00"


def test_nobody_leaves_with_nights_left_or_twice(house, arrival):
    check_in(reservation=arrival, actor=None)
    refused("nights_left", lambda: check_out(reservation=arrival, actor=None))
    for _ in range(2):
        business_day_close(place=house.place)
    check_out(reservation=arrival, actor=None)
    refused("status_forbids", lambda: check_out(reservation=arrival, actor=None))


def test_a_day_guest_leaves_on_his_day(cast):
    house = house_make(cast.alpha, day_use_limit=2)
    plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8)
    price_make(plan, house.double, "60")
    row = house.reserve(0, 0, day_use=(time(10), time(18)), rate_plan=plan)
    check_in(reservation=row, actor=None, room=house.rooms[0])
    assert list(Posting.objects.values_list("code__code", "gross")) == [("room", 60)]
    refused("not_settled", lambda: check_out(reservation=row, actor=None))
    bill_pay(row)

    result = check_out(reservation=row, actor=None)

    assert result.reservation.status == "checked_out"
    assert RoomOccupancy.objects.get().during.upper.isoformat() == "2027-03-14T12:00:00+00:00"


def test_day_use_by_the_hour_is_posted_as_it_was_offered_and_its_hours_stand_then(cast):
    house = house_make(cast.alpha, day_use_limit=2)
    tax_rule_make(cast.alpha, rate=Decimal("0.07"))
    plan = rate_plan_make(cast.alpha, "DAY", day_use_hours=8, day_use_step_minutes=30, day_use_min_hours=2)
    price_make(plan, house.double, "13.33")
    hours = (time(10), time(14, 10))
    (offer,) = offers(
        OfferQuestion(
            place=cast.alpha, arrival=TODAY, departure=TODAY, occupancy=Occupancy(adults=2), hours=hours
        )
    )
    row = house.reserve(0, 0, day_use=hours, rate_plan=plan)
    check_in(reservation=row, actor=None, room=house.rooms[0])

    gross = Posting.objects.aggregate(gross=Sum("gross"))["gross"]

    assert (offer.quote.total.amount, row.total_amount, gross) == (
        Decimal("59.99"),
        offer.quote.total,
        Decimal("59.99"),
    )
    with pytest.raises(RuleBroken) as error:
        reservation_amend(reservation=row, amendment=Amendment(day_use=(time(10), time(16))), actor=None)
    assert error.value.code == "day_use_charged"
    row.refresh_from_db()
    assert (row.day_use_end, row.total_amount) == (time(14, 10), offer.quote.total)


def test_a_check_out_is_undone_and_the_guest_has_his_room_again(house, leaving, cast):
    check_out(reservation=leaving, actor=None)

    result = check_out_reinstate(reservation=leaving, actor=cast.bo, reason="Came back")

    assert result.reservation.status == "in_house"
    assert RoomOccupancy.objects.get().during.upper.isoformat() == "2027-03-16T10:00:00+00:00"
    entry = ReservationChange.objects.get(kind=ChangeKind.CHECK_OUT_UNDONE)
    assert (entry.actor, entry.reason) == (cast.bo, "Came back")
    assert [fact["room_id"] for fact in told(CheckOutReinstated)] == [house.rooms[0].pk]
    assert Folio.objects.get().status == "open"
    assert check_out(reservation=leaving, actor=None).reservation.status == "checked_out"
    assert Folio.objects.get().status == "closed"


def test_not_when_the_next_guest_is_in_the_room(house, leaving):
    check_out(reservation=leaving, actor=None)
    room_status_set(room=house.rooms[0], status="clean")
    follower = house.reserve(0, 1)
    check_in(reservation=follower, actor=None, room=house.rooms[0])

    refused("room_occupied", lambda: check_out_reinstate(reservation=leaving, actor=None))


def test_nor_when_the_room_is_let_to_somebody_before_check_out_time(house, leaving):
    check_out(reservation=leaving, actor=None)
    follower = house.reserve(0, 1)
    room_assign(reservation=follower, room=house.rooms[0], actor=None)
    claim = RoomOccupancy.objects.order_by("-pk").first()
    claim_move(occupancy=claim, start=claim.during.lower - timedelta(hours=5))
    refused("room_taken", lambda: check_out_reinstate(reservation=leaving, actor=None), RoomTaken)


def test_a_check_out_of_yesterday_is_not_undone(house, leaving):
    check_out(reservation=leaving, actor=None)
    business_day_close(place=house.place)
    refused("left_earlier", lambda: check_out_reinstate(reservation=leaving, actor=None))
