"""Looks and alarms in the admin: looked at only."""

from django.contrib import admin

from hotel.monitoring.admin_usage import RecordAdmin
from hotel.monitoring.models import ApiAlert, ApiHealth, RestoreDrill


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


@admin.register(RestoreDrill)
class RestoreDrillAdmin(WholeAdmin):
    """Backups that were restored on trial; ``manage.py restore_drill`` makes one."""

    list_display = [
        "started_at",
        "backup_name",
        "is_proven",
        "backup_made_at",
        "restore_seconds",
        "verify_seconds",
        "row_count",
    ]
    list_filter = ["is_proven"]
    search_fields = ["backup_name", "backup_sha256"]
