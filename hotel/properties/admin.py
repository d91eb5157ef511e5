"""Properties in the admin. Commands with consequences go through services; business days are read only."""

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ScopedAdmin, ScopedRelatedFilter
from hotel.properties.models import AgeBand, Building, BusinessDay, Floor, Section


@admin.register(Building)
class BuildingAdmin(ScopedAdmin):
    """Buildings."""

    list_display = ["code", "name", "property"]
    list_filter = [("property", ScopedRelatedFilter)]
    search_fields = ["code", "name"]


@admin.register(Floor)
class FloorAdmin(ScopedAdmin):
    """Floors."""

    list_display = ["__str__", "level", "building", "property"]
    list_filter = [("property", ScopedRelatedFilter)]
    list_select_related = ["building", "property"]
    search_fields = ["name", "building__name", "building__code"]


@admin.register(Section)
class SectionAdmin(ScopedAdmin):
    """Sections of housekeeping."""

    list_display = ["code", "name", "property"]
    list_filter = [("property", ScopedRelatedFilter)]
    search_fields = ["code", "name"]


@admin.register(AgeBand)
class AgeBandAdmin(ScopedAdmin):
    """Age bands."""

    list_display = ["name", "code", "min_age", "max_age", "takes_bed", "property"]
    list_filter = [("property", ScopedRelatedFilter)]
    search_fields = ["code", "name"]


@admin.register(BusinessDay)
class BusinessDayAdmin(ReadOnlyAdmin):
    """Business days: opened and closed by the night audit only."""

    list_display = ["business_date", "property", "opened_at", "closed_at"]
    list_filter = [("property", ScopedRelatedFilter)]
