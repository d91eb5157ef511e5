"""Lost and found as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.examples import example
from hotel.operations.models import LostItem
from hotel.properties.api.mixins import PropertyScopedSerializer, ScopedRelatedField
from hotel.properties.scoping import grants_of
from hotel.reservations.models import Reservation

PRIVATE = ("signed_name", "ship_to")


class LostItemSerializer(serializers.ModelSerializer):
    """A thing that was found, where it lies, and what became of it.

    Who signed for it and where it was sent are empty for callers without the right to view guests.
    """

    signed_name = serializers.CharField(read_only=True)
    ship_to = serializers.CharField(read_only=True)

    class Meta:
        model = LostItem
        fields = [
            "id", "property", "kind", "description", "room", "location", "found_on", "found_at", "found_by", "storage",
            "reservation", "keep_until", "state", "ended_at", "ended_by", "because", "signed_name", "ship_to",
            "carrier_reference", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def to_representation(self, instance: LostItem) -> dict[str, Any]:
        """Without what the caller may not know."""
        found: dict[str, Any] = super().to_representation(instance)
        grants = grants_of(self.context["request"].user)
        if not grants.holds("view", "guests", instance.property_id):
            found |= dict.fromkeys(PRIVATE, "")
        return found


@example(
    "An umbrella",
    property=1,
    kind="other",
    description="A black umbrella, wooden handle",
    room=12,
    storage="Shelf 3",
)
class LostItemInput(PropertyScopedSerializer):
    """What was found, where, and where it lies."""

    class Meta:
        model = LostItem
        fields = ["property", "kind", "description", "room", "location", "storage"]


@example("Into the safe", storage="Safe, front office")
class LostItemMoveInput(serializers.Serializer):
    """Where it lies now."""

    storage = serializers.CharField(max_length=80)


@example("Of a stay", reservation=4711)
class LostItemOwnerInput(serializers.Serializer):
    """Whose it is, by his stay; nobody's known when empty."""

    reservation = ScopedRelatedField(queryset=Reservation.objects.all(), allow_null=True)


@example("Fetched", signed_name="Anna Moser")
class LostItemReturnInput(serializers.Serializer):
    """Who signs for it."""

    signed_name = serializers.CharField(max_length=120)


@example("Sent", ship_to="Anna Moser, Hauptplatz 1, 8010 Graz, Austria", carrier_reference="RR123456785AT")
class LostItemShipInput(serializers.Serializer):
    """Where it is sent, and the carrier's number."""

    ship_to = serializers.CharField(max_length=300)
    carrier_reference = serializers.CharField(max_length=60, required=False, default="")


@example("Given away", reason="Given to a charity")
class LostItemDisposeInput(serializers.Serializer):
    """How it is disposed of."""

    reason = serializers.CharField(max_length=200)
