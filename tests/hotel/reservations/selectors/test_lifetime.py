"""What guests and companies have stayed and paid, from the reservations themselves."""

from datetime import timedelta

import pytest
from moneyed import Money

from hotel.reservations.models import Reservation
from hotel.reservations.selectors.lifetime import company_lifetime, guest_lifetime
from hotel.reservations.services.cancellations import reservation_cancel
from tests.contracts.queries import queries_of
from tests.factories.guests import company_make, guest_make
from tests.factories.reservations import house_make

DAY = timedelta(days=1)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def test_stays_nights_and_money_count_when_they_have_begun_and_cancellations_when_they_were_confirmed(house):
    guest, other = guest_make(house.place), guest_make(house.place)
    stays = [house.reserve(0, 3, primary_guest=guest) for _ in range(4)]
    inquiry = house.reserve(0, 3, primary_guest=guest, status="inquiry")
    for row in (stays[2], inquiry):
        reservation_cancel(reservation=row, actor=None)
    Reservation.objects.filter(pk=stays[0].pk).update(status="checked_out")
    Reservation.objects.filter(pk=stays[1].pk).update(status="in_house")
    Reservation.objects.filter(pk=stays[3].pk).update(status="no_show")
    type(house.place).objects.filter(pk=house.place.pk).update(business_date=stays[0].arrival + 2 * DAY)

    found = guest_lifetime([guest.pk, other.pk], house.place.pk)

    assert set(found) == {guest.pk}
    figures = found[guest.pk]
    assert (figures.stays, figures.nights, figures.cancellations, figures.no_shows) == (2, 4, 1, 1)
    assert figures.revenue == Money(400, "EUR")
    assert (figures.first_stay_on, figures.last_stay_on) == (stays[0].arrival, stays[0].arrival)
    assert len(queries_of(lambda: guest_lifetime([guest.pk, other.pk], house.place.pk))) == 2


def test_a_company_has_the_stays_it_booked(house):
    company = company_make(house.place)
    house.book(house.stay(), house.stay(), company=company)
    house.reserve()

    figures = company_lifetime([company.pk], house.place.pk)[company.pk]

    assert (figures.stays, figures.revenue) == (0, None)
    Reservation.objects.filter(booking__company=company).update(status="checked_out")
    assert company_lifetime([company.pk], house.place.pk)[company.pk].revenue is None
    type(house.place).objects.update(business_date=house.place.business_date + 3 * DAY)
    assert company_lifetime([company.pk], house.place.pk)[company.pk].revenue == Money(400, "EUR")
