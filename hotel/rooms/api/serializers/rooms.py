"""Rooms, their statuses and the commands on them as JSON."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer, ScopedRelatedField
from hotel.rooms.choices import BedKind, HousekeepingStatus
from hotel.rooms.models import Room, RoomStatusChange, RoomType
from hotel.rooms.services.rooms import RoomContents


class RoomBedSerializer(serializers.Serializer):
    """Beds of one kind."""

    kind = serializers.ChoiceField(choices=BedKind.choices)
    quantity = serializers.IntegerField(min_value=1, max_value=100)


class PartField(ScopedRelatedField):
    """A room that is part of a suite: written as a room's id, read from the suite's parts."""

    def use_pk_only_optimization(self) -> bool:
        """The row at hand is the link, not the room."""
        return False

    def to_representation(self, value: Any) -> int:
        """The id of the part."""
        return value.part_id


class RoomSerializer(PropertyScopedSerializer):
    """A room. Its type changes by the command ``retype``, its closing by ``close``, its status by ``status``."""

    beds = RoomBedSerializer(many=True, required=False, max_length=20)  # type: ignore[call-arg]
    parts = PartField(
        many=True, required=False, queryset=Room.objects.all(), help_text="The rooms a suite is made of."
    )

    class Meta:
        model = Room
        fields = [
            "id",
            "property",
            "number",
            "room_type",
            "building",
            "floor",
            "section",
            "features",
            "beds",
            "parts",
            "connects_to",
            "opened_on",
            "closed_on",
            "is_accessible",
            "is_smoking",
            "notes",
            "housekeeping_status",
            "version",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["closed_on", "housekeeping_status", "version"]
        extra_kwargs = {"opened_on": {"required": False}, "notes": {"max_length": 2000}}

    def validate_room_type(self, room_type: RoomType) -> RoomType:
        """A room keeps its type; the past was counted with it."""
        if self.instance is not None and room_type != self.instance.room_type:
            raise serializers.ValidationError(_("Use the command retype, which keeps the past as it was."))
        return room_type

    def validate_parts(self, parts: list[Room]) -> list[Room]:
        """A suite keeps its parts."""
        if self.instance is not None and {part.pk for part in parts} != {
            row.part_id for row in self.instance.parts.all()
        }:
            raise serializers.ValidationError(_("A suite keeps its parts. Close it and open another one."))
        return parts

    def validate_beds(self, beds: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each kind once."""
        if len({bed["kind"] for bed in beds}) < len(beds):
            raise serializers.ValidationError(_("Name each kind of bed once."))
        return beds


def room_contents(validated: Mapping[str, Any]) -> RoomContents:
    """The validated body of a room as the services take it."""
    values = {name: value for name, value in validated.items() if name != "property"}
    beds, parts = values.pop("beds", None), values.pop("parts", ())
    return RoomContents(
        features=values.pop("features", None),
        connects_to=values.pop("connects_to", None),
        beds=None if beds is None else {bed["kind"]: bed["quantity"] for bed in beds},
        parts=parts,
        values=values,
    )


class RoomCloseSerializer(serializers.Serializer):
    """When a room closes."""

    on = serializers.DateField(help_text="First night it no longer counts, business date.")


class RoomRetypeSerializer(serializers.Serializer):
    """Which type a room counts as, and from when."""

    room_type = ScopedRelatedField(queryset=RoomType.objects.all())
    on = serializers.DateField(help_text="First night it counts as the new type, business date.")

    def validate_room_type(self, room_type: RoomType) -> RoomType:
        """Of the room's own property."""
        if room_type.property_id != self.context["room"].property_id:
            raise serializers.ValidationError(_("This belongs to another property."))
        return room_type


class RoomStatusSerializer(serializers.Serializer):
    """A housekeeping status to set."""

    status = serializers.ChoiceField(choices=HousekeepingStatus.choices)
    expected_status = serializers.ChoiceField(
        choices=HousekeepingStatus.choices,
        required=False,
        help_text="The status you saw; refused when it is another by now.",
    )
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class RoomsStatusSerializer(RoomStatusSerializer):
    """A housekeeping status to set on several rooms of a property, all or none."""

    property = PropertyField()
    rooms = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), max_length=500
    )


class RoomStatusChangeSerializer(PropertyScopedSerializer):
    """A change of status."""

    class Meta:
        model = RoomStatusChange
        fields = [
            "id",
            "property",
            "room",
            "from_status",
            "to_status",
            "source",
            "changed_at",
            "changed_by",
            "note",
        ]


class HousekeepingRoomSerializer(serializers.ModelSerializer):
    """A room on the housekeeping list."""

    room_type_code = serializers.CharField(source="room_type.code", read_only=True)
    is_occupied = serializers.BooleanField(read_only=True, help_text="A guest in house has the room now.")
    hold = serializers.CharField(
        read_only=True, allow_null=True, help_text="Kind of the maintenance hold tonight, if any."
    )
    hold_ends_on = serializers.DateField(read_only=True, allow_null=True)

    class Meta:
        model = Room
        fields = [
            "id",
            "property",
            "number",
            "room_type",
            "room_type_code",
            "building",
            "floor",
            "section",
            "housekeeping_status",
            "is_occupied",
            "hold",
            "hold_ends_on",
            "updated_at",
        ]
        read_only_fields = fields
