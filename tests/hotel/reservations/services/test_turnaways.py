"""Business that was turned away."""

from datetime import timedelta

import pytest

from hotel.core.aftermath import aftermath_write
from hotel.core.exceptions import InvalidInput, PmsError
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import TurnawayReason
from hotel.reservations.models import Booking, Turnaway
from hotel.reservations.services.block_grid import BlockFullyBooked
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.bookings import reservations_add
from hotel.reservations.services.holds import hold_create
from hotel.reservations.services.pick_up import block_pick_up
from hotel.reservations.services.turnaways import TurnawayData, turnaway_record
from tests.cast import TODAY, make_cast
from tests.factories.rates import restriction_make
from tests.factories.reservations import group_block_make, house_make, house_of
from tests.together import together

WANTED = {"arrival": TODAY, "departure": TODAY + timedelta(days=2), "reason": TurnawayReason.PRICE}


def test_a_regret_is_kept_with_what_was_wanted_on_the_business_date(cast):
    house = house_make(cast.alpha)

    turnaway_record(
        place=cast.alpha, data=TurnawayData(**WANTED, room_type=house.double, rooms=3, notes="Dear.")
    )

    row = Turnaway.objects.get()
    assert (row.business_date, row.arrival, row.rooms, row.reason) == (TODAY, TODAY, 3, "price")
    assert (row.room_type, row.notes) == (house.double, "Dear.")


def test_dates_that_run_backwards_and_foreign_types_are_refused(cast):
    other = house_make(cast.beta)
    backwards = {**WANTED, "departure": TODAY - timedelta(days=1)}
    for values, code in (
        (backwards, "dates_invalid"),
        ({**WANTED, "room_type": other.double}, "other_property"),
    ):
        with pytest.raises(InvalidInput) as refused:
            turnaway_record(place=cast.alpha, data=TurnawayData(**values))
        assert refused.value.code == code
    assert not Turnaway.objects.exists()


@pytest.fixture
def full(cast):
    """One double, sold on the two nights from tomorrow."""
    house = house_make(cast.alpha, doubles=1)
    house.reserve()
    return house


def refused(call, *, key: str = "", code: str = "room_type_sold_out") -> PmsError:
    """The refusal of a call, and what a door does with it."""
    with pytest.raises(PmsError) as error:
        call()
    assert error.value.code == code
    aftermath_write(error.value, request_key=key)
    return error.value


def rows(*fields: str) -> list:
    return list(Turnaway.objects.order_by("pk").values_list(*fields))


def test_a_refused_booking_leaves_who_wanted_what_and_from_where(full):
    stay = full.stay(occupancy=Occupancy(adults=1, children=(("child", 1),)))

    refusal = refused(
        lambda: full.book(stay, channel_code="web", market="LEI", source="google", external_id="X1")
    )

    row = Turnaway.objects.get()
    assert (row.arrival, row.departure) == (stay.arrival, stay.departure)
    assert (row.reason, row.room_type, row.rooms, row.adults, row.children) == (
        "sold_out",
        full.double,
        1,
        1,
        1,
    )
    assert (row.channel_code, row.market, row.source) == ("web", "LEI", "google")
    assert (row.business_date, row.notes) == (TODAY, refusal.message)
    assert Booking.objects.count() == 1


def test_the_service_itself_writes_nothing_so_that_who_only_tries_turns_nobody_away(full):
    with pytest.raises(PmsError):
        full.book()
    assert not Turnaway.objects.exists()


def test_all_stays_were_refused_and_equal_ones_are_one_entry(full):
    far = full.stay(20)

    refused(lambda: full.book(full.stay(), far, far))

    assert rows("arrival", "rooms") == [(full.stay().arrival, 1), (far.arrival, 2)]


def test_one_request_is_recorded_once_however_often_it_is_repeated(full):
    for key in ("k1", "k1", "k2"):
        refused(full.book, key=key)
    assert Turnaway.objects.count() == 2
    refused(full.book)
    refused(full.book)
    assert Turnaway.objects.count() == 4  # two requests that nothing tells apart


def test_a_channel_that_sends_its_booking_again_under_new_keys_adds_nothing(full):
    for key in ("k1", "k2"):
        refused(lambda: full.book(channel_code="ota", external_id="X1"), key=key)
    refused(lambda: full.book(channel_code="ota", external_id="X2"), key="k1")
    assert Turnaway.objects.count() == 2


def test_a_closed_plan_is_a_denial_and_a_plan_without_access_is_none(full):
    closed = restriction_make(full.place, "closed", TODAY, TODAY + timedelta(days=30))
    refused(lambda: full.book(full.stay(9)), code="rate_restrictions_violated")
    assert rows("reason") == [("restricted",)]

    full.plan.is_negotiated = True
    full.plan.save()
    closed.delete()
    refused(lambda: full.book(full.stay(9)), code="rate_restrictions_violated")
    assert Turnaway.objects.count() == 1


def test_nights_beyond_the_opened_ones_are_not_offered(full):
    refused(lambda: full.book(full.stay(900)), code="nights_not_open")
    assert rows("reason") == [("not_offered",)]


def test_bad_input_turns_nobody_away(full):
    for stay, code in (
        (full.stay(occupancy=Occupancy(adults=0)), "party_invalid"),
        (full.stay(arrival=-1), "arrival_in_past"),
    ):
        refused(lambda stay=stay: full.book(stay), code=code)
    assert not Turnaway.objects.exists()


def test_further_rooms_of_a_booking_are_denied_under_its_channel(full):
    booking = full.book(full.stay(9), channel_code="web", source="google", external_id="X1").booking

    refused(
        lambda: reservations_add(booking=booking, data=BookingData(reservations=(full.stay(),)), actor=None),
        key="k1",
    )

    assert rows("channel_code", "source", "rooms") == [("web", "google", 1)]


def test_a_hold_that_is_refused_is_a_denial_of_all_its_rooms(full):
    refused(lambda: hold_create(place=full.place, stay=full.stay(), actor=None, quantity=3))
    assert rows("reason", "rooms", "channel_code") == [("sold_out", 3, "")]


def test_a_block_without_a_room_left_turns_its_guests_away(cast):
    block = group_block_make(cast.alpha, rooms=1, control="non_elastic")
    data = BookingData(reservations=(house_of(cast.alpha).stay(),), channel_code="group")
    block_pick_up(block=block, data=data, actor=None)

    refused(lambda: block_pick_up(block=block, data=data, actor=None), code=BlockFullyBooked.code)

    assert rows("reason", "channel_code") == [("sold_out", "group")]


@pytest.mark.django_db(transaction=True)
def test_copies_of_a_refused_booking_at_once_are_one_turnaway():
    house = house_make(make_cast().alpha, doubles=1)
    house.reserve()

    def copy():
        refused(lambda: house.book(channel_code="ota", external_id="X1"))

    assert together(*[copy] * 6) == [None] * 6
    assert rows("reason", "rooms") == [("sold_out", 1)]
