"""Looks and alarms in the admin: looked at only."""

from django.contrib import admin

from hotel.monitoring.admin_usage import RecordAdmin
from hotel.monitoring.models import ApiAlert, ApiHealth


class WholeAdmin(RecordAdmin):
    """Rows of the whole installation."""

    list_select_related: list[str] = []


@admin.register(ApiHealth)
class ApiHealthAdmin(WholeAdmin):
    """What was found when the house was looked at."""

    list_display = ["checked_at", "check_name", "state", "value", "unit", "detail", "latency_us"]
    list_filter = ["check_name", "state"]
    search_fields = ["check_name", "detail"]


@admin.register(ApiAlert)
class ApiAlertAdmin(WholeAdmin):
    """Promises that were being broken too fast."""

    list_display = ["opened_at", "closed_at", "objective", "severity", "burn", "bad_requests"]
    list_filter = ["objective", "severity"]
    search_fields = ["objective"]
