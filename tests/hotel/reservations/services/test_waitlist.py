from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotAvailable
from hotel.properties.models import Property
from hotel.reservations.choices import HoldStatus, OfferStatus, ReservationStatus
from hotel.reservations.models import PriceHold, WaitlistOffer
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.copies import reservation_split
from hotel.reservations.services.holds import hold_create, holds_expire
from hotel.reservations.services.lifecycle import reservation_confirm, reservation_option
from hotel.reservations.services.waitlist import (
    offers_expire,
    waitlist_accept,
    waitlist_decline,
    waitlist_offer,
    waitlist_work,
)
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.cast import make_cast
from tests.factories.reservations import house_make
from tests.hotel.reservations.test_invariants import violated
from tests.together import Actor


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=1)


def waiting(house, priority=0, nights=2):
    return house.reserve(1, nights, status=ReservationStatus.WAITLISTED, waitlist_priority=priority)


def test_waiting_takes_no_room(house):
    waiting(house)

    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_an_offer_holds_a_room_and_accepting_it_sells_that_room(house):
    stay = waiting(house)

    offer = waitlist_offer(reservation=stay)
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 1, 1, 0], [0, 0, 0, 0])

    result = waitlist_accept(offer=offer, actor=None)

    offer.refresh_from_db()
    assert (offer.status, result.reservation.status) == (OfferStatus.ACCEPTED, ReservationStatus.CONFIRMED)
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 0, 0, 0], [0, 1, 1, 0])


def test_nothing_free_nothing_offered(house):
    house.reserve(1, 2)
    stay = waiting(house)

    with pytest.raises(RoomTypeSoldOut):
        waitlist_offer(reservation=stay)

    assert (WaitlistOffer.objects.count(), PriceHold.objects.count()) == (0, 0)


def test_one_open_offer_at_a_time_and_only_to_those_who_wait(house):
    stay = waiting(house)
    waitlist_offer(reservation=stay)

    with pytest.raises(Conflict) as twice:
        waitlist_offer(reservation=stay)
    with pytest.raises(Conflict) as confirmed:
        waitlist_offer(reservation=house.reserve(5, 1))

    assert (twice.value.code, confirmed.value.code) == ("offer_open", "not_waitlisted")


def test_declining_gives_the_room_back_and_the_stay_waits_on(house):
    stay = waiting(house)

    waitlist_decline(offer=waitlist_offer(reservation=stay))

    stay.refresh_from_db()
    assert stay.status == ReservationStatus.WAITLISTED
    assert house.counted("held", days=4) == [0, 0, 0, 0]


def test_a_free_room_is_offered_by_priority_then_by_waiting_time(house):
    sold = house.reserve(1, 2)
    first, _, urgent = waiting(house), waiting(house), waiting(house, priority=9)
    assert waitlist_work(place=house.place) == 0

    reservation_cancel(reservation=sold, actor=None)

    assert waitlist_work(place=house.place) == 1
    assert WaitlistOffer.objects.get().reservation_id == urgent.pk
    waitlist_decline(offer=WaitlistOffer.objects.get())
    urgent.refresh_from_db()
    reservation_cancel(reservation=urgent, actor=None)
    assert waitlist_work(place=house.place) == 1
    assert WaitlistOffer.objects.get(status=OfferStatus.OPEN).reservation_id == first.pk


def test_a_short_stay_is_served_when_the_long_one_before_it_does_not_fit(house):
    house.reserve(3, 1)
    waiting(house, nights=3)
    short = waiting(house, nights=1)

    assert waitlist_work(place=house.place) == 1
    assert WaitlistOffer.objects.get().reservation_id == short.pk


def test_an_expired_offer_gives_its_room_back_once_and_cannot_be_accepted(house):
    offer = waitlist_offer(reservation=waiting(house))
    past = now() - timedelta(minutes=1)
    WaitlistOffer.objects.update(expires_at=past)
    PriceHold.objects.update(expires_at=past)

    with pytest.raises(NotAvailable) as late:
        waitlist_accept(offer=offer, actor=None)
    assert late.value.code == "offer_ended"
    assert house.counted("held", days=4) == [0, 1, 1, 0]

    assert offers_expire(property_id=house.place.pk) == 1
    assert offers_expire(property_id=house.place.pk) == 0
    assert house.counted("held", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_an_answered_offer_stays_answered(house):
    offer = waitlist_offer(reservation=waiting(house))
    waitlist_decline(offer=offer)

    with pytest.raises(NotAvailable):
        waitlist_accept(offer=offer, actor=None)

    assert house.counted("sold", days=4) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("command", "sold"),
    [
        (lambda stay: reservation_confirm(reservation=stay, actor=None), [0, 1, 1, 0]),
        (lambda stay: reservation_option(reservation=stay, actor=None), [0, 1, 1, 0]),
        (lambda stay: reservation_cancel(reservation=stay, actor=None), [0, 0, 0, 0]),
        (
            lambda stay: reservation_amend(
                reservation=stay,
                amendment=Amendment(departure=stay.departure - timedelta(days=1)),
                actor=None,
            ),
            [0, 0, 0, 0],
        ),
        (
            lambda stay: reservation_split(reservation=stay, at=stay.arrival + timedelta(days=1), actor=None),
            [0, 0, 0, 0],
        ),
    ],
    ids=["confirm", "option", "cancel", "amend", "split"],
)
def test_a_stay_that_is_changed_otherwise_gives_its_offered_room_back(house, command, sold):
    stay = waiting(house)
    offer = waitlist_offer(reservation=stay)

    command(stay)

    offer.refresh_from_db()
    assert (offer.status, offer.hold.status) == (OfferStatus.DECLINED, HoldStatus.RELEASED)
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 0, 0, 0], sold)


