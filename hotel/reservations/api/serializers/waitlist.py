"""The waiting list's offers and turnaways as they are made and shown."""

from rest_framework import serializers

from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.reservations.api.serializers.commands import OverrideInput
from hotel.reservations.choices import TurnawayReason
from hotel.reservations.models import Turnaway, WaitlistOffer
from hotel.rooms.models import RoomType


class WaitlistOfferInput(OverrideInput):
    """Body of offer."""

    hours = serializers.IntegerField(
        min_value=1,
        max_value=24 * 14,
        required=False,
        allow_null=True,
        default=None,
        help_text="How long it stands.",
    )


class WaitlistOfferSerializer(serializers.ModelSerializer):
    """An offer and the room it holds."""

    reservation_number = serializers.CharField(source="reservation.number", read_only=True)

    class Meta:
        model = WaitlistOffer
        fields = [
            "id", "property", "reservation", "reservation_number", "hold", "status", "offered_at", "expires_at",
            "answered_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class TurnawayInput(serializers.Serializer):
    """One denial or regret."""

    property = PropertyField()
    arrival = serializers.DateField()
    departure = serializers.DateField()
    reason = serializers.ChoiceField(choices=TurnawayReason.choices)
    room_type = ScopedRelatedField(
        queryset=RoomType.objects.all(), required=False, allow_null=True, default=None
    )
    rooms = serializers.IntegerField(min_value=1, max_value=1000, default=1)
    adults = serializers.IntegerField(
        min_value=1, max_value=99, required=False, allow_null=True, default=None, help_text="In each room."
    )
    children = serializers.IntegerField(min_value=0, max_value=99, default=0, help_text="In each room.")
    market = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    channel_code = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    source = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    notes = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class TurnawaySerializer(serializers.ModelSerializer):
    """Business that was turned away."""

    class Meta:
        model = Turnaway
        fields = [
            "id", "property", "arrival", "departure", "room_type", "rooms", "adults", "children", "reason", "market",
            "channel_code", "source", "business_date", "notes", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields
