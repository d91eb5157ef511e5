"""The figures of the open business date: foreseen by day, frozen by the audit."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.folios.services.codes import standard_code
from hotel.folios.services.corrections import posting_adjust
from hotel.folios.services.folios import folio_open
from hotel.folios.services.postings import charge_post
from hotel.reservations.models import Reservation
from hotel.reservations.services.cancellations import reservation_cancel, reservation_no_show
from hotel.stays.models import DailyStatistic
from hotel.stays.selectors.house import house_figures
from hotel.stays.services.charges import nights_charge
from hotel.stays.services.check_in import check_in
from hotel.stays.services.night_audit import night_audit_run
from tests.factories.rates import tax_rule_make

DAY = timedelta(days=1)


@pytest.fixture
def tonight(house):
    """Of four rooms: a guest in house, one expected, one for nothing, one who should have come yesterday."""
    tax_rule_make(house.place)  # 10 % contained in rooms
    check_in(reservation=house.reserve(0, 2), actor=None, room=house.rooms[0])
    house.reserve(0, 1)
    house.reserve(0, 1, flags=frozenset({"is_complimentary"}))
    missed = house.reserve(0, 1, room_type=house.suite)
    yesterday = house.place.business_date - DAY
    Reservation.objects.filter(pk=missed.pk).update(arrival=yesterday, policy_arrival=yesterday)
    return house


def test_who_is_here_and_who_is_expected_make_the_night(tonight):
    found = house_figures(tonight.place)

    counts = found.counts
    assert (counts.rooms_available, counts.rooms_sold, counts.rooms_complimentary) == (4, 2, 1)
    assert (counts.occupancy, found.last) == (Decimal("0.5"), None)
    assert found.room_revenue == Money("181.82", "EUR")
    assert found.average_daily_rate == Money("90.91", "EUR")
    assert found.revenue_per_available_room == Money("45.46", "EUR")


def test_what_rooms_earn_beside_the_night_counts_today(tonight):
    place = tonight.place
    reservation_no_show(reservation=Reservation.objects.filter(status="confirmed").latest("pk"), actor=None)
    folio = folio_open(reservation=Reservation.objects.get(status="in_house"))
    for code in ("late_check_out", "beverage"):
        charge_post(folio=folio, code=standard_code(place, code), amount=Money(22, "EUR"))
    before = house_figures(place).room_revenue
    late = folio.windows.get().postings.get(code__code="late_check_out")
    posting_adjust(posting=late, amount=Money(11, "EUR"), reason="Waited")

    assert before - Money("181.82", "EUR") == Money("250", "EUR") + Money(20, "EUR")
    assert house_figures(place).room_revenue == before - Money(10, "EUR")


def test_a_night_that_is_on_the_bill_already_counts_once(tonight):
    place = tonight.place
    before = house_figures(place).room_revenue
    inside = Reservation.objects.get(status="in_house")

    nights_charge(place=place, night=place.business_date, reservations=[inside.pk], actor=None)

    assert house_figures(place).room_revenue == before == Money("181.82", "EUR")


def test_when_all_have_come_the_audit_freezes_what_was_foreseen(tonight):
    place = tonight.place
    for stay, room in zip(
        Reservation.objects.filter(arrival=place.business_date, status="confirmed"),
        tonight.rooms[1:],
        strict=False,
    ):
        check_in(reservation=stay, actor=None, room=room)
    reservation_cancel(reservation=Reservation.objects.get(status="confirmed"), actor=None)
    foreseen = house_figures(place)

    night_audit_run(place=place)

    frozen = DailyStatistic.objects.get().figures
    assert frozen.counts.rooms_sold == foreseen.counts.rooms_sold == 2
    assert frozen.average_daily_rate == foreseen.average_daily_rate
    assert frozen.revenue_per_available_room == foreseen.revenue_per_available_room
    assert house_figures(place).last.figures == frozen


def test_an_empty_house_has_no_rate_and_earns_nothing(house):
    found = house_figures(house.place)

    assert (found.average_daily_rate, found.revenue_per_available_room) == (None, Money("0.00", "EUR"))
    assert found.counts.occupancy == 0


def test_the_number_of_queries_does_not_grow(house):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            house_figures(house.place)
        return len(queries)

    few = asked()
    for _ in range(3):
        house.reserve(0, 1)

    assert asked() == few == 6
