"""The wall clock of the tests stands at noon of the business date, because fees depend on it."""

from datetime import UTC, datetime

import pytest
import time_machine

NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def noon():
    """Noon of the business date at Alpha."""
    with time_machine.travel(NOON, tick=False):
        yield NOON
