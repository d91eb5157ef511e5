"""A use of a promotion code goes with the nights of a stay."""

import pytest
from moneyed import Money

from hotel.rates.models import PromoCode
from hotel.rates.services.promos import PromoUsedUp
from hotel.reservations.models import Booking, Reservation
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import booking_cancel, reservation_cancel, reservation_no_show
from hotel.reservations.services.copies import reservation_split
from hotel.reservations.services.lifecycle import reservation_confirm, reservation_waitlist
from hotel.reservations.services.promotions import promos_release, promos_use
from hotel.reservations.services.reinstatements import reservation_reinstate
from tests.cast import make_cast
from tests.factories.rates import promo_make
from tests.factories.reservations import house_make
from tests.together import together


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=5)


def used() -> int:
    return PromoCode.objects.get().used_count


def test_each_stay_uses_the_code_once_whatever_its_letters(house):
    promo_make(house.place, max_uses=5)

    house.book(house.stay(promo_code="spring"), house.stay(promo_code="SPRING"), house.stay())

    assert used() == 2


def test_more_stays_than_uses_are_refused_as_a_whole(house):
    promo_make(house.place, max_uses=1)

    with pytest.raises(PromoUsedUp):
        house.book(house.stay(promo_code="SPRING"), house.stay(promo_code="SPRING"))

    assert (used(), Booking.objects.count()) == (0, 0)
    assert house.counted("sold", days=4) == [0, 0, 0, 0]


def test_an_inquiry_uses_the_code_when_it_is_confirmed(house):
    promo_make(house.place, max_uses=1)
    row = house.reserve(status="inquiry", promo_code="SPRING")
    assert used() == 0

    reservation_confirm(reservation=row, actor=None)

    assert used() == 1


@pytest.mark.parametrize("command", [reservation_cancel, reservation_no_show])
def test_a_stay_given_back_frees_the_code_and_takes_it_again_when_it_stands_again(house, command):
    promo_make(house.place, max_uses=1)
    row = house.reserve(0, 2, promo_code="SPRING")

    command(reservation=row, actor=None)
    assert used() == 0
    reservation_reinstate(reservation=row, actor=None)

    assert used() == 1


def test_an_option_that_goes_to_the_waiting_list_frees_the_code(house):
    promo_make(house.place)
    row = house.reserve(status="option", promo_code="SPRING")

    reservation_waitlist(reservation=row, actor=None)

    assert used() == 0


def test_a_stay_keeps_its_discount_on_added_nights_though_its_use_was_the_last(house):
    promo_make(house.place, max_uses=1)
    row = house.reserve(promo_code="SPRING")

    reservation_amend(
        reservation=row, amendment=Amendment(departure=house.stay(nights=3).departure), actor=None
    )

    assert Reservation.objects.get().total_amount == Money(270, "EUR")


def test_a_stay_cut_in_two_frees_its_one_use_once(house):
    promo_make(house.place)
    row = house.reserve(promo_code="SPRING")
    house.reserve(promo_code="SPRING")
    reservation_split(reservation=row, at=house.stay(arrival=2).arrival, actor=None)

    booking_cancel(booking=row.booking, actor=None)

    assert used() == 1


def test_nothing_is_counted_without_a_code(house):
    promo = promo_make(house.place, used_count=1)

    promos_use(house.place, ["", ""])
    promos_release(house.place, "")

    promo.refresh_from_db()
    assert promo.used_count == 1


@pytest.mark.django_db(transaction=True)
def test_the_last_use_is_sold_once():
    house = house_make(make_cast().alpha, doubles=2)
    promo_make(house.place, max_uses=1)

    results = together(*[lambda: house.reserve(promo_code="SPRING")] * 2)

    assert sorted(isinstance(result, PromoUsedUp) for result in results) == [False, True]
    assert (used(), house.counted("sold", days=4)) == (1, [0, 1, 1, 0])
