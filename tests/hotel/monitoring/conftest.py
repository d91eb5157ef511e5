"""Rules that are enforced, for tests of the limiter; the rest of the suite is only counted."""

import pytest

from hotel.monitoring.domain.defaults import DEFAULTS
from hotel.monitoring.models import LimiterState, RateLimit
from hotel.monitoring.selectors.rules import RuleTable
from hotel.monitoring.services.attendant import attendant
from hotel.monitoring.services.health import latest
from hotel.monitoring.services.limiter import limiter
from hotel.monitoring.services.public_status import status_kept
from hotel.monitoring.services.recorder import recorder


@pytest.fixture(autouse=True)
def begun_anew():
    """Each test begins with fresh counters, the built-in rules and nothing seen."""
    limiter.cache_clear()
    attendant.forget()
    recorder.drain()
    latest.forget()
    status_kept.forget()
    yield
    limiter.cache_clear()
    attendant.forget()
    recorder.drain()


@pytest.fixture
def enforce(settings):
    """A function that lets exactly these rules hold, and refuse."""
    settings.RATE_LIMITS_ENFORCED = True

    def hold(*rules, **over):
        attendant.table = RuleTable(1, rules, **over)

    return hold


@pytest.fixture
def seeded(db):
    """The rules of the first day, which tests with real commits have emptied away."""
    known = set(RateLimit.objects.values_list("name", flat=True))
    RateLimit.objects.bulk_create(RateLimit(**values) for values in DEFAULTS if values["name"] not in known)
    LimiterState.objects.get_or_create(pk=1)
