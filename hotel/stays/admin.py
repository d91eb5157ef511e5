"""Night audits and daily figures in the admin: to be read."""

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline
from hotel.stays.models import DailyStatistic, FixedCharge, NightAudit, NightAuditStep


class StepInline(ReadOnlyInline):
    """The steps of an audit."""

    model = NightAuditStep
    fields = ["position", "name", "status", "done_at", "result"]


@admin.register(NightAudit)
class NightAuditAdmin(ReadOnlyAdmin):
    """Which days were closed when, and what blocks the open one."""

    list_display = ["business_date", "status", "started_at", "finished_at", "requested_by", "property"]
    list_filter = ["property", "status"]
    list_select_related = ["property", "requested_by"]
    search_fields = ["status"]
    date_hierarchy = "business_date"
    inlines = [StepInline]


@admin.register(FixedCharge)
class FixedChargeAdmin(ReadOnlyAdmin):
    """What guests are charged each night beside their room."""

    list_display = [
        "reservation", "code", "description", "amount", "every_nights", "first_night", "until", "property",
    ]  # fmt: skip
    list_filter = ["property"]
    list_select_related = ["property", "reservation", "code"]
    search_fields = ["description", "reservation__number"]


@admin.register(DailyStatistic)
class DailyStatisticAdmin(ReadOnlyAdmin):
    """The frozen figures of each day."""

    list_display = [
        "business_date", "rooms_available", "rooms_sold", "arrivals", "departures", "no_shows", "cancellations",
        "room_revenue", "other_revenue", "property",
    ]  # fmt: skip
    list_filter = ["property"]
    list_select_related = ["property"]
    search_fields = ["property__code"]
    date_hierarchy = "business_date"
