"""The one door to the wall clock."""

from datetime import UTC, datetime, timedelta

import time_machine

from hotel.core.clock import now


def test_the_clock_tells_an_aware_utc_instant() -> None:
    with time_machine.travel(datetime(2027, 3, 28, 1, 30, tzinfo=UTC), tick=False):
        moment = now()
    assert moment == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
    assert moment.utcoffset() == timedelta(0)
