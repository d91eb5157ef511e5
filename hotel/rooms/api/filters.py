"""Filters of rooms."""

from typing import Any

from django.db.models import F, Q
from django_filters import rest_framework as filters

from hotel.properties.api.filters import PropertyScopedFilterSet
from hotel.rooms.models import InventoryNight, Room, RoomBlock, RoomFeature, RoomStatusChange, RoomType


class RoomFeatureFilter(PropertyScopedFilterSet):
    """Features by code."""

    class Meta:
        model = RoomFeature
        fields = ["code"]


class RoomTypeFilter(PropertyScopedFilterSet):
    """Types by code, kind, class, feature or activity."""

    feature = filters.NumberFilter(field_name="features", label="Types with this feature.")

    class Meta:
        model = RoomType
        fields = ["code", "kind", "room_class", "is_active"]


class RoomFilter(PropertyScopedFilterSet):
    """Rooms by number, type, place, feature, status, or whether they are open on the business date."""

    room_type = filters.NumberFilter(field_name="room_type_id", label="Rooms of this type.")
    building = filters.NumberFilter(field_name="building_id", label="Rooms in this building.")
    floor = filters.NumberFilter(field_name="floor_id", label="Rooms on this floor.")
    section = filters.NumberFilter(field_name="section_id", label="Rooms of this section.")
    feature = filters.NumberFilter(field_name="features", label="Rooms with this feature.")
    is_open = filters.BooleanFilter(method="filter_open", label="Whether it counts on the business date.")

    class Meta:
        model = Room
        fields = ["number", "housekeeping_status", "is_accessible", "is_smoking"]

    def filter_open(self, queryset: Any, name: str, value: bool) -> Any:
        """By the business date of each room's property."""
        today = F("property__business_date")
        open_today = Q(opened_on__lte=today) & (Q(closed_on=None) | Q(closed_on__gt=today))
        return queryset.filter(open_today if value else ~open_today)


class HousekeepingFilter(PropertyScopedFilterSet):
    """Rooms of the day by status, place, or whether someone is in."""

    status = filters.CharFilter(field_name="housekeeping_status", label="With this housekeeping status.")
    room_type = filters.NumberFilter(field_name="room_type_id", label="Rooms of this type.")
    building = filters.NumberFilter(field_name="building_id", label="Rooms in this building.")
    floor = filters.NumberFilter(field_name="floor_id", label="Rooms on this floor.")
    section = filters.NumberFilter(field_name="section_id", label="Rooms of this section.")
    is_occupied = filters.BooleanFilter(field_name="is_occupied", label="Whether someone is in.")
    is_held = filters.BooleanFilter(
        field_name="hold", lookup_expr="isnull", exclude=True, label="Whether a hold is on it tonight."
    )

    class Meta:
        model = Room
        fields: list[str] = []


class RoomStatusChangeFilter(PropertyScopedFilterSet):
    """Changes of status by room, source or time."""

    room = filters.NumberFilter(field_name="room_id", label="Changes of this room.")
    changed_at = filters.IsoDateTimeFromToRangeFilter()

    class Meta:
        model = RoomStatusChange
        fields = ["source", "from_status", "to_status"]


class RoomBlockFilter(PropertyScopedFilterSet):
    """Holds by room, kind, activity, or the nights they touch."""

    room = filters.NumberFilter(field_name="room_id", label="Holds of this room.")
    is_active = filters.BooleanFilter(field_name="released_at", lookup_expr="isnull", label="Not ended yet.")
    touching_from = filters.DateFilter(
        field_name="end_on", lookup_expr="gt", label="Held on this night or later."
    )
    touching_to = filters.DateFilter(
        field_name="start_on", lookup_expr="lte", label="Held on this night or before."
    )

    class Meta:
        model = RoomBlock
        fields = ["kind"]


class InventoryNightFilter(PropertyScopedFilterSet):
    """Counters by type and nights."""

    room_type = filters.NumberFilter(field_name="room_type_id", label="Counters of this type.")
    is_house = filters.BooleanFilter(
        field_name="room_type", lookup_expr="isnull", label="The house, or the types."
    )
    start = filters.DateFilter(field_name="night", lookup_expr="gte", label="First night.")
    end = filters.DateFilter(field_name="night", lookup_expr="lt", label="The day after the last night.")

    class Meta:
        model = InventoryNight
        fields: list[str] = []
