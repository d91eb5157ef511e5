"""What the books were told of points, as JSON."""

from django_filters import rest_framework as filters
from rest_framework import serializers

from hotel.guests.api.filters import IdFilter
from hotel.properties.api.mixins import ReadViewSet
from loyalty.api.serializers import TIMES
from loyalty.models import LiabilitySnapshot, PropertySettlement


class LiabilitySnapshotSerializer(serializers.ModelSerializer):
    """What a hotel's outstanding points are worth at the beginning of a day, in the programme's currency."""

    class Meta:
        model = LiabilitySnapshot
        fields = [
            "id", "property", "program", "day", "usable", "pending", "currency", "point_cost", "breakage_rate",
            "gross", "breakage", "net", "moved", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


class PropertySettlementSerializer(serializers.ModelSerializer):
    """What a hotel owes another for a month's points, or (below zero) gets."""

    class Meta:
        model = PropertySettlement
        fields = [
            "id", "property", "counterpart", "program", "month", "given", "served", "currency", "point_cost",
            "amount", *TIMES,
        ]  # fmt: skip
        read_only_fields = fields


class LiabilitySnapshotFilter(filters.FilterSet):
    """Of snapshots."""

    property = IdFilter(field_name="property_id")
    program = IdFilter(field_name="program_id")
    day = filters.DateFromToRangeFilter()

    class Meta:
        model = LiabilitySnapshot
        fields: list[str] = []


class PropertySettlementFilter(filters.FilterSet):
    """Of settlements; ``month`` by the first day."""

    property = IdFilter(field_name="property_id")
    counterpart = IdFilter(field_name="counterpart_id")
    program = IdFilter(field_name="program_id")
    month = filters.DateFromToRangeFilter()

    class Meta:
        model = PropertySettlement
        fields: list[str] = []


class LiabilitySnapshotViewSet(ReadViewSet):
    """What outstanding points are worth, by hotel and day; made once a day after the programme's midnight."""

    area = "loyalty"
    queryset = LiabilitySnapshot.objects.all()
    serializer_class = LiabilitySnapshotSerializer
    filterset_class = LiabilitySnapshotFilter
    ordering_fields = ["day", "created_at", "updated_at"]
    default_ordering = ["-day"]


class PropertySettlementViewSet(ReadViewSet):
    """Who owes whom for points that one hotel gave and another one served; each sees its own side."""

    area = "loyalty"
    queryset = PropertySettlement.objects.all()
    serializer_class = PropertySettlementSerializer
    filterset_class = PropertySettlementFilter
    ordering_fields = ["month", "created_at", "updated_at"]
    default_ordering = ["-month"]
