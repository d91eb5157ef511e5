"""When a backup counts as proven."""

from datetime import UTC, datetime
from decimal import Decimal
from hashlib import sha256

import pytest

from hotel.monitoring.domain.drills import proof_of, standing


@pytest.mark.parametrize(
    ("is_proven", "age_days", "state"),
    [(True, 0, "ok"), (True, 35, "ok"), (True, 36, "degraded"), (False, 0, "failed"), (False, 90, "failed")],
)
def test_a_drill_is_good_for_a_month_and_a_failed_one_for_nothing(is_proven, age_days, state):
    assert standing(is_proven=is_proven, age_days=age_days) == state


def test_the_proof_depends_on_every_value_and_not_on_their_order():
    at = datetime(2027, 3, 1, 5, 20, tzinfo=UTC)
    values = {"backup_name": "a.tar", "restore_seconds": Decimal("12.50"), "started_at": at}
    assert proof_of(values) == proof_of(dict(reversed(values.items())))
    written = b'{"backup_name":"a.tar","restore_seconds":"12.50","started_at":"2027-03-01 05:20:00+00:00"}'
    assert proof_of(values) == sha256(written).hexdigest()
    for name, other in (
        ("backup_name", "b.tar"),
        ("restore_seconds", Decimal("12.51")),
        ("started_at", at.replace(hour=6)),
    ):
        assert proof_of({**values, name: other}) != proof_of(values)
