import zoneinfo
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hotel.properties.business_date import business_date_of, local_instant
from hotel.properties.models import Property

ZONES = sorted(zoneinfo.available_timezones())
SECOND = timedelta(seconds=1)


def place_in(zone: str) -> Property:
    return Property(time_zone=zone)


@pytest.mark.parametrize(
    ("zone", "day", "at", "expected"),
    [
        ("Europe/Vienna", date(2027, 3, 14), time(15), "2027-03-14T14:00:00+00:00"),
        ("Europe/Vienna", date(2027, 7, 14), time(15), "2027-07-14T13:00:00+00:00"),
        # 2:30 does not exist: the clocks go from 1:59:59 to 3:00
        ("Europe/Vienna", date(2027, 3, 28), time(2, 30), "2027-03-28T01:00:00+00:00"),
        # 2:30 comes twice: the first counts
        ("Europe/Vienna", date(2027, 10, 31), time(2, 30), "2027-10-31T00:30:00+00:00"),
        # midnight does not exist
        ("America/Santiago", date(2026, 9, 6), time(0), "2026-09-06T04:00:00+00:00"),
        ("Asia/Beirut", date(2026, 3, 29), time(0), "2026-03-28T22:00:00+00:00"),
        ("Africa/Cairo", date(2026, 4, 24), time(0), "2026-04-23T22:00:00+00:00"),
        # half an hour of summer time
        ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:30:00+00:00"),
        ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45:00+00:00"),
        # a whole day left out
        ("Pacific/Apia", date(2011, 12, 30), time(12), "2011-12-30T10:00:00+00:00"),
        # an offset that is no whole hour
        ("Asia/Kathmandu", date(2027, 3, 14), time(11), "2027-03-14T05:15:00+00:00"),
        ("UTC", date(2027, 3, 14), time(11), "2027-03-14T11:00:00+00:00"),
    ],
    ids=lambda value: str(value),
)
def test_local_instant_of_known_days(zone, day, at, expected):
    assert local_instant(place_in(zone), day, at).isoformat() == expected


@settings(deadline=None, max_examples=300)
@given(
    zone=st.sampled_from(ZONES),
    day=st.dates(date(1990, 1, 2), date(2090, 1, 1)),
    at=st.times(),
)
@example("Europe/Vienna", date(2027, 3, 28), time(2, 0))
@example("Europe/Vienna", date(2027, 3, 28), time(2, 59, 59, 999_999))
@example("Europe/Vienna", date(2027, 3, 28), time(3, 0))
@example("Europe/Vienna", date(2027, 10, 31), time(2, 0))
@example("Europe/Vienna", date(2027, 10, 31), time(3, 0))
@example("America/Santiago", date(2026, 9, 6), time(0, 59))
@example("Asia/Beirut", date(2026, 3, 29), time(0, 0))
@example("Australia/Lord_Howe", date(2026, 10, 4), time(2, 29, 59))
@example("Pacific/Apia", date(2011, 12, 30), time(0, 0))
def test_local_instant_is_the_first_instant_that_shows_the_time_or_a_later_one(zone, day, at):
    place = place_in(zone)
    naive = datetime.combine(day, at)

    instant = local_instant(place, day, at)

    assert instant.tzinfo is UTC
    shown = instant.astimezone(place.zone).replace(tzinfo=None)
    before = (instant - SECOND).astimezone(place.zone).replace(tzinfo=None)
    if shown == naive:
        first = naive.replace(tzinfo=place.zone, fold=0).astimezone(UTC)
        second = naive.replace(tzinfo=place.zone, fold=1).astimezone(UTC)
        assert instant == first == min(first, second)
    else:
        # skipped: the very first instant after the gap
        assert before < naive < shown
        assert instant.microsecond == 0


@settings(deadline=None, max_examples=150)
@given(
    zone=st.sampled_from(["Europe/Vienna", "America/Santiago", "Asia/Beirut", "Australia/Lord_Howe"]),
    day=st.dates(date(2020, 1, 1), date(2035, 1, 1)),
)
def test_days_follow_one_another_without_overlap(zone, day):
    place = place_in(zone)
    start, end = (local_instant(place, day + timedelta(days=n), time(0)) for n in (0, 1))
    assert timedelta(hours=23) <= end - start <= timedelta(hours=25)
    assert start < local_instant(place, day, time(12)) < end


def test_business_date_is_read_fresh(cast):
    Property.objects.filter(pk=cast.alpha.pk).update(business_date=date(2027, 3, 15))
    assert business_date_of(cast.alpha.pk) == date(2027, 3, 15)
    with pytest.raises(Property.DoesNotExist):
        business_date_of(0)
