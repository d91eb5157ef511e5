"""Usage in the admin: looked at only."""

from typing import Any

from django.contrib import admin

from hotel.monitoring.admin_limits import InstallationAdmin
from hotel.monitoring.models import ApiUsage, SlowRequest


class RecordAdmin(InstallationAdmin):
    """What the recorder wrote."""

    admin_verbs = {"add": "", "change": "", "delete": ""}
    list_select_related = ["property"]


@admin.register(ApiUsage)
class ApiUsageAdmin(RecordAdmin):
    """Requests by client, operation and kind of answer."""

    list_display = [
        "started_at",
        "grain",
        "operation",
        "client_kind",
        "client_id",
        "status_class",
        "count",
        "p95_ms",
        "property",
    ]
    list_filter = ["property", "grain", "client_kind", "status_class", "version"]
    search_fields = ["operation"]

    @admin.display(description="p95 (ms)")
    def p95_ms(self, obj: Any) -> float:
        """Within 2 %."""
        return obj.milliseconds(0.95)


@admin.register(SlowRequest)
class SlowRequestAdmin(RecordAdmin):
    """Samples of slow requests with their statements."""

    list_display = [
        "at",
        "operation",
        "status",
        "duration_us",
        "queries",
        "query_us",
        "request_id",
        "property",
    ]
    list_filter = ["property", "status"]
    search_fields = ["operation", "request_id"]
