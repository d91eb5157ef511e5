"""The tasks call their services."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.monitoring.models import ApiAlert, ApiHealth, ApiUsage
from hotel.monitoring.services.health import health_checks
from hotel.monitoring.tasks import health_keep, health_look, usage_keep, usage_roll_up
from tests.factories.monitoring import api_usage_make


def test_usage_is_summed_up_and_kept_by_month(cast):
    api_usage_make(cast.alpha, started_at=now())
    usage_keep()
    usage_roll_up()
    assert sorted(ApiUsage.objects.values_list("grain", flat=True)) == ["day", "hour", "minute"]


def test_the_house_is_looked_at_and_promises_are_compared(cast):
    at = now() - timedelta(minutes=3)
    api_usage_make(cast.alpha, started_at=at, count=50, status_class=5)
    health_look()
    names = ApiHealth.objects.order_by("pk").values_list("check_name", flat=True)
    assert list(names) == [check.name for check in health_checks()]
    assert ApiAlert.objects.filter(objective="errors", severity="page", closed_at=None).count() == 1
    ApiHealth.objects.update(checked_at=now() - timedelta(days=15))
    health_keep()
    assert ApiHealth.objects.count() == 0
