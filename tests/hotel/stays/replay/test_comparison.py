from datetime import date
from decimal import Decimal

from hotel.reservations.services.cancellations import reservation_cancel
from hotel.stays.replay.comparison import Difference, differences, figures_of_property
from hotel.stays.replay.figures import DayFigures
from tests.cast import TODAY
from tests.factories.reservations import house_make

DAY, NEXT = date(2027, 3, 15), date(2027, 3, 16)


def test_the_house_tells_what_it_holds_day_by_day(cast):
    house = house_make(cast.alpha)
    house.reserve(1, 2)
    gone = house.reserve(1, 1)
    reservation_cancel(reservation=gone, actor=None)
    gone.refresh_from_db()

    figures = figures_of_property(house.place)

    cancelled_on = gone.cancelled_at.astimezone(house.place.zone).date()
    assert figures[TODAY].booked == 2
    assert figures[cancelled_on].cancelled == 1
    assert figures[DAY] == DayFigures(arrivals=1, nights_sold=1, revenue=Decimal(100))
    assert figures[NEXT] == DayFigures(nights_sold=1, revenue=Decimal(100))


def test_equal_figures_do_not_differ():
    days = {DAY: DayFigures(booked=1), NEXT: DayFigures(revenue=Decimal("80.50"))}

    assert differences(days, {**days, NEXT: DayFigures(revenue=Decimal("80.500"))}) == []


def test_a_night_lost_or_doubled_is_told_with_its_day():
    one, two = DayFigures(nights_sold=1), DayFigures(nights_sold=2)

    assert differences({DAY: one}, {DAY: two}) == [Difference(DAY, "nights_sold", 1, 2)]
    assert differences({DAY: one, NEXT: one}, {DAY: one}) == [Difference(NEXT, "nights_sold", 1, 0)]
    assert differences({}, {DAY: DayFigures(revenue=Decimal(1))}) == [
        Difference(DAY, "revenue", Decimal(0), Decimal(1))
    ]
