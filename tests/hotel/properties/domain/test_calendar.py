"""The fiscal calendar: the worked table of docs/algorithms/fiscal_calendar.md, and what holds for every day."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from hotel.properties.domain.calendar import DaySpan, FiscalKind, fiscal_day, fiscal_year, year_start

PAGE = Path(__file__).parents[4] / "docs/algorithms/fiscal_calendar.md"
ROWS = [
    [cell.strip() for cell in line.strip("|\n").split("|")]
    for line in PAGE.read_text().splitlines()
    if re.match(r"\| \d{4}-", line)
]
EVERY_DAY = [date(2019, 1, 1) + timedelta(days=step) for step in range(10 * 366)]
WEEKS = [FiscalKind.WEEKS_4_4_5, FiscalKind.WEEKS_13X4]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " ".join(row[:3]))
def test_the_worked_table(row):
    assert len(ROWS) == 10
    day, kind, month, year, quarter, period, *days = row
    period_first, period_last, quarter_first, quarter_last, first, last, comparable = map(
        date.fromisoformat, days
    )

    found = fiscal_day(date.fromisoformat(day), FiscalKind(kind), int(month))

    assert (found.year, found.quarter, found.period) == (int(year), int(quarter), int(period))
    assert found.period_span == DaySpan(period_first, period_last)
    assert found.quarter_span == DaySpan(quarter_first, quarter_last)
    assert found.year_span == DaySpan(first, last)
    assert found.comparable == comparable


@pytest.mark.parametrize("kind", FiscalKind)
@pytest.mark.parametrize("month", [1, 4, 12])
def test_every_day_lies_in_its_spans_and_periods_follow_each_other_without_a_gap(kind, month):
    before = None
    for day in EVERY_DAY:
        found = fiscal_day(day, kind, month)
        for span in (found.period_span, found.quarter_span, found.year_span):
            assert span.first <= day <= span.last, (day, span)
        assert found.comparable.weekday() == day.weekday()
        assert found.comparable < found.day
        if before is not None:
            same = before.period_span.last >= day
            assert (found.period_span == before.period_span) is same
            assert same or found.period_span.first == day
        before = found


@pytest.mark.parametrize("kind", WEEKS)
def test_weeks_from_january_are_those_of_iso_8601(kind):
    for day in EVERY_DAY:
        found, iso = fiscal_day(day, kind, 1), day.isocalendar()
        assert found.year == iso.year
        assert (day - found.year_span.first).days // 7 + 1 == iso.week


@pytest.mark.parametrize("kind", WEEKS)
def test_a_day_is_compared_with_its_own_week_of_the_year_before(kind):
    for day in EVERY_DAY:
        iso = day.isocalendar()
        was = fiscal_day(day, kind, 1).comparable.isocalendar()
        last = date(iso.year - 1, 12, 28).isocalendar().week
        assert (was.year, was.week, was.weekday) == (iso.year - 1, min(iso.week, last), iso.weekday)


@pytest.mark.parametrize("month", range(1, 13))
def test_a_year_of_weeks_begins_on_the_monday_nearest_to_its_month(month):
    for year in range(2000, 2030):
        start = year_start(year, FiscalKind.WEEKS_13X4, month)
        assert start.weekday() == 0
        assert abs((start - date(year, month, 1)).days) <= 3


@pytest.mark.parametrize("day", [date(999, 12, 31), date(9001, 1, 1), date.min, date.max])
def test_days_outside_all_calendars_are_refused(day):
    with pytest.raises(ValueError, match="1000 to 9000"):
        fiscal_day(day, FiscalKind.MONTHS)


@pytest.mark.parametrize(
    ("day", "start", "year"),
    [
        (date(2027, 3, 31), 1, 2027),
        (date(2027, 3, 31), 4, 2026),
        (date(2027, 4, 1), 4, 2027),
        (date(2027, 12, 31), 12, 2027),
    ],
)
def test_a_fiscal_year_is_called_after_the_year_it_begins_in(day, start, year):
    assert fiscal_year(day, FiscalKind.MONTHS, start) == year
