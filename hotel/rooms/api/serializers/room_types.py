"""Room types and features as JSON."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyScopedSerializer, ScopedRelatedField
from hotel.properties.models import AgeBand
from hotel.rooms.models import RoomFeature, RoomType
from hotel.rooms.services.room_types import RoomTypeContents

PARTS_LIMIT = 50


class RoomFeatureSerializer(PropertyScopedSerializer):
    """Something rooms have and guests ask for."""

    class Meta:
        model = RoomFeature
        fields = ["id", "property", "code", "name", "created_at", "updated_at"]


class RoomTypePartSerializer(serializers.Serializer):
    """So many rooms of a standard type."""

    part_type = ScopedRelatedField(queryset=RoomType.objects.all())
    quantity = serializers.IntegerField(min_value=1, max_value=100)


class RoomTypeOccupancySerializer(serializers.Serializer):
    """The most guests of an age band."""

    age_band = ScopedRelatedField(queryset=AgeBand.objects.all())
    max_count = serializers.IntegerField(min_value=0, max_value=1000)


class RoomTypeSerializer(PropertyScopedSerializer):
    """A kind of room that is sold. Kind, base and parts stay once it has rooms or was sold."""

    parts = RoomTypePartSerializer(many=True, required=False, max_length=PARTS_LIMIT)  # type: ignore[call-arg]
    occupancies = RoomTypeOccupancySerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=PARTS_LIMIT
    )

    class Meta:
        model = RoomType
        fields = [
            "id",
            "property",
            "code",
            "name",
            "kind",
            "room_class",
            "description",
            "standard_occupancy",
            "max_occupancy",
            "max_adults",
            "max_children",
            "occupancies",
            "base_type",
            "parts",
            "features",
            "housekeeping_credits",
            "sort_order",
            "is_active",
            "day_use_limit",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["version"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse occupancies in disorder, repeated parts and bands, and what belongs to another property."""
        attrs = super().validate(attrs)
        place = attrs.get("property") or getattr(self.instance, "property", None)
        for name, key in (("parts", "part_type"), ("occupancies", "age_band")):
            rows = [row[key] for row in attrs.get(name, [])]
            if any(row.property_id != getattr(place, "pk", None) for row in rows):
                raise serializers.ValidationError({name: [_("This belongs to another property.")]})
            if len(set(rows)) < len(rows):
                raise serializers.ValidationError({name: [_("Name each of them once.")]})
        most = self._value(attrs, "max_occupancy")
        for name in ("standard_occupancy", "max_adults", "max_children"):
            if self._value(attrs, name) > most:
                raise serializers.ValidationError(
                    {name: [_("At most max_occupancy, which is %(most)s.") % {"most": most}]}
                )
        return attrs

    def _value(self, attrs: dict[str, Any], name: str) -> int:
        return attrs.get(name, getattr(self.instance or RoomType(), name))


def room_type_contents(validated: Mapping[str, Any]) -> RoomTypeContents:
    """The validated body of a room type as the services take it."""
    values = {name: value for name, value in validated.items() if name != "property"}
    parts, occupancies = values.pop("parts", None), values.pop("occupancies", None)
    return RoomTypeContents(
        parts=None if parts is None else {row["part_type"]: row["quantity"] for row in parts},
        features=values.pop("features", None),
        occupancies=None
        if occupancies is None
        else {row["age_band"]: row["max_count"] for row in occupancies},
        values=values,
    )
