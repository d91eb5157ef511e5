"""The cast at noon of the business date."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.loyalty import loyalty_member_make

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon():
    """13:00 at Alpha."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def member(cast):
    """Enrolled at Alpha today."""
    return loyalty_member_make(cast.alpha)
