"""Closing days from the shell."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.stays.models import DailyStatistic
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY

DAY = timedelta(days=1)


def run(*arguments):
    out = StringIO()
    call_command("night_audit", *arguments, stdout=out)
    return out.getvalue().splitlines()


def test_the_open_day_is_closed_and_each_step_told(house, arrival):
    check_in(reservation=arrival, actor=None)
    lines = run("ALPHA")
    assert lines[0] == "2027-03-14 Look for what blocks the day: nothing"
    assert "2027-03-14 Post room, packages and taxes of the night: stays 1, postings 1" in lines
    assert lines[-1] == "2027-03-14 is closed."
    assert len(lines) == 10


def test_days_are_closed_until_a_date_is_open(house, noon):
    noon.shift(4 * DAY)
    closed = [line for line in run("ALPHA", "--until", str(TODAY + 3 * DAY)) if line.endswith("is closed.")]
    assert len(closed) == DailyStatistic.objects.count() == 3
    assert run("ALPHA", "--until", str(TODAY)) == []


def test_it_says_why_when_a_day_cannot_be_closed(house, arrival, noon):
    check_in(reservation=arrival, actor=None)
    noon.shift(5 * DAY)
    with pytest.raises(CommandError, match="1 guest has not left"):
        run("ALPHA", "--until", str(TODAY + 5 * DAY))
    with pytest.raises(CommandError, match="no property GAMMA"):
        run("GAMMA")
