"""Filters of properties and of all scoped lists."""

from django_filters import rest_framework as filters

from hotel.properties.models import (
    AgeBand,
    Building,
    BusinessDay,
    Chain,
    Floor,
    Property,
    PropertyGroup,
    PropertySetting,
    Section,
)


class PropertyScopedFilterSet(filters.FilterSet):
    """``?property=``: rows of one property; an id one may not see matches nothing."""

    property = filters.NumberFilter(field_name="property_id", label="Rows of this property.")


class PropertyFilter(filters.FilterSet):
    """Properties by chain, group, code, country or activity."""

    property = filters.NumberFilter(field_name="id", label="The property with this id.")
    chain = filters.NumberFilter(field_name="chain_id", label="Properties of this chain.")
    group = filters.NumberFilter(field_name="groups", label="Properties in this group.")
    code = filters.CharFilter(lookup_expr="iexact")

    class Meta:
        model = Property
        fields = ["country", "currency", "is_active"]


class ChainFilter(filters.FilterSet):
    """Chains by code, or the one of a property."""

    property = filters.NumberFilter(field_name="properties", label="The chain of this property.")

    class Meta:
        model = Chain
        fields = ["code"]


class GroupFilter(filters.FilterSet):
    """Groups by chain or member."""

    chain = filters.NumberFilter(field_name="chain_id", label="Groups of this chain.")
    property = filters.NumberFilter(field_name="properties", label="Groups with this property.")

    class Meta:
        model = PropertyGroup
        fields: list[str] = []


class SettingFilter(PropertyScopedFilterSet):
    """Dated values by key and date."""

    valid_from = filters.DateFromToRangeFilter()

    class Meta:
        model = PropertySetting
        fields = ["key"]


class BuildingFilter(PropertyScopedFilterSet):
    """Buildings by code."""

    class Meta:
        model = Building
        fields = ["code"]


class FloorFilter(PropertyScopedFilterSet):
    """Floors by building."""

    building = filters.NumberFilter(field_name="building_id", label="Floors of this building.")

    class Meta:
        model = Floor
        fields: list[str] = []


class SectionFilter(PropertyScopedFilterSet):
    """Sections by code."""

    class Meta:
        model = Section
        fields = ["code"]


class AgeBandFilter(PropertyScopedFilterSet):
    """Age bands by code or whether they take a bed."""

    class Meta:
        model = AgeBand
        fields = ["code", "takes_bed"]


class BusinessDayFilter(PropertyScopedFilterSet):
    """Business days by date and whether they are open."""

    business_date = filters.DateFromToRangeFilter()
    is_open = filters.BooleanFilter(field_name="closed_at", lookup_expr="isnull", label="Only open days.")

    class Meta:
        model = BusinessDay
        fields: list[str] = []
