"""Rooms in the admin: features are edited, everything that moves counters goes through services."""

from typing import Any

from django.contrib import admin

from hotel.properties.admin_base import ReadOnlyAdmin, ReadOnlyInline, ScopedAdmin
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import (
    InventoryNight,
    Room,
    RoomBed,
    RoomBlock,
    RoomFeature,
    RoomOccupancy,
    RoomPart,
    RoomStatusChange,
    RoomType,
    RoomTypeConsumption,
    RoomTypeOccupancy,
    RoomTypePart,
)
from hotel.rooms.services.blocks import block_release
from hotel.rooms.services.status import room_status_set


@admin.register(RoomFeature)
class RoomFeatureAdmin(ScopedAdmin):
    """What rooms have and guests ask for."""

    list_display = ["name", "code", "property"]
    list_filter = ["property"]
    list_select_related = ["property"]
    search_fields = ["name", "code"]


class OccupancyInline(ReadOnlyInline):
    """Guests per age band."""

    model = RoomTypeOccupancy
    fields = ["age_band", "max_count"]


class TypePartInline(ReadOnlyInline):
    """What a component type is made of."""

    model = RoomTypePart
    fk_name = "room_type"
    fields = ["part_type", "quantity"]


class ConsumptionInline(ReadOnlyInline):
    """What one sale takes."""

    model = RoomTypeConsumption
    fk_name = "room_type"
    fields = ["counter_type", "quantity"]


@admin.register(RoomType)
class RoomTypeAdmin(ReadOnlyAdmin):
    """Room types; their structure moves counters, so the API's services change them."""

    list_display = ["code", "name", "kind", "max_occupancy", "day_use_limit", "is_active", "property"]
    list_filter = ["property", "kind", "is_active", "room_class"]
    list_select_related = ["property"]
    search_fields = ["code", "name", "room_class"]
    inlines = [OccupancyInline, TypePartInline, ConsumptionInline]


class BedInline(ReadOnlyInline):
    """Beds of a room."""

    model = RoomBed
    fields = ["kind", "quantity"]


class PartInline(ReadOnlyInline):
    """The rooms of a suite."""

    model = RoomPart
    fk_name = "room"
    fields = ["part"]


@admin.register(Room)
class RoomAdmin(ReadOnlyAdmin):
    """Rooms and their housekeeping status."""

    list_display = [
        "number",
        "room_type",
        "housekeeping_status",
        "floor",
        "opened_on",
        "closed_on",
        "property",
    ]
    list_filter = [
        "property",
        "housekeeping_status",
        "room_type",
        "is_accessible",
        ("closed_on", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["property", "room_type", "floor__building"]
    search_fields = ["number", "notes"]
    inlines = [BedInline, PartInline]
    actions = ["clean", "dirty", "pickup", "inspected"]
    list_before_template = "admin/room_sheet.html"

    def _set(self, request: Any, queryset: Any, status: HousekeepingStatus) -> None:
        call = lambda row: room_status_set(room=row, status=status, user=request.user)  # noqa: E731
        self.each(request, "status", queryset, call, f"{{}} rooms are now: {status.label}.")

    @admin.action(description="Clean", permissions=["status"])
    def clean(self, request, queryset):
        """Rooms are clean."""
        self._set(request, queryset, HousekeepingStatus.CLEAN)

    @admin.action(description="Dirty", permissions=["status"])
    def dirty(self, request, queryset):
        """Rooms need cleaning."""
        self._set(request, queryset, HousekeepingStatus.DIRTY)

    @admin.action(description="Pick-up", permissions=["status"])
    def pickup(self, request, queryset):
        """Rooms need a light tidy."""
        self._set(request, queryset, HousekeepingStatus.PICKUP)

    @admin.action(description="Inspected", permissions=["status"])
    def inspected(self, request, queryset):
        """Rooms are ready."""
        self._set(request, queryset, HousekeepingStatus.INSPECTED)


@admin.register(RoomStatusChange)
class RoomStatusChangeAdmin(ReadOnlyAdmin):
    """The history of housekeeping statuses."""

    list_display = ["changed_at", "room", "from_status", "to_status", "source", "changed_by", "property"]
    list_filter = ["property", "to_status", "source"]
    list_select_related = ["property", "room", "changed_by"]
    search_fields = ["room__number", "note"]


@admin.register(RoomBlock)
class RoomBlockAdmin(ReadOnlyAdmin):
    """Maintenance holds."""

    list_display = ["room", "kind", "start_on", "end_on", "reason", "released_at", "property"]
    list_filter = ["property", "kind", ("released_at", admin.EmptyFieldListFilter)]
    list_select_related = ["property", "room"]
    search_fields = ["room__number", "reason"]
    actions = ["release"]

    @admin.action(description="Give the room back now", permissions=["block"])
    def release(self, request, queryset):
        """End holds early."""
        call = lambda row: block_release(block=row, user=request.user)  # noqa: E731
        self.each(request, "block", queryset, call, "{} rooms are back.")


@admin.register(RoomOccupancy)
class RoomOccupancyAdmin(ReadOnlyAdmin):
    """Which room is taken when."""

    list_display = ["room", "during", "kind", "part_of", "property"]
    list_filter = ["property", "kind"]
    list_select_related = ["property", "room", "part_of__room"]
    search_fields = ["room__number"]


@admin.register(InventoryNight)
class InventoryNightAdmin(ReadOnlyAdmin):
    """The counters of each night; only the database's own functions write them."""

    list_display = [
        "night", "room_type", "capacity", "overbooking", "out_of_order", "sold", "blocked", "held", "property",
    ]  # fmt: skip
    list_filter = ["property", "room_type"]
    list_select_related = ["property", "room_type"]
    search_fields = ["room_type__code"]
    date_hierarchy = "night"
