"""Open offers end with whatever makes them needless; the held room is given back exactly once."""

import pytest

from hotel.core.exceptions import RuleBroken
from hotel.reservations.choices import HoldStatus, OfferStatus
from hotel.reservations.models import PriceHold, WaitlistOffer
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.lifecycle import reservation_confirm, reservation_option
from hotel.reservations.services.offers import offers_end
from hotel.reservations.services.waitlist import waitlist_accept, waitlist_offer, waitlist_work
from tests.factories.rates import restriction_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=1)


def waiting(house, **over):
    return house.reserve(status="waitlisted", **over)


def ended() -> tuple:
    return WaitlistOffer.objects.get().status, PriceHold.objects.get().status


@pytest.mark.parametrize("command", [reservation_confirm, reservation_option])
def test_a_stay_promised_by_hand_gets_the_room_that_was_held_for_it(house, command):
    row = waiting(house)
    waitlist_offer(reservation=row)

    command(reservation=row, actor=None)

    assert ended() == (OfferStatus.DECLINED, HoldStatus.RELEASED)
    assert (house.counted("held", days=3), house.counted("sold", days=3)) == ([0, 0, 0], [0, 1, 1])


def test_who_gives_up_waiting_gives_his_room_back(house):
    row = waiting(house)
    waitlist_offer(reservation=row)

    result = reservation_cancel(reservation=row, actor=None)

    assert ended() == (OfferStatus.DECLINED, HoldStatus.RELEASED)
    assert [(move.bucket.value, move.quantity) for move in result.moves] == [("held", -1)]
    assert house.counted("held", days=3) == [0, 0, 0]


def test_nothing_is_closed_where_nothing_is_open(house):
    assert offers_end(waiting(house)) == offers_end(house.reserve()) == []


def test_what_breaks_a_restriction_is_not_offered_unless_overridden_and_then_accepted(house, cast):
    row = waiting(house)
    stay = house.stay()
    restriction_make(house.place, "closed", stay.arrival, stay.departure)

    with pytest.raises(RuleBroken) as refused:
        waitlist_offer(reservation=row, actor=cast.ada)
    assert refused.value.code == "rate_restrictions_violated"
    assert waitlist_work(place=house.place) == 0
    assert house.counted("held", days=3) == [0, 0, 0]

    offer = waitlist_offer(reservation=row, actor=cast.ada, override_reason="A regular.")
    assert waitlist_accept(offer=offer, actor=cast.bo).reservation.status == "confirmed"


def test_a_limit_counts_offers_and_not_those_who_cannot_be_served(house):
    house.reserve(3, 1)
    blocked = [waiting(house, arrival=3, nights=1, waitlist_priority=9) for _ in range(3)]
    served = waiting(house)

    assert waitlist_work(place=house.place, limit=1) == 1
    assert WaitlistOffer.objects.get().reservation_id == served.pk
    assert len(blocked) == 3
