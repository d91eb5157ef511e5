from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, connection
from django.utils import timezone

from hotel.core.postgresql.loaders import TimestampLoader

pytestmark = pytest.mark.django_db


def told(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz", [text])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-03-01 14:00:00.5+00", datetime(2027, 3, 1, 14, 0, 0, 500_000, tzinfo=UTC)),
        ("2027-03-01 14:00:00+05:30", datetime(2027, 3, 1, 8, 30, tzinfo=UTC)),
        ("0001-01-01 00:00:00+00", datetime(1, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_utc(text, expected):
    moment = told(text)

    assert (moment, moment.tzinfo) == (expected, UTC)


@pytest.mark.parametrize("text", ["infinity", "0044-03-15 12:00:00 BC", "12000-01-01 00:00:00+00"])
def test_what_python_has_no_moment_for_is_said_as_by_django(text):
    with pytest.raises(DataError, match="timestamp too"):
        told(text)


def test_another_offset_than_that_of_the_connection_is_converted():
    loader = TimestampLoader.at(UTC)(1184, None)

    assert loader.load(b"2027-03-01 14:00:00+05:30") == datetime(2027, 3, 1, 8, 30, tzinfo=UTC)
    assert TimestampLoader.at(UTC) is TimestampLoader.at(UTC)


def test_the_loader_is_the_one_in_use(monkeypatch):
    read = []
    load = TimestampLoader.load
    monkeypatch.setattr(TimestampLoader, "load", lambda self, data: read.append(data) or load(self, data))

    assert told("2027-03-01 14:00:00+00").astimezone(ZoneInfo("Europe/Vienna")).hour == 15

    assert len(read) == 1
    assert timezone.is_aware(told("2027-03-01 14:00:00+00"))
