"""A stay is promised only with what the house asks to stand behind it."""

from datetime import timedelta

import pytest

from hotel.core.exceptions import RuleBroken
from hotel.reservations.choices import Guarantee
from hotel.reservations.models import Booking, Reservation, Turnaway, WaitlistOffer
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.details import reservation_describe
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.waitlist import waitlist_accept, waitlist_offer
from tests.cast import TODAY
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make

CARD, HOLD = Guarantee.CREDIT_CARD, Guarantee.HOLD_6PM


def day(offset):
    return TODAY + timedelta(days=offset)


@pytest.fixture
def house(cast):
    """A card at least on the second and third night from today."""
    house = house_make(cast.alpha, doubles=3)
    restriction_make(cast.alpha, "min_guarantee", day(2), day(4), guarantee="credit_card", reason="Fair")
    return house


def refused(call) -> RuleBroken:
    with pytest.raises(RuleBroken) as error:
        call()
    assert error.value.code == "guarantee_too_low"
    return error.value


@pytest.mark.parametrize("guarantee", [Guarantee.NONE, HOLD])
def test_a_booking_below_it_is_refused_and_told_what_is_enough(house, guarantee):
    refusal = refused(lambda: house.reserve(1, 2, guarantee=guarantee))

    assert refusal.extra == {
        "guarantee": guarantee,
        "least": "credit_card",
        "allowed": ["credit_card", "company", "ota", "prepayment"],
        "can_override": True,
    }
    assert refusal.message == (
        "The house: a credit card at least on Tue 16 Mar 2027 (Fair). "
        "Give one of: credit card, company, online travel agency, prepayment."
    )
    assert not Booking.objects.exists()
    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    assert (refusal.aftermath, Turnaway.objects.count()) == (None, 0)


@pytest.mark.parametrize("guarantee", [CARD, Guarantee.COMPANY, Guarantee.OTA, Guarantee.PREPAYMENT])
def test_what_is_enough_is_booked_and_the_rule_frozen(house, guarantee):
    row = house.reserve(1, 2, guarantee=guarantee)
    assert (row.guarantee, row.policies["guarantee"]["least"]) == (guarantee, "credit_card")


def test_other_nights_ask_for_nothing(house):
    assert "guarantee" not in house.reserve(0, 2).policies
    assert "guarantee" not in house.reserve(4, 2).policies


def test_who_is_not_asked(house):
    for flag in ("is_walk_in", "is_complimentary", "is_house_use"):
        assert house.reserve(2, 1, flags=frozenset({flag}), guarantee=Guarantee.NONE).status == "confirmed"


def test_it_is_set_aside_with_the_right_and_a_reason(house, cast):
    stay = house.stay(2, 1)
    refused(lambda: house.book(stay, actor=cast.ada))
    refused(lambda: house.book(stay, actor=cast.eve, override_reason="Friend of the house"))
    assert house.book(stay, actor=cast.ada, override_reason="Friend of the house").reservations


def test_an_inquiry_and_an_option_are_asked_when_they_are_confirmed(house):
    for status in ("inquiry", "option"):
        row = house.reserve(2, 1, status=status)
        refused(lambda row=row: reservation_confirm(reservation=row, actor=None))
        row.refresh_from_db()
        assert (row.status, row.version) == (status, 1)
        result = reservation_confirm(reservation=row, actor=None, guarantee=CARD)
        assert (result.reservation.status, result.reservation.guarantee) == ("confirmed", CARD)


def test_an_offer_of_the_waiting_list_is_accepted_with_what_is_asked(house):
    offer = waitlist_offer(reservation=house.reserve(2, 1, status="waitlisted"))

    refused(lambda: waitlist_accept(offer=offer, actor=None))
    assert WaitlistOffer.objects.get().status == "open"

    result = waitlist_accept(offer=offer, actor=None, guarantee=CARD)
    assert (result.reservation.status, result.reservation.guarantee) == ("confirmed", CARD)


def test_a_promised_stay_keeps_at_least_what_was_asked(house):
    row = house.reserve(2, 1, guarantee=CARD)
    refused(lambda: reservation_describe(reservation=row, changes={"guarantee": HOLD}, actor=None))
    row.refresh_from_db()
    assert row.guarantee == CARD
    result = reservation_describe(reservation=row, changes={"guarantee": "prepayment"}, actor=None)
    assert result.reservation.guarantee == "prepayment"


def test_other_dates_are_asked_for_theirs(house):
    row = house.reserve(5, 1, guarantee=HOLD)
    onto = Amendment(arrival=day(3), departure=day(4))
    refused(lambda: reservation_amend(reservation=row, amendment=onto, actor=None))
    row.refresh_from_db()
    assert row.arrival == day(5)

    reservation_describe(reservation=row, changes={"guarantee": CARD}, actor=None)
    moved = reservation_amend(reservation=row, amendment=onto, actor=None).reservation
    assert moved.policies["guarantee"]["least"] == "credit_card"
    assert moved.policies["cancellation"] == row.policies["cancellation"]
    away = reservation_amend(
        reservation=moved, amendment=Amendment(arrival=day(6), departure=day(7)), actor=None
    )
    assert "guarantee" not in away.reservation.policies


def test_a_stay_that_never_was_confirmed_is_asked_when_it_is_reinstated(house):
    row = house.reserve(2, 1, status="option")
    reservation_cancel(reservation=row, actor=None)
    refused(lambda: reservation_reinstate(reservation=row, actor=None))
    assert Reservation.objects.get().status == "cancelled"
