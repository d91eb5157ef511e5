"""What a process knows of restraints between two readings."""

from datetime import timedelta

import pytest
import time_machine

from hotel.core.clock import now
from hotel.properties.restraints import Standing
from tests.factories.properties import property_restraint_make


@pytest.mark.parametrize("kind", ["exports", "read_only", "second_step"])
@time_machine.travel("2027-03-14T12:00:00Z", tick=False)
def test_what_was_read_ends_when_its_time_is_over(cast, kind):
    row = property_restraint_make(cast.alpha, kind=kind, until=now() + timedelta(minutes=5))
    known = Standing()
    known.refresh()

    with time_machine.travel(row.until - timedelta(seconds=1), tick=False):
        assert [one.kind for one in known.rows] == [kind]
        assert known.at(cast.alpha.pk, kind) is not None
    with time_machine.travel(row.until, tick=False):
        assert known.rows == ()
        assert known.at(cast.alpha.pk, kind) is None
