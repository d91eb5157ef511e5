"""Departures that change: earlier with its fee, later on the same day, on a later day."""

from datetime import time, timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.contracts.stays import LateCheckOutAgreed, StayShortened
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted, RuleBroken
from hotel.core.invariants import invariants_verify
from hotel.folios.models import Posting
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.choices import ChangeKind
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.cancellations import Waiver
from hotel.rooms.models import RoomOccupancy
from hotel.rooms.services.occupancy import RoomTaken
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.departures import early_departure, late_check_out, stay_extend
from tests.cast import TODAY
from tests.factories.rates import restriction_make
from tests.factories.stays import bill_pay
from tests.hotel.stays.services.test_check_in import refused, told

DAY = timedelta(days=1)
EUR = "EUR"


@pytest.fixture
def staying(house, noon):
    """A guest of four nights on his second day, 13:00."""
    row = house.reserve(0, 4)
    check_in(reservation=row, actor=None, room=house.rooms[0])
    business_day_close(place=house.place)
    noon.shift(DAY)
    return Reservation.objects.get(pk=row.pk)


def until():
    return f"{RoomOccupancy.objects.get().during.upper:%d %H:%M}"


def test_nights_are_free_again_and_the_first_of_them_is_owed(house, staying, cast):
    result = early_departure(reservation=staying, actor=cast.bo, waiver=Waiver(reason="Ill"))

    row = result.reservation
    assert (row.departure, row.total_amount, row.nights.count()) == (TODAY + DAY, Money(100, EUR), 1)
    assert [(fee.kind, fee.amount) for fee in result.fees] == [("early_departure", Money(100, EUR))]
    assert [(m.quantity, m.start, m.end) for m in result.moves] == [(-1, TODAY + DAY, TODAY + 4 * DAY)]
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    assert until() == "15 10:00"
    entry = ReservationChange.objects.get(kind=ChangeKind.SHORTENED)
    assert (entry.actor, entry.reason, entry.before["departure"]) == (cast.bo, "Ill", "2027-03-18")
    (fact,) = told(StayShortened)
    assert (fact["previous_departure"], fact["departure"], Decimal(fact["fee_amount"]), fact["fee_currency"]) == (
        "2027-03-18", "2027-03-15", Decimal(100), EUR,
    )  # fmt: skip
    refused("not_settled", lambda: check_out(reservation=staying, actor=None))
    bill_pay(staying)
    assert check_out(reservation=staying, actor=None).reservation.status == "checked_out"
    assert [f.invariant.name for f in invariants_verify() if f.violations] == []


def test_a_policy_without_steps_asks_for_nothing(staying):
    Reservation.objects.update(policies={})
    result = early_departure(reservation=staying, actor=None)
    assert [fee.amount for fee in result.fees] == [Money(0, EUR)]


def test_a_minimum_stay_keeps_nobody(house, staying):
    restriction_make(house.place, "min_los", TODAY, TODAY + DAY, 4)
    assert early_departure(reservation=staying, actor=None).reservation.departure == TODAY + DAY


def test_the_fee_is_waived_with_the_right_and_a_reason_only(staying, cast):
    waiver = Waiver(reason="Heating broken", is_fee_waived=True)
    refused(
        "waiver_not_permitted",
        lambda: early_departure(reservation=staying, actor=cast.bo, waiver=waiver),
        NotPermitted,
    )
    without = Waiver(is_fee_waived=True)
    refused(
        "reason_required",
        lambda: early_departure(reservation=staying, actor=cast.ada, waiver=without),
        RuleBroken,
    )
    result = early_departure(reservation=staying, actor=cast.ada, waiver=waiver)
    assert [fee.amount for fee in result.fees] == [Money(0, EUR)]