@pytest.mark.django_db(transaction=True)
def test_an_offer_and_its_hold_that_run_out_at_once_give_one_room_back():
    house = house_make(make_cast().alpha, doubles=2)
    house.book(house.stay(arrival=1, nights=2))
    offer = waitlist_offer(reservation=waiting(house))
    kept = hold_create(place=house.place, stay=house.stay(arrival=3), actor=None)
    past = now() - timedelta(minutes=1)
    WaitlistOffer.objects.update(expires_at=past)
    PriceHold.objects.filter(pk=offer.hold_id).update(expires_at=past)

    with Actor() as sweep, Actor() as relay:
        sweep.do(lambda: transaction.set_autocommit(False))
        assert sweep.do(lambda: holds_expire(property_id=house.place.pk)) == 1
        slower = relay.do(lambda: offers_expire(property_id=house.place.pk), wait=False)
        with pytest.raises(TimeoutError):
            slower.result(timeout=0.3)
        sweep.do(transaction.commit)
        sweep.do(lambda: transaction.set_autocommit(True))
        assert slower.result(timeout=20) == 1

    offer.refresh_from_db()
    assert (offer.status, offer.hold.status) == (OfferStatus.EXPIRED, HoldStatus.EXPIRED)
    assert PriceHold.objects.get(status=HoldStatus.ACTIVE) == kept
    assert house.counted("held", days=6) == [0, 0, 0, 1, 1, 0]
    assert violated() == []


def test_a_stay_whose_arrival_day_is_over_is_not_offered_a_room(house):
    stay = waiting(house)
    Property.objects.update(business_date=stay.arrival + timedelta(days=1))

    with pytest.raises(Conflict) as refused:
        waitlist_offer(reservation=stay)

    assert refused.value.code == "arrival_in_past"
    assert house.counted("held", days=4) == [0, 0, 0, 0]


@pytest.mark.parametrize("is_lapsed", [False, True], ids=["declines", "lets it lapse"])
def test_who_refuses_an_offer_is_not_asked_again_and_the_next_is_served(house, is_lapsed):
    urgent, patient = waiting(house, priority=9), waiting(house)
    assert waitlist_work(place=house.place) == 1
    offer = WaitlistOffer.objects.get()
    assert offer.reservation_id == urgent.pk
    if is_lapsed:
        WaitlistOffer.objects.update(expires_at=now() - timedelta(minutes=1))
    else:
        waitlist_decline(offer=offer)

    assert waitlist_work(place=house.place) == 1
    assert WaitlistOffer.objects.get(status=OfferStatus.OPEN).reservation_id == patient.pk
    waitlist_decline(offer=WaitlistOffer.objects.get(status=OfferStatus.OPEN))
    assert waitlist_work(place=house.place) == 0
    assert WaitlistOffer.objects.count() == 2


def test_who_refused_is_asked_again_for_another_stay_and_by_a_desk_at_any_time(house):
    stay = waiting(house)
    waitlist_decline(offer=waitlist_offer(reservation=stay))
    assert waitlist_work(place=house.place) == 0

    waitlist_decline(offer=waitlist_offer(reservation=stay))
    shorter = Amendment(departure=stay.departure - timedelta(days=1))
    reservation_amend(reservation=stay, amendment=shorter, actor=None)

    assert waitlist_work(place=house.place) == 1


def test_only_who_waits_for_the_nights_that_moved_is_asked(house):
    stay = waiting(house)
    next_day = stay.departure

    assert waitlist_work(place=house.place, touching=(next_day, next_day)) == 0
    assert waitlist_work(place=house.place, touching=(stay.arrival, stay.arrival)) == 1


def test_a_long_list_costs_no_more_queries_than_a_short_one(house, django_assert_num_queries):
    house.reserve(1, 2)
    waiting(house)
    with CaptureQueriesContext(connection) as one:
        assert waitlist_work(place=house.place) == 0
    for _ in range(4):
        waiting(house)

    with django_assert_num_queries(len(one)):
        assert waitlist_work(place=house.place) == 0
