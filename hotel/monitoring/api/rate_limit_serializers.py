"""Rules of the limiter as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.accounts.models import ApiToken, Role, User
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.monitoring.models import ApiPlan, LimiterState, RateLimit
from hotel.monitoring.models.limits import holds_everywhere
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.properties.scoping import sees_everything

GIVEN = [
    "name",
    "description",
    "priority",
    "scope",
    "property",
    "token",
    "user",
    "role",
    "plan",
    "is_anonymous",
    "network",
    "area",
    "operation",
    "method",
    "rate",
    "period_seconds",
    "burst",
    "cost",
    "action",
    "valid_from",
    "valid_until",
    "is_active",
]
TOLD = ["id", "is_floor", "is_closed", "version", "created_at", "updated_at"]


class RateLimitSerializer(serializers.ModelSerializer):
    """A rule. What is left out matches everything."""

    property = PropertyField(
        required=False,
        allow_null=True,
        help_text="Only requests about this property; null for all, which needs the right at all of them.",
    )
    token = ScopedRelatedField(queryset=ApiToken.objects.all(), required=False, allow_null=True)
    user = ScopedRelatedField(queryset=User.objects.all(), required=False, allow_null=True)
    role = ScopedRelatedField(queryset=Role.objects.all(), required=False, allow_null=True)
    plan = ScopedRelatedField(queryset=ApiPlan.objects.all(), required=False, allow_null=True)

    priority = serializers.IntegerField(
        required=False,
        min_value=0,
        max_value=32767,
        help_text="The lowest comes first; 0 is of floors alone.",
    )

    class Meta:
        model = RateLimit
        fields = [*GIVEN, *TOLD]
        read_only_fields = TOLD

    def validate_priority(self, value: int) -> int:
        """Zero is told of the house's floors and given to no other rule."""
        if value < 1 and not (self.instance is not None and self.instance.is_floor):
            raise serializers.ValidationError(_("Ensure this value is greater than or equal to 1."))
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A rule stays at its property; one for all needs the right at all.

        Raises:
            NotPermitted: it is for all, and the caller's right is not.
        """
        if self.instance is not None:
            if attrs.get("property", self.instance.property) != self.instance.property:
                raise serializers.ValidationError({"property": [_("A rule stays at its property.")]})
        elif attrs.get("property") is None:
            view, user = self.context["view"], self.context["request"].user
            if not (sees_everything(user) or holds_everywhere(user, view.required_verb(), view.area)):
                raise NotPermitted(_("A rule for all properties needs the right at all of them."))
        return super().validate(attrs)


class PreviewSerializer(serializers.ModelSerializer):
    """A rule to be tried on the past, stored nowhere."""

    day = serializers.DateField(required=False, help_text="A day of UTC; yesterday unless given.")
    token = ScopedRelatedField(queryset=ApiToken.objects.all(), required=False, allow_null=True)
    user = ScopedRelatedField(queryset=User.objects.all(), required=False, allow_null=True)
    role = ScopedRelatedField(queryset=Role.objects.all(), required=False, allow_null=True)
    plan = ScopedRelatedField(queryset=ApiPlan.objects.all(), required=False, allow_null=True)

    class Meta:
        model = RateLimit
        fields = [
            "day", "token", "user", "role", "plan", "is_anonymous",
            "area", "operation", "method", "rate", "period_seconds", "burst", "cost",
        ]  # fmt: skip


class LimitedClientSerializer(serializers.Serializer):
    """A client whom the rule would have limited."""

    client_kind = serializers.CharField()
    client_id = serializers.IntegerField()
    client_name = serializers.CharField()
    requests = serializers.IntegerField(help_text="That day, as far as the rule is for them.")
    refused = serializers.IntegerField(help_text="How many of them it would have refused, at least.")


class MineSerializer(serializers.Serializer):
    """A rule that holds for the caller."""

    name = serializers.CharField()
    description = serializers.CharField()
    scope = serializers.CharField()
    rate = serializers.IntegerField()
    period_seconds = serializers.IntegerField()
    burst = serializers.IntegerField()
    area = serializers.CharField()
    operation = serializers.CharField()
    method = serializers.CharField()
    action = serializers.CharField()


class SuspendSerializer(serializers.Serializer):
    """Until when rules only count, and why."""

    until = serializers.DateTimeField()
    reason = serializers.CharField(max_length=200)


class LimiterStateSerializer(serializers.ModelSerializer):
    """Whether the rules refuse."""

    class Meta:
        model = LimiterState
        fields = ["version", "suspended_until", "suspended_reason"]
        read_only_fields = fields
