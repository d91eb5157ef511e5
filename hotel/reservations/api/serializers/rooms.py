"""Bodies and answers of room assignment."""

from collections import defaultdict
from datetime import date
from typing import Any

from rest_framework import serializers

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.properties.models import Property
from hotel.reservations.domain.assignment import REASONS
from hotel.reservations.models import Reservation, RoomAssignment
from hotel.reservations.selectors.assignment import unassigned
from hotel.reservations.services.assignment import MAX_STAYS, PlanLine
from hotel.rooms.choices import OccupancyKind
from hotel.rooms.models import Room


class PartInput(serializers.Serializer):
    """Which nights of a stay: all unless told."""

    arrival = serializers.DateField(
        source="first", required=False, help_text="First night in the room; that of the stay unless told."
    )
    departure = serializers.DateField(
        source="last", required=False, help_text="The day the room is left; that of the stay unless told."
    )


class AssignInput(PartInput):
    """Body of assign."""

    room = ScopedRelatedField(queryset=Room.objects.all())
    is_upgrade = serializers.BooleanField(
        default=False,
        help_text="Sells the room's type for all nights; the price stays that of the booked type.",
    )


class DueInput(serializers.Serializer):
    """Body of due: all without a room that arrive within so many business days."""

    property = PropertyField()
    days = serializers.IntegerField(min_value=1, max_value=60, default=1)


class PlanInput(DueInput):
    """Body of a plan: these stays, or all without a room that arrive within so many days."""

    reservations = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**62), required=False, max_length=MAX_STAYS
    )


class RoomOfStayInput(serializers.Serializer):
    """One line of a plan; without dates for all nights of the stay."""

    reservation = serializers.IntegerField(min_value=1, max_value=2**62)
    room = serializers.IntegerField(min_value=1, max_value=2**62)
    arrival = serializers.DateField(required=False, allow_null=True, default=None)
    departure = serializers.DateField(required=False, allow_null=True, default=None)


class ApplyInput(serializers.Serializer):
    """Body of apply: the lines of a plan, as they were shown."""

    property = PropertyField()
    moves = RoomOfStayInput(many=True, min_length=1, max_length=MAX_STAYS)

    def validate_moves(self, moves: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each night of a stay once."""
        spans: dict[int, list[tuple[date, date]]] = defaultdict(list)
        for move in moves:
            first, last = move["arrival"] or date.min, move["departure"] or date.max
            if any(first < until and since < last for since, until in spans[move["reservation"]]):
                raise serializers.ValidationError(_("A reservation is named twice for the same nights."))
            spans[move["reservation"]].append((first, last))
        return moves

    def lines(self) -> list[PlanLine]:
        """The lines of the plan."""
        return [
            PlanLine(move["reservation"], move["room"], move["arrival"], move["departure"])
            for move in self.validated_data["moves"]
        ]


class RoomMoveSerializer(serializers.Serializer):
    """A stay and the room it gets for some nights; ``from_room`` is null when it has none there."""

    reservation = serializers.IntegerField(source="reservation.pk")
    number = serializers.CharField(source="reservation.number")
    from_room = serializers.CharField(source="from_room.number", allow_null=True, default=None)
    room = serializers.IntegerField(source="to_room.pk")
    to_room = serializers.CharField(source="to_room.number")
    arrival = serializers.DateField(help_text="First night in the room.")
    departure = serializers.DateField(help_text="The day it is left.")


class PlanSerializer(serializers.Serializer):
    """What would be done, and the stays that find no room."""

    moves = RoomMoveSerializer(many=True)
    unplaced = serializers.SerializerMethodField()

    def get_unplaced(self, plan: Any) -> list[int]:
        """Ids of reservations without a room in this plan."""
        return [row.pk for row in plan.unplaced]


class AssignmentReasonSerializer(serializers.Serializer):
    """What speaks for a room (0 points) or against it."""

    kind = serializers.ChoiceField(choices=REASONS)
    subject = serializers.CharField(help_text="The feature it is about; else empty.")
    points = serializers.IntegerField()


class HindranceSerializer(serializers.Serializer):
    """Why a room cannot be had: another type, a feature that binds, or taken (or not open) in these nights."""

    kind = serializers.ChoiceField(choices=["other_type", "feature_missing", "taken"])
    subject = serializers.CharField(help_text="The feature that is missing; else empty.")


class ClaimSerializer(serializers.Serializer):
    """Who has a room."""

    kind = serializers.ChoiceField(choices=OccupancyKind.choices)
    start = serializers.DateTimeField()
    end = serializers.DateTimeField()
    reservation = serializers.CharField(help_text="Number of the stay; empty for a maintenance hold.")
    reason = serializers.CharField(help_text="Of a maintenance hold.")


class RoomExplainedSerializer(serializers.Serializer):
    """A room for a part of a stay."""

    room = serializers.IntegerField(source="room.pk")
    number = serializers.CharField(source="room.number")
    room_type = serializers.IntegerField(source="room.room_type_id")
    is_held = serializers.BooleanField(help_text="The stay has it.")
    is_free = serializers.BooleanField(help_text="It can be had, or is had.")
    points = serializers.IntegerField(help_text="The sum of the reasons; the fewest win.")
    reasons = AssignmentReasonSerializer(many=True)
    hindrances = HindranceSerializer(many=True)
    claims = ClaimSerializer(many=True, help_text="Empty for a room that is not open.")
    turn_minutes = serializers.IntegerField(
        allow_null=True, help_text="From the last guest's leaving to this one's coming, within a day."
    )
    notes = serializers.ListField(
        child=serializers.CharField(), help_text="Holds that leave the room sellable: out of service."
    )


class PartExplainedSerializer(serializers.Serializer):
    """A part of a stay with all rooms: those that can be had first, by points and number."""

    arrival = serializers.DateField()
    departure = serializers.DateField(help_text="The day the room is left.")
    is_locked = serializers.BooleanField(help_text="Its room was promised.")
    rooms = RoomExplainedSerializer(many=True)


class RoomAssignmentSerializer(serializers.ModelSerializer):
    """The room of a stay for a part of its dates; released ones are history."""

    room_number = serializers.CharField(source="room.number", read_only=True)
    reservation_number = serializers.CharField(source="reservation.number", read_only=True)

    class Meta:
        model = RoomAssignment
        fields = [
            "id", "property", "reservation", "reservation_number", "room", "room_number", "arrival", "departure",
            "is_locked", "released_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


def stays_wanted(place: Property, ids: list[int]) -> list[Reservation]:
    """The named stays of a property, by arrival.

    Raises:
        ValidationError: one of them is not there, not confirmed, or has a room.
    """
    rows = unassigned(place, date.min, date.max, ids)
    if len(rows) != len(set(ids)):
        raise serializers.ValidationError(
            {"reservations": [_("Not all of these are confirmed stays of the property without a room.")]}
        )
    return rows
