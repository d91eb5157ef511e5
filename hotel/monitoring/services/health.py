"""Looks at everything the house depends on, and keeps what was found."""

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.module_loading import import_string

from hotel.core.health_checks import FAILED, Finding
from hotel.core.plugs import HealthCheck, plugs
from hotel.monitoring.domain.health import overall
from hotel.monitoring.models import ApiAlert, ApiHealth

logger = logging.getLogger(__name__)
LOOKS_KEPT, ALERTS_KEPT = timedelta(days=14), timedelta(days=396)
FRESH_SECONDS = 5


@dataclass(frozen=True)
class Look:
    """A check, what it found, and how long that took."""

    check: HealthCheck
    finding: Finding
    latency_us: int


def health_checks() -> list[HealthCheck]:
    """The checks of all apps, in order of the floors."""
    return [check for plug in plugs() for check in plug.health]


def health_look() -> list[Look]:
    """Make every look now, one after another; one that breaks has failed. A few seconds when servers are away."""
    return [_look(check) for check in health_checks()]


def _look(check: HealthCheck) -> Look:
    began = time.perf_counter_ns()
    try:
        with transaction.atomic():  # a statement that fails undoes its own look only
            finding = import_string(check.run)()
    except Exception as error:
        logger.warning("The look at %s broke: %s", check.name, type(error).__name__)
        finding = Finding(FAILED, detail=type(error).__name__)
    return Look(check, finding, (time.perf_counter_ns() - began) // 1000)


def state_of(looks: list[Look]) -> str:
    """The state of the house."""
    return overall((look.finding.state, look.check.is_vital) for look in looks)


class Latest:
    """Looks of this process, made anew when they are older than five seconds: asking often costs the house nothing."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.forget()

    def forget(self) -> None:
        """As new."""
        self.until, self.looks = float("-inf"), list[Look]()

    def get(self) -> list[Look]:
        """The looks; whoever comes while others look waits for theirs."""
        with self.lock:
            if time.monotonic() >= self.until:
                self.looks = health_look()
                self.until = time.monotonic() + FRESH_SECONDS
            return self.looks


latest = Latest()


@transaction.atomic
def health_record(*, at: datetime) -> list[Look]:
    """Look, and keep what was found under this instant; a second time under the same instant keeps nothing more."""
    looks = health_look()
    rows = [
        ApiHealth(
            checked_at=at,
            check_name=look.check.name,
            state=look.finding.state,
            value=look.finding.value,
            unit=look.finding.unit[:20],
            detail=look.finding.detail[:200],
            latency_us=look.latency_us,
        )
        for look in looks
    ]
    ApiHealth.objects.bulk_create(rows, ignore_conflicts=True)
    return looks


@transaction.atomic
def health_expire(*, at: datetime) -> int:
    """Forget looks after two weeks and closed alarms after thirteen months. Repeatable; returns how many rows went."""
    looks, _ = ApiHealth.objects.filter(checked_at__lt=at - LOOKS_KEPT).delete()
    alerts, _ = ApiAlert.objects.filter(closed_at__lt=at - ALERTS_KEPT).delete()
    return looks + alerts
