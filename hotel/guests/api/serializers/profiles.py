"""What guests and companies have in common in answers."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.guests.models import ProfileAtProperty


class LifetimeSerializer(serializers.ModelSerializer):
    """What a profile has stayed and paid at one property of the caller; recomputed, never typed."""

    revenue = MoneyField(read_only=True, allow_null=True)

    class Meta:
        model = ProfileAtProperty
        fields = [
            "property",
            "stays",
            "nights",
            "cancellations",
            "no_shows",
            "revenue",
            "first_stay_on",
            "last_stay_on",
            "recomputed_at",
        ]
        read_only_fields = fields


class LikenessReasonSerializer(serializers.Serializer):
    """One trait that spoke for (points above 0) or against two profiles being one person."""

    trait = serializers.CharField()
    points = serializers.DecimalField(max_digits=4, decimal_places=3)
    text = serializers.CharField()


class LikenessSerializer(serializers.Serializer):
    """A profile that may be the same person."""

    guest = serializers.IntegerField(source="guest.pk")
    name = serializers.CharField(source="guest.full_name")
    score = serializers.DecimalField(
        max_digits=4, decimal_places=3, source="likeness.score", help_text="0–1; 0.85 and more is likely."
    )
    is_likely = serializers.BooleanField(source="likeness.is_likely")
    reasons = LikenessReasonSerializer(many=True, source="likeness.reasons")


class GuestRestrictInput(serializers.Serializer):
    """Why the house does not take this guest any more, for colleagues."""

    reason = serializers.CharField(max_length=400)


class PlainText(serializers.CharField):
    """Contact data as typed: longer than the column, because it is normalised first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"max_length": 60, "required": False, "allow_blank": True, **kwargs})
