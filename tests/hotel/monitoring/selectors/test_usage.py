"""Usage summed up."""

from datetime import timedelta

import pytest

from hotel.monitoring.models import ApiUsage
from hotel.monitoring.selectors.usage import grain_for, usage_between, usage_by, usage_total
from tests.factories.monitoring import MINUTE, api_usage_make


@pytest.mark.parametrize(
    ("hours", "grain"), [(1, "minute"), (6, "minute"), (7, "hour"), (192, "hour"), (193, "day")]
)
def test_the_grain_suits_the_span(hours, grain):
    assert grain_for(MINUTE, MINUTE + timedelta(hours=hours)) == grain


def test_lines_are_summed_up_and_errors_told_from_refusals(cast):
    api_usage_make(cast.alpha, count=90, histogram={"235": 90})
    api_usage_make(cast.alpha, count=6, status_class=4, limited=5, histogram={"176": 6})
    api_usage_make(cast.alpha, count=4, status_class=5, limited=1, histogram={"300": 4})
    api_usage_make(
        cast.alpha, count=50, operation="GET /api/v1/rates", started_at=MINUTE + timedelta(hours=2)
    )
    rows = usage_between(ApiUsage.objects.all(), MINUTE, MINUTE + timedelta(hours=1))
    (line,) = usage_by(rows, "operation")
    assert line.key == {"operation": "GET /api/v1/rooms"}
    assert (line.count, line.limited, line.errors, line.client_errors) == (100, 6, 3, 1)
    assert line.times["p50_ms"] == pytest.approx(10, rel=0.02)
    assert line.times["p99_ms"] > 100
    total = usage_total(rows)
    assert (total.count, total.max_ms) == (100, 10.0)


def test_the_order_is_as_asked(cast):
    api_usage_make(cast.alpha, count=9, client_id=1)
    api_usage_make(cast.alpha, count=5, client_id=2, status_class=5)
    rows = ApiUsage.objects.all()
    assert [line.key["client_id"] for line in usage_by(rows, "client")] == [1, 2]
    assert [line.key["client_id"] for line in usage_by(rows, "client", order="errors")] == [2, 1]


def test_of_nothing_the_total_is_nothing(db):
    assert usage_total(ApiUsage.objects.all()).count == 0
