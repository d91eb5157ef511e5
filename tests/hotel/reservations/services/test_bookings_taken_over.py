from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput
from hotel.core.invariants import invariants_verify
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Booking
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.reservations.services.lifecycle import reservation_confirm
from tests.factories.rates import city_tax_make, tax_rule_make
from tests.factories.reservations import house_make


@pytest.fixture
def house(cast):
    return house_make(cast.alpha)


def recorded(house, amounts=("-6.38", "-6.38"), adults=0, **over):
    stay = house.stay(occupancy=Occupancy(adults=adults), is_taken_over=True)
    nights = [stay.arrival, *([stay.departure.replace(day=stay.departure.day - 1)])]
    prices = {night: Money(amount, "EUR") for night, amount in zip(nights, amounts, strict=False)}
    return house.reserve(
        occupancy=Occupancy(adults=adults), is_taken_over=True, is_agreed=True, prices=prices, **over
    )


def broken():
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


def test_a_recorded_stay_keeps_its_price_and_party_and_takes_its_nights(house):
    row = recorded(house)

    assert (row.adults, row.is_taken_over, row.total_amount.amount) == (0, True, Decimal("-12.76"))
    assert {night.is_taken_over for night in row.nights.all()} == {True}
    assert house.counted("sold", days=4) == [0, 1, 1, 0]
    assert broken() == []


def test_a_recorded_stay_lives_on_as_any_other(house):
    row = recorded(house)

    amended = reservation_amend(reservation=row, amendment=Amendment(), actor=None).reservation
    assert (amended.version, amended.total_amount.amount) == (2, Decimal("-12.76"))
    reservation_cancel(reservation=row, actor=None)

    assert house.counted("sold", days=4) == [0, 0, 0, 0]
    assert broken() == []


def test_a_recorded_stay_leaves_the_waiting_list_as_it_was_recorded(house):
    row = recorded(house, status=ReservationStatus.WAITLISTED)

    confirmed = reservation_confirm(reservation=row, actor=None).reservation

    assert (confirmed.status, confirmed.adults, confirmed.total_amount.amount) == (
        "confirmed",
        0,
        Decimal("-12.76"),
    )
    assert house.counted("sold", days=4) == [0, 1, 1, 0]


def test_its_party_is_checked_when_it_changes(house):
    row = recorded(house, adults=2)

    with pytest.raises(InvalidInput):
        reservation_amend(reservation=row, amendment=Amendment(occupancy=Occupancy(adults=0)), actor=None)


def test_every_night_needs_its_recorded_price(house):
    with pytest.raises(InvalidInput, match="No price is recorded for 2027-03-16"):
        recorded(house, amounts=("80",))

    assert not Booking.objects.exists()


@pytest.mark.parametrize(("adults", "amount"), [(0, "80"), (2, "-80")])
def test_what_is_sold_here_has_an_adult_and_no_price_below_zero(house, adults, amount):
    stay = house.stay(nights=1)
    prices = {stay.arrival: Money(amount, "EUR")}

    with pytest.raises(InvalidInput):
        house.book(house.stay(nights=1, occupancy=Occupancy(adults=adults), is_agreed=True, prices=prices))

    assert not Booking.objects.exists()


def test_a_recorded_price_has_the_contained_taxes_inside_and_keeps_them_when_the_stay_changes(house):
    tax_rule_make(house.place, "VAT10")
    city_tax_make(house.place)

    row = recorded(house, amounts=("135.15", "-6.38"), adults=2)

    def nights(of):
        return [(night.room_net, night.room_gross, night.total) for night in of.nights.order_by("night")]

    gross, back = Money("135.15", "EUR"), Money("-6.38", "EUR")
    assert nights(row) == [(Money("122.86", "EUR"), gross, gross), (back, back, back)]
    assert (row.total_amount, row.stay_tax_amount) == (gross + back, Money(0, "EUR"))
    assert broken() == []

    longer = Amendment(departure=row.departure.replace(day=row.departure.day + 1))
    amended = reservation_amend(reservation=row, amendment=longer, actor=None).reservation

    hundred = Money(100, "EUR")
    assert nights(amended) == [*nights(row)[:2], (Money("90.91", "EUR"), hundred, hundred + Money(4, "EUR"))]
    assert amended.total_amount == gross + back + Money(104, "EUR")
    assert broken() == []
