"""Holds, counters and overbooking as JSON."""

from datetime import timedelta
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer, ScopedRelatedField
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import InventoryNight, RoomBlock, RoomType

LONGEST_RUN = timedelta(days=3653)


def refuse_bad_run(start: Any, end: Any, name: str) -> None:
    """Refuse a run of nights without a night, or beyond ten years."""
    if start is not None and end is not None and not timedelta(0) < end - start <= LONGEST_RUN:
        raise serializers.ValidationError({name: [_("After the first night, and within ten years of it.")]})


class RoomBlockSerializer(PropertyScopedSerializer):
    """A maintenance hold on the nights [start_on, end_on)."""

    class Meta:
        model = RoomBlock
        fields = [
            "id",
            "property",
            "room",
            "kind",
            "start_on",
            "end_on",
            "reason",
            "return_status",
            "released_at",
            "created_by",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["released_at", "created_by"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A run of nights."""
        refuse_bad_run(attrs["start_on"], attrs["end_on"], "end_on")
        return super().validate(attrs)


class BlockRescheduleSerializer(serializers.Serializer):
    """New dates of a hold; what is absent stays."""

    start_on = serializers.DateField(required=False, help_text="New first night, before the hold has begun.")
    end_on = serializers.DateField(required=False, help_text="New first night no longer held.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Something must change."""
        if not attrs:
            raise serializers.ValidationError(_("Give start_on, end_on or both."))
        refuse_bad_run(attrs.get("start_on"), attrs.get("end_on"), "end_on")
        return attrs


class BlockReleaseSerializer(serializers.Serializer):
    """How a hold ends."""

    return_status = serializers.ChoiceField(
        choices=HousekeepingStatus.choices,
        required=False,
        help_text="The room's new status; the one named with the hold unless given.",
    )


class InventoryNightSerializer(serializers.ModelSerializer):
    """The counters of one night of a type, or of the house (room_type null)."""

    free = serializers.SerializerMethodField(
        help_text="capacity + overbooking − out_of_order − sold − blocked − held. A type sells the least of its "
        "own, its parts' and the house's."
    )

    class Meta:
        model = InventoryNight
        fields = [
            "id",
            "property",
            "room_type",
            "night",
            "capacity",
            "out_of_order",
            "overbooking",
            "sold",
            "blocked",
            "held",
            "free",
            "day_sold",
            "day_limit",
            "updated_at",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField())
    def get_free(self, night: InventoryNight) -> int:
        """Rooms this counter has left."""
        taken = night.out_of_order + night.sold + night.blocked + night.held
        return night.capacity + night.overbooking - taken


class OverbookingSerializer(serializers.Serializer):
    """How many rooms may be sold beyond capacity on the nights [start, end)."""

    property = PropertyField()
    room_type = ScopedRelatedField(
        queryset=RoomType.objects.exclude(kind="pseudo"),
        allow_null=True,
        default=None,
        help_text="Null is the house.",
    )
    start = serializers.DateField()
    end = serializers.DateField(help_text="The day after the last night.")
    quantity = serializers.IntegerField(min_value=0, max_value=10_000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A run of nights of a type of this property."""
        refuse_bad_run(attrs["start"], attrs["end"], "end")
        room_type = attrs["room_type"]
        if room_type is not None and room_type.property_id != attrs["property"].pk:
            raise serializers.ValidationError({"room_type": [_("This belongs to another property.")]})
        return attrs
