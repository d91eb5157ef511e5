"""Local clocks: ordinary days, skipped times, doubled times."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.core.zones import instant_at


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Vienna", date(2027, 3, 14), time(15), datetime(2027, 3, 14, 14, tzinfo=UTC)),
        ("Asia/Tokyo", date(2027, 3, 14), time(8, 30), datetime(2027, 3, 13, 23, 30, tzinfo=UTC)),
        ("Europe/Vienna", date(2027, 3, 28), time(2, 30), datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("Europe/Vienna", date(2027, 10, 31), time(2, 30), datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("America/Santiago", date(2026, 9, 6), time(0), datetime(2026, 9, 6, 4, tzinfo=UTC)),
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 10), datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ],
    ids=["ordinary", "tokyo", "skipped", "doubled", "no midnight", "half an hour"],
)
def test_a_local_time_is_one_instant(zone, day, at, expected):
    assert instant_at(ZoneInfo(zone), day, at) == expected


@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31)),
    st.times().map(lambda found: found.replace(microsecond=0)),
    st.sampled_from(["Europe/Vienna", "America/Santiago", "Australia/Lord_Howe", "Africa/Cairo", "UTC"]),
)
def test_the_clock_shows_the_time_or_has_just_skipped_it(day, at, zone):
    shown = instant_at(ZoneInfo(zone), day, at).astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    assert shown >= datetime.combine(day, at)
    if shown != datetime.combine(day, at):
        before = datetime.combine(day, at).replace(tzinfo=ZoneInfo(zone))
        assert before.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != datetime.combine(
            day, at
        )
