"""Endpoints of the plain parts of a property."""

from typing import Any

from hotel.properties.api import filters, serializers
from hotel.properties.api.mixins import CrudViewSet, ReadViewSet
from hotel.properties.models import AgeBand, Building, BusinessDay, Floor, Section
from hotel.properties.services.age_bands import age_band_delete


class BuildingViewSet(CrudViewSet):
    """Buildings and wings."""

    area = "properties"
    queryset = Building.objects.select_related("property")
    serializer_class = serializers.BuildingSerializer
    filterset_class = filters.BuildingFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["property_id", "code"]


class FloorViewSet(CrudViewSet):
    """Floors of buildings; level 0 is the ground floor."""

    area = "properties"
    queryset = Floor.objects.select_related("property", "building")
    serializer_class = serializers.FloorSerializer
    filterset_class = filters.FloorFilter
    search_fields = ["name"]
    ordering_fields = ["level", "name"]
    default_ordering = ["property_id", "building_id", "level"]


class SectionViewSet(CrudViewSet):
    """Sections: rooms that housekeeping works on together."""

    area = "properties"
    queryset = Section.objects.select_related("property")
    serializer_class = serializers.SectionSerializer
    filterset_class = filters.SectionFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["property_id", "code"]


class AgeBandViewSet(CrudViewSet):
    """Age bands in which guests are counted and priced; the bands of a property never overlap."""

    area = "properties"
    queryset = AgeBand.objects.select_related("property")
    serializer_class = serializers.AgeBandSerializer
    filterset_class = filters.AgeBandFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "min_age"]
    default_ordering = ["property_id", "-min_age"]

    def perform_destroy(self, instance: Any) -> None:
        """The adult band is refused."""
        age_band_delete(band=instance)


class BusinessDayViewSet(ReadViewSet):
    """Business days, newest first: opened and closed by the night audit only."""

    area = "properties"
    queryset = BusinessDay.objects.select_related("property")
    serializer_class = serializers.BusinessDaySerializer
    filterset_class = filters.BusinessDayFilter
    ordering_fields = ["business_date"]
    default_ordering = ["-business_date", "property_id"]
