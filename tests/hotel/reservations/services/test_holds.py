"""Price holds: rooms and a price kept for minutes."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput, RuleBroken
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import PromoCode, RatePrice
from hotel.reservations.models import Booking, PriceHold
from hotel.reservations.services.holds import (
    HoldEnded,
    HoldPromised,
    hold_create,
    hold_release,
    holds_expire,
    stay_of_hold,
)
from hotel.reservations.services.waitlist import waitlist_offer
from hotel.rooms.models import RoomType
from hotel.rooms.services.inventory import RoomTypeSoldOut
from tests.factories.guests import company_make
from tests.factories.rates import promo_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def hold(house, quantity=1, **over):
    return hold_create(place=house.place, stay=house.stay(**over), actor=None, quantity=quantity)


def run_out(held):
    PriceHold.objects.filter(pk=held.pk).update(expires_at=now() - timedelta(seconds=1))


def test_a_hold_keeps_rooms_and_price(house):
    held = hold(house, quantity=2)

    assert held.total_amount == Money(200, "EUR")
    assert timedelta(minutes=14) < held.expires_at - now() <= timedelta(minutes=15)
    assert house.counted("held", days=4) == [0, 2, 2, 0]
    with pytest.raises(RoomTypeSoldOut):
        house.book()


def test_only_what_the_property_sells_is_held(house, cast):
    foreign = house_make(cast.beta)
    for over in ({"room_type": foreign.double}, {"rate_plan": foreign.plan}):
        with pytest.raises(InvalidInput) as refused:
            hold(house, **over)
        assert refused.value.code == "other_property"
    RoomType.objects.filter(pk=house.double.pk).update(is_active=False)
    house.double.refresh_from_db()
    with pytest.raises(RuleBroken) as refused:
        hold(house)
    assert refused.value.code == "room_type_closed"
    assert not PriceHold.objects.exists()


def test_using_a_hold_sells_at_the_promised_price_in_one_step(house):
    held = hold(house)
    RatePrice.objects.update(amount=Money(500, "EUR"))

    result = house.book(house.stay(hold=held))

    assert result.reservations[0].total_amount == Money(200, "EUR")
    assert house.counted("held", days=4) == [0, 0, 0, 0]
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    stored = PriceHold.objects.get()
    assert (stored.status, stored.booking) == ("used", result.booking)


def test_the_last_room_that_is_held_can_be_booked_by_its_holder(house):
    held = hold(house, quantity=2)

    house.book(house.stay(hold=held), house.stay(hold=held))

    assert house.counted("sold", days=4) == [0, 2, 2, 0]


def test_a_hold_is_used_once(house):
    held = hold(house)
    house.book(house.stay(hold=held))

    with pytest.raises(HoldEnded) as refused:
        house.book(house.stay(hold=held))

    assert refused.value.extra["status"] == "used"
    assert Booking.objects.count() == 1
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_a_hold_that_ran_out_is_refused_even_before_the_sweep(house):
    held = hold(house)
    run_out(held)

    with pytest.raises(HoldEnded) as refused:
        house.book(house.stay(hold=held))

    assert refused.value.extra["status"] == "expired"
    assert house.counted("held", days=4) == [0, 1, 1, 0]


def test_the_sweep_gives_rooms_back_once(house):
    held, other = hold(house), hold(house)
    run_out(held)

    assert holds_expire(property_id=house.place.pk) == 1
    assert holds_expire(property_id=house.place.pk) == 0

    assert house.counted("held", days=4) == [0, 1, 1, 0]
    assert PriceHold.objects.get(pk=other.pk).status == "active"


def test_releasing_twice_gives_back_once(house):
    held = hold(house, quantity=2)

    hold_release(hold=held)
    hold_release(hold=held)

    assert PriceHold.objects.get().status == "released"
    assert house.counted("held", days=4) == [0, 0, 0, 0]


@pytest.mark.parametrize(
    "over",
    [{"nights": 3}, {"arrival": 2}, {"occupancy": Occupancy(adults=1)}],
    ids=["longer", "later", "party"],
)
def test_what_was_not_held_cannot_be_booked_with_the_hold(house, over):
    held = hold(house)

    with pytest.raises(InvalidInput) as refused:
        house.book(house.stay(hold=held, **over))

    assert refused.value.code == "hold_mismatch"
    assert PriceHold.objects.get().status == "active"


def test_no_more_rooms_than_held(house):
    held = hold(house)

    with pytest.raises(InvalidInput) as refused:
        house.book(house.stay(hold=held), house.stay(hold=held))

    assert refused.value.code == "hold_too_small"


@pytest.mark.parametrize(
    ("over", "code"), [({"quantity": 0}, "quantity_invalid"), ({"minutes": 0}, "minutes_invalid")]
)
def test_bad_input_is_refused(house, over, code):
    with pytest.raises(InvalidInput) as refused:
        hold_create(place=house.place, stay=house.stay(), actor=None, **over)

    assert refused.value.code == code
    assert not PriceHold.objects.exists()


def test_a_hold_tells_what_it_promised(house):
    held = hold(house, occupancy=Occupancy(adults=1, child_ages=(4,)))

    parts = stay_of_hold(PriceHold.objects.get(pk=held.pk))

    assert parts[0] == house.double
    assert parts[4] == Occupancy(adults=1, children=(("child", 1),), child_ages=(4,))


def test_a_room_promised_to_the_waiting_list_is_neither_released_nor_booked_by_others(house):
    offer = waitlist_offer(reservation=house.reserve(status="waitlisted"))

    with pytest.raises(HoldPromised):
        hold_release(hold=offer.hold)
    with pytest.raises(HoldPromised):
        house.book(house.stay(hold=offer.hold))

    offer.refresh_from_db()
    assert (offer.status, offer.hold.status, Booking.objects.count()) == ("open", "active", 1)
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 1, 1, 0], [0, 0, 0, 0])


def test_a_promised_discount_uses_its_code_and_cannot_be_booked_without_it(house):
    promo_make(house.place, max_uses=1)
    held = hold(house, promo_code="SPRING")

    with pytest.raises(InvalidInput) as refused:
        house.book(house.stay(hold=held))
    assert refused.value.code == "hold_mismatch"
    assert (PromoCode.objects.get().used_count, house.counted("sold", days=4)) == (0, [0, 0, 0, 0])

    result = house.book(house.stay(hold=held, promo_code="spring"))

    assert result.reservations[0].total_amount == Money(180, "EUR")
    assert PromoCode.objects.get().used_count == 1


def test_a_promise_to_a_company_is_booked_by_that_company(house):
    company = company_make(house.place)
    held = hold_create(place=house.place, stay=house.stay(), actor=None, company_id=company.pk)

    with pytest.raises(InvalidInput) as refused:
        house.book(house.stay(hold=held))

    assert refused.value.code == "hold_mismatch"
    assert house.book(house.stay(hold=held), company=company).booking.company == company


def test_a_promise_without_taxes_is_for_the_exempt(house):
    held = hold(house, exemptions=("resident",))

    with pytest.raises(InvalidInput) as refused:
        house.book(house.stay(hold=held))

    assert refused.value.code == "hold_mismatch"
    assert house.book(house.stay(hold=held, exemptions=("resident",))).is_new


def test_a_stay_for_nothing_costs_nothing_with_a_hold(house, cast):
    held = hold(house)

    result = house.book(house.stay(hold=held, flags=frozenset({"is_complimentary"})), actor=cast.ada)

    assert result.reservations[0].total_amount == Money(0, "EUR")
    assert (house.counted("held", days=4), house.counted("sold", days=4)) == ([0, 0, 0, 0], [0, 1, 1, 0])
