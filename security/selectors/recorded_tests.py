"""The results of the tests that requirements are bound to, as they were recorded for this release."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings

from hotel.core.clock import now

FRESH = timedelta(days=45)


@dataclass(frozen=True)
class RecordedTests:
    """When the tests ran, and whether each passed."""

    ran_at: datetime
    passed: dict[str, bool]

    @property
    def is_fresh(self) -> bool:
        """Whether the run is young enough to count."""
        return now() - self.ran_at <= FRESH


def recorded_tests() -> RecordedTests | None:
    """What is on record; None when there is nothing that can be read."""
    try:
        told = json.loads(Path(settings.COMPLIANCE_TEST_RESULTS).read_text(encoding="utf-8"))
        return RecordedTests(datetime.fromisoformat(told["ran_at"]), dict(told["passed"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
