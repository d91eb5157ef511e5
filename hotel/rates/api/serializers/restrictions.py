"""Restrictions, their bulk setting and their explanations as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer, ScopedRelatedField
from hotel.rates.api.serializers.fields import MANY, WeekdaysField
from hotel.rates.choices import MinGuarantee, RestrictionKind
from hotel.rates.models import RatePlan, Restriction
from hotel.rates.models.base import ALL_WEEK
from hotel.rates.services.restrictions import RestrictionChange
from hotel.rooms.models import RoomType


class RestrictionSerializer(PropertyScopedSerializer):
    """A rule on certain nights, of the house, a type, a plan, or a plan on a type."""

    weekdays = WeekdaysField()

    class Meta:
        model = Restriction
        fields = [
            "id", "property", "kind", "start_on", "end_on", "weekdays", "value", "pattern", "guarantee",
            "room_type", "rate_plan", "reason", "created_at", "updated_at",
        ]  # fmt: skip


class RestrictionChangeSerializer(serializers.Serializer):
    """One rule on the nights [start_on, end_on); without type and plan it is the house's."""

    kind = serializers.ChoiceField(choices=RestrictionKind.choices)
    start_on = serializers.DateField(help_text="First night.")
    end_on = serializers.DateField(help_text="First night no longer concerned.")
    weekdays = WeekdaysField(default=ALL_WEEK)
    value = serializers.IntegerField(
        min_value=0, max_value=1000, required=False, allow_null=True, default=None
    )
    pattern = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=1000), max_length=60, default=list
    )
    guarantee = serializers.ChoiceField(
        choices=MinGuarantee.choices,
        allow_blank=True,
        default="",
        help_text="For min_guarantee: what must stand behind a stay that sleeps one of the nights.",
    )
    room_type = ScopedRelatedField(
        queryset=RoomType.objects.all(), required=False, allow_null=True, default=None
    )
    rate_plan = ScopedRelatedField(
        queryset=RatePlan.objects.all(), required=False, allow_null=True, default=None
    )
    reason = serializers.CharField(max_length=120, allow_blank=True, default="")
    is_lifted = serializers.BooleanField(default=False, help_text="Take the rule away on these nights.")


class RestrictionsSetSerializer(serializers.Serializer):
    """Restrictions of one property, set in order; later rows count over earlier ones of their level."""

    property = PropertyField()
    changes = RestrictionChangeSerializer(many=True, min_length=1, max_length=MANY)

    def service_changes(self) -> list[RestrictionChange]:
        """The validated changes as the service takes them."""
        return [
            RestrictionChange(
                start=row["start_on"],
                end=row["end_on"],
                kind=RestrictionKind(row["kind"]),
                pattern=tuple(sorted(set(row["pattern"]))),
                **{
                    key: row[key]
                    for key in (
                        "weekdays",
                        "value",
                        "guarantee",
                        "room_type",
                        "rate_plan",
                        "reason",
                        "is_lifted",
                    )
                },
            )
            for row in self.validated_data["changes"]
        ]


class StaySerializer(serializers.Serializer):
    """A stay one asks about, as query parameters."""

    arrival = serializers.DateField()
    departure = serializers.DateField()
    adults = serializers.IntegerField(min_value=0, max_value=100, default=2)
    child_ages = serializers.CharField(
        default="", allow_blank=True, max_length=100, help_text="Such as 3,7: one age per child."
    )

    def validate_child_ages(self, text: str) -> tuple[int, ...]:
        """Comma-separated full years."""
        parts = [part.strip() for part in text.split(",") if part.strip()]
        if not all(part.isdecimal() and int(part) < 200 for part in parts):
            raise serializers.ValidationError(_("Give ages in full years, separated by commas."))
        return tuple(int(part) for part in parts)


class WhySerializer(StaySerializer):
    """Which stay, and at which levels to look."""

    property = PropertyField()
    rate_plan = ScopedRelatedField(queryset=RatePlan.objects.all(), required=False, default=None)
    room_type = ScopedRelatedField(queryset=RoomType.objects.all(), required=False, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """All of one property."""
        for name in ("rate_plan", "room_type"):
            if attrs[name] is not None and attrs[name].property_id != attrs["property"].pk:
                raise serializers.ValidationError({name: [_("This belongs to another property.")]})
        return attrs


class BrokenRuleSerializer(serializers.Serializer):
    """One reason why a stay cannot be sold."""

    code = serializers.CharField()
    level = serializers.ChoiceField(
        choices=["house", "room_type", "rate_plan", "rate_plan_room_type", "request"]
    )
    night = serializers.DateField(allow_null=True)
    text = serializers.CharField()


class WhyAnswerSerializer(serializers.Serializer):
    """Whether the stay may be sold, and everything that stands against it."""

    is_open = serializers.BooleanField()
    broken = BrokenRuleSerializer(many=True)
