"""From what a caller wants to rows ready to be stored."""

from datetime import time, timedelta

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.guests.services.merges import guest_merge
from hotel.properties.models import Chain
from hotel.reservations.models import Booking, Reservation
from hotel.reservations.services.authority import Authority
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.drafts import check_wishes, drafts_made, option_expiry
from hotel.rooms.models import RoomFeature
from tests.contracts.queries import queries_of
from tests.factories.guests import company_make, guest_make
from tests.factories.properties import property_make
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def test_equal_stays_are_priced_once(house):
    def cost(count):
        data = BookingData(reservations=(house.stay(),) * count)
        return len(
            queries_of(
                lambda: drafts_made(place=house.place, data=data, authority=Authority(house.place, None))
            )
        )

    cost(1)  # reads the rate sheet
    assert cost(9) == cost(1) == 1


def test_a_booking_needs_a_stay(house):
    with pytest.raises(InvalidInput) as refused:
        house.place and drafts_made(
            place=house.place, data=BookingData(reservations=()), authority=Authority(house.place, None)
        )
    assert refused.value.code == "booking_empty"


def test_types_and_plans_of_another_house_are_refused(house, cast):
    other = house_make(cast.beta)
    for over in ({"room_type": other.double}, {"rate_plan": other.plan}):
        with pytest.raises(InvalidInput) as refused:
            house.reserve(**over)
        assert refused.value.code == "other_property"
    assert not Booking.objects.exists()


def test_a_type_that_is_not_sold_any_more_is_refused(house):
    house.double.is_active = False
    with pytest.raises(RuleBroken) as refused:
        house.reserve()
    assert refused.value.code == "room_type_closed"


def test_unknown_flags_are_refused(house):
    with pytest.raises(InvalidInput):
        house.reserve(flags=frozenset({"is_day_use"}))


def test_day_use_ends_after_it_starts(house):
    with pytest.raises(InvalidInput) as refused:
        house.reserve(1, 0, day_use=(time(16), time(10)))
    assert refused.value.code == "dates_invalid"


def test_rules_are_asked_of_what_is_promised_only(house):
    stay = house.stay()
    restriction_make(house.place, "closed", stay.arrival, stay.departure)

    for status in ("inquiry", "waitlisted"):
        assert house.reserve(status=status).status == status
    for status in ("option", "requested", "confirmed"):
        with pytest.raises(RuleBroken):
            house.reserve(status=status)
    assert Reservation.objects.count() == 2


def test_only_a_waiting_stay_has_a_priority_and_it_is_never_empty(house):
    assert house.reserve(status="waitlisted").waitlist_priority == 0
    assert house.reserve(status="waitlisted", waitlist_priority=4).waitlist_priority == 4
    assert house.reserve(waitlist_priority=4).waitlist_priority is None


def test_an_option_runs_as_long_as_the_setting_says_or_until_told(house):
    moment = now() + timedelta(hours=3)
    assert option_expiry(house.place, moment) == moment
    assert timedelta(hours=23) < option_expiry(house.place, None) - now() <= timedelta(hours=24)
    with pytest.raises(InvalidInput) as refused:
        option_expiry(house.place, now() - timedelta(seconds=1))
    assert refused.value.code == "hold_in_past"


@pytest.mark.parametrize(
    ("wishes", "code"),
    [
        ({"SEA": 0}, "wish_invalid"),
        ({"SEA": 101}, "wish_invalid"),
        ({"SEA": 5, "MOON": 5}, "feature_unknown"),
    ],
)
def test_wishes_are_for_features_of_the_house(house, wishes, code):
    RoomFeature.objects.create(property=house.place, code="SEA", name="Sea view")
    check_wishes(house.place.pk, {"SEA": 100})
    check_wishes(house.place.pk, {})
    with pytest.raises(InvalidInput) as refused:
        house.reserve(room_wishes=wishes)
    assert refused.value.code == code
    assert not Booking.objects.exists()


@pytest.mark.parametrize("part", ["booker", "company", "agent"])
def test_a_profile_of_another_chain_books_nothing(house, part):
    other = property_make(Chain.objects.create(code="OTHER", name="Other"))
    made = guest_make(other) if part == "booker" else company_make(other)

    with pytest.raises(RuleBroken) as refused:
        house.book(**{part: made})

    assert refused.value.code == "other_chain"
    assert not Booking.objects.exists()


def test_a_merged_guest_leads_to_the_profile_that_lives_on(house, cast):
    kept, merged = guest_make(house.place), guest_make(house.place)
    guest_merge(kept=kept, merged=merged, by=cast.ada, reason="One person.")
    merged.refresh_from_db()

    with pytest.raises(Conflict) as refused:
        house.book(booker=merged)

    assert (refused.value.code, refused.value.extra["merged_into"]) == ("guest_merged", kept.pk)
    assert not Booking.objects.exists()