def test_who_leaves_on_the_day_he_came_keeps_his_first_night(house, arrival):
    check_in(reservation=arrival, actor=None)
    result = early_departure(reservation=arrival, actor=None)
    assert (result.reservation.departure, result.reservation.total_amount) == (TODAY + DAY, Money(100, EUR))
    assert house.counted("sold", days=2) == [1, 0]


def test_his_night_is_charged_at_once_and_he_leaves_when_it_is_paid(arrival):
    check_in(reservation=arrival, actor=None)
    refused("nights_left", lambda: check_out(reservation=arrival, actor=None))
    early_departure(reservation=arrival, actor=None)
    codes = Posting.objects.order_by("code__code").values_list("code__code", "gross")
    assert list(codes) == [("early_departure_fee", Decimal(100)), ("room", Decimal(100))]
    refused("not_settled", lambda: check_out(reservation=arrival, actor=None))
    bill_pay(arrival)
    assert check_out(reservation=arrival, actor=None).reservation.status == "checked_out"


def test_on_the_last_day_there_is_nothing_to_shorten(house, staying):
    for _ in range(3):
        business_day_close(place=house.place)
    refused("nothing_to_shorten", lambda: early_departure(reservation=staying, actor=None))


def test_a_late_check_out_keeps_the_room_and_is_seen_by_housekeeping(house, staying, cast):
    result = late_check_out(reservation=staying, until=time(15), actor=cast.bo)

    assert result.reservation.etd == time(15)
    assert until() == "18 14:00"
    (fact,) = told(LateCheckOutAgreed)
    assert (fact["room_id"], fact["until"]) == (house.rooms[0].pk, "15:00")
    reservation_amend(
        reservation=staying, amendment=Amendment(prices={TODAY + DAY: Money(90, EUR)}), actor=None
    )
    assert until() == "18 14:00"


def test_a_late_check_out_has_its_price(staying):
    result = late_check_out(reservation=staying, until=time(15), actor=None, price=Money(40, EUR))
    assert [(p["code"], p["amount"]["amount"]) for p in result.postings] == [("late_check_out", "40.00")]
    free = late_check_out(reservation=staying, until=time(16), actor=None)
    assert (free.postings, Posting.objects.count()) == ((), 1)


def test_a_late_check_out_is_late_and_never_in_the_next_guests_time(house, staying):
    refused("not_late", lambda: late_check_out(reservation=staying, until=time(11), actor=None), InvalidInput)
    follower = house.reserve(3, 1)
    room_assign(reservation=follower, room=house.rooms[0], actor=None)
    refused("room_taken", lambda: late_check_out(reservation=staying, until=time(16), actor=None), RoomTaken)
    assert late_check_out(reservation=staying, until=time(15), actor=None).reservation.etd == time(15)


def test_an_extension_sells_the_added_nights_at_their_price(house, staying):
    result = stay_extend(reservation=staying, departure=TODAY + 6 * DAY, actor=None)
    assert (result.reservation.departure, result.reservation.total_amount) == (
        TODAY + 6 * DAY,
        Money(600, EUR),
    )
    assert house.counted("sold", days=6) == [1, 1, 1, 1, 1, 0]
    assert until() == "20 10:00"


def test_an_extension_is_possible_on_the_day_of_departure(house, staying):
    for _ in range(3):
        business_day_close(place=house.place)
    result = stay_extend(reservation=staying, departure=TODAY + 5 * DAY, actor=None)
    assert result.reservation.nights.count() == 5
    assert house.counted("sold", days=2) == [1, 0]


def test_where_nobody_stays_longer(house, staying):
    extend = lambda days: lambda: stay_extend(reservation=staying, departure=TODAY + days * DAY, actor=None)  # noqa: E731
    refused("not_later", extend(4), InvalidInput)
    follower = house.reserve(3, 1)
    room_assign(reservation=follower, room=house.rooms[0], actor=None)
    refused("room_taken", extend(5), RoomTaken)
    for _ in range(2):
        house.reserve(3, 1)
    refused("room_taken", extend(5), Conflict)
