"""The tasks call their services."""

from hotel.monitoring.models import ApiUsage
from hotel.monitoring.tasks import usage_keep, usage_roll_up
from tests.factories.monitoring import api_usage_make


def test_usage_is_summed_up_and_kept_by_month(cast):
    from hotel.core.clock import now

    api_usage_make(cast.alpha, started_at=now())
    usage_keep()
    usage_roll_up()
    assert sorted(ApiUsage.objects.values_list("grain", flat=True)) == ["day", "hour", "minute"]
