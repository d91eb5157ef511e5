"""Revenue: what is counted, what is compared, and what is not known."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from moneyed import Money

from hotel.dashboard.selectors.revenue import YEAR, revenue
from hotel.properties.models import Property
from hotel.reservations.models import Booking, Reservation, ReservationNight
from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.models import DailyStatistic
from tests.cast import TODAY
from tests.factories.reservations import house_make


def statistic(place, day, sold=5, room=500, available=10):
    """A day that was closed, long ago."""
    none = Money(0, "EUR")
    Property.objects.filter(pk=place.pk).update(business_date=day)  # only the open day takes its figures
    row = DailyStatistic.objects.create(
        property=place,
        business_date=day,
        rooms_available=available,
        rooms_sold=sold,
        room_revenue=Money(room, "EUR"),
        no_show_revenue=none,
        other_revenue=none,
        tax=none,
    )
    Property.objects.filter(pk=place.pk).update(business_date=TODAY)
    return row


def moved(stay, days, **over):
    """The stay as if it had been so many days earlier, with its nights."""
    shift = timedelta(days=days)
    for night in ReservationNight.objects.filter(reservation=stay):
        ReservationNight.objects.filter(pk=night.pk).update(night=night.night - shift)
    values = {
        "arrival": stay.arrival - shift,
        "departure": stay.departure - shift,
        "policy_arrival": stay.policy_arrival - shift,
        **over,
    }
    Reservation.objects.filter(pk=stay.pk).update(**values)


@pytest.fixture
def house(cast):
    return house_make(cast.alpha, doubles=4)


def test_an_empty_house_knows_nothing_and_says_so(house):
    found = revenue(house.place)
    assert (found.month, found.history, found.is_compared) == (None, 0, False)
    assert [period.now.sold for period in found.periods] == [0, 0, 0]
    assert [period.then for period in found.periods] == [None, None, None]
    assert found.nights[0].occupancy == 0
    assert found.segments == []


def test_what_is_on_the_books(house):
    house.reserve(0, 2)
    house.reserve(40, 1, room_type=house.suite)
    house.reserve(1, 1, status="waitlisted")
    found = revenue(house.place)
    thirty, sixty, _ninety = found.periods
    assert (thirty.now.sold, thirty.now.revenue) == (2, Money("200.00", "EUR"))
    assert (sixty.now.sold, sixty.now.revenue, sixty.now.rate) == (
        3,
        Money("450.00", "EUR"),
        Money("150.00", "EUR"),
    )
    assert [night.books.sold for night in found.nights[:3]] == [1, 1, 0]
    assert found.nights[0].occupancy == Decimal("0.2000")
    assert [(part.name, part.sold) for part in found.types] == [("Dbl", 2), ("Sui", 1)]


def test_by_segment_and_source_with_what_is_not_told_last(house):
    house.reserve(0, 2)
    told = house.reserve(0, 1)
    Booking.objects.filter(pk=told.booking_id).update(market="leisure", source="web")
    found = revenue(house.place)
    assert [(part.name, part.sold, part.share) for part in found.segments] == [
        ("leisure", 1, Decimal("0.3333")),
        ("", 2, Decimal("0.6667")),
    ]
    assert [(part.name, part.sold) for part in found.sources] == [("direct", 2), ("web", 1)]


def test_what_came_and_went_lately(house):
    house.reserve(3, 1)
    before, gone = house.reserve(3, 1), house.reserve(3, 1)
    week = TODAY - timedelta(days=7)
    Reservation.objects.filter(pk__in=(before.pk, gone.pk)).update(booked_on=week)
    reservation_cancel(reservation=gone, actor=None)
    both = house.reserve(3, 1)
    reservation_cancel(reservation=both, actor=None)  # booked and gone within the week
    night = revenue(house.place).nights[3]
    assert (night.books.sold, night.came, night.came_today, night.went) == (2, 1, 1, 1)


def test_last_year_by_the_same_day_and_in_the_end(house):
    early, late, gone = (house.reserve(3, 1) for _ in range(3))
    year = YEAR.days
    moved(early, year, status="checked_out", booked_on=TODAY - YEAR - timedelta(days=5))
    moved(late, year, status="checked_out", booked_on=TODAY - YEAR + timedelta(days=1))
    after = datetime.fromisoformat("2026-03-17T12:00:00+00:00")
    moved(
        gone,
        year,
        status="cancelled",
        booked_on=TODAY - YEAR - timedelta(days=5),
        cancelled_at=after,
        confirmed_at=after,
    )
    first = house.reserve(0, 1)
    moved(first, year + 1, status="checked_out", booked_on=TODAY - YEAR - timedelta(days=9))
    found = revenue(house.place)
    assert (found.history, found.frozen, found.is_compared) == (90, 0, True)
    assert (found.nights[3].then, found.nights[3].ended) == (2, 2)
    assert (found.nights[4].then, found.nights[4].ended) == (0, 0)
    assert (found.periods[0].then.sold, found.periods[0].ended.sold) == (2, 2)
    assert found.periods[0].then.occupancy is None


def test_frozen_nights_are_believed_before_the_stays(house):
    start = TODAY - YEAR
    for step in range(90):
        statistic(house.place, start + timedelta(days=step), sold=step % 2, room=100 * (step % 2))
    found = revenue(house.place)
    assert (found.history, found.frozen) == (90, 90)
    assert [night.ended for night in found.nights[:4]] == [0, 1, 0, 1]
    ended = found.periods[0].ended
    assert (ended.sold, ended.revenue, ended.occupancy) == (15, Money("1500.00", "EUR"), Decimal("0.0500"))


def test_too_little_history_compares_with_nothing(house):
    for step in range(77, 90):
        statistic(house.place, TODAY - YEAR + timedelta(days=step))
    found = revenue(house.place)
    assert (found.history, found.is_compared) == (13, False)
    assert found.periods[0].ended is None


def test_the_month_is_its_closed_days_beside_the_same_weekdays(house):
    for step in range(1, 14):
        day = TODAY.replace(day=step)
        statistic(house.place, day, sold=4, room=480)
        statistic(house.place, day - YEAR, sold=5, room=500)
    for step in range(90):
        day = TODAY - YEAR + timedelta(days=step)
        if not DailyStatistic.objects.filter(business_date=day).exists():
            statistic(house.place, day)
    month = revenue(house.place).month
    assert (month.first, month.past) == (TODAY.replace(day=1), TODAY)
    assert (month.now.sold, month.now.rate, month.now.by_room) == (
        52,
        Money("120.00", "EUR"),
        Money("48.00", "EUR"),
    )
    assert (month.then.sold, month.nights_change, month.revenue_change) == (
        65,
        Decimal("-0.2000"),
        Decimal("-0.0400"),
    )


def test_its_queries_do_not_grow(house):
    place = Property.objects.get(pk=house.place.pk)
    revenue(place)
    house.reserve(0, 2)
    with CaptureQueriesContext(connection) as few:
        revenue(place)
    for step in range(3):
        house.reserve(step, 2)
        statistic(house.place, TODAY - YEAR + timedelta(days=step))
    with CaptureQueriesContext(connection) as many:
        revenue(place)
    assert (len(few), len(many)) == (11, 11)
