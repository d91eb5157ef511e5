"""What the books were told of points, to look at in the admin."""

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin
from loyalty.models import LiabilitySnapshot, PropertySettlement


@admin.register(LiabilitySnapshot)
class LiabilitySnapshotAdmin(ReadOnlyAdmin):
    """What outstanding points are worth, day by day."""

    list_display = [
        "property",
        "program",
        "day",
        "usable",
        "pending",
        "gross",
        "breakage",
        "net",
        "moved",
        "currency",
    ]
    list_filter = ["program", "property", "day"]
    list_select_related = ["program", "property"]
    search_fields = ["property__code", "program__code"]


@admin.register(PropertySettlement)
class PropertySettlementAdmin(ReadOnlyAdmin):
    """Who owes whom for a month's points."""

    list_display = ["property", "counterpart", "program", "month", "given", "served", "amount", "currency"]
    list_filter = ["program", "property", "month"]
    list_select_related = ["program", "property", "counterpart"]
    search_fields = ["property__code", "counterpart__code", "program__code"]
