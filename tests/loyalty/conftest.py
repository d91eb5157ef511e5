"""The cast at noon of the business date."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import time_machine

from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.services.limiter import limiter
from loyalty.services import voucher_tries
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


@pytest.fixture
def fresh_tries(monkeypatch):
    """Nobody has tried a code yet, and no slow machine gives more of them meanwhile."""
    monkeypatch.setattr(voucher_tries, "CODES", replace(voucher_tries.CODES, quota=Quota(1, 3600, 30)))
    limiter.cache_clear()
    yield
    limiter.cache_clear()
