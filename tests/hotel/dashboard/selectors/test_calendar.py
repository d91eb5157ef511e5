from datetime import timedelta

from hotel.dashboard.selectors.calendar import Cell, calendar, rule_counts
from tests.cast import TODAY
from tests.factories.rates import restriction_make
from tests.factories.reservations import OPEN_DAYS

DAY = timedelta(days=1)


def test_each_type_has_a_cell_per_night_with_what_is_left_and_the_rules(house):
    house.reserve(1, 1)
    restriction_make(house.place, "cta", TODAY + DAY, TODAY + 2 * DAY)
    restriction_make(house.place, "closed", TODAY + DAY, TODAY + 3 * DAY, room_type=house.suite)

    found = {
        row.code: cells for row, cells in calendar(house.place.pk, [TODAY, TODAY + DAY, TODAY + 2 * DAY])
    }

    assert found["DBL"] == [Cell(TODAY, 2), Cell(TODAY + DAY, 1, 1), Cell(TODAY + 2 * DAY, 2)]
    assert found["SUI"] == [Cell(TODAY, 1), Cell(TODAY + DAY, 1, 2), Cell(TODAY + 2 * DAY, 1, 1)]


def test_nights_that_are_not_open_are_none_not_nought(house):
    last = TODAY + (OPEN_DAYS - 1) * DAY

    rows = calendar(house.place.pk, [last, last + DAY])

    assert [cell.left for cell in rows[0][1]] == [2, None]


def test_a_rule_counts_only_on_its_weekdays_and_at_its_property(house, cast):
    restriction_make(house.place, "closed", TODAY, TODAY + 7 * DAY, weekdays=1)  # Mondays
    restriction_make(cast.beta, "closed", TODAY, TODAY + 7 * DAY)

    assert rule_counts(house.place.pk, TODAY, TODAY + 7 * DAY) == {(None, TODAY + DAY): 1}


def test_how_a_cell_stands_out():
    assert [Cell(TODAY, left).look for left in (None, 0, 1, 2, 3)] == ["", "shut", "few", "few", ""]


def test_the_number_of_queries_is_constant(house, django_assert_num_queries):
    days = [TODAY + step * DAY for step in range(14)]
    with django_assert_num_queries(4):
        calendar(house.place.pk, days)
