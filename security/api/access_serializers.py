"""Rights, the duties that go apart, and the policy, as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.accounts.api.fields import RoleField
from hotel.properties.api.mixins import PropertyField
from security.choices import ConflictAction
from security.models import AccessPolicy, DutyConflict, Permission


class PermissionSerializer(serializers.ModelSerializer):
    """A right as a chain looks at it."""

    class Meta:
        model = Permission
        fields = ["id", "chain", "area", "verb", "risk", "needs_second_person", "created_at", "updated_at"]
        read_only_fields = ["chain", "area", "verb", "created_at", "updated_at"]


class PermissionField(serializers.PrimaryKeyRelatedField):
    """A right of a chain that the caller may see."""

    def get_queryset(self) -> Any:
        """Narrowed to the caller; the schema generator sees none."""
        view = self.context.get("view")
        if view is None or getattr(view, "swagger_fake_view", False):
            return Permission.objects.none()
        return Permission.objects.visible_to(self.context["request"].user, view.required_verb())


class DutyConflictSerializer(serializers.ModelSerializer):
    """Two rights that one person should not hold at one property."""

    first = PermissionField()
    second = PermissionField()
    action = serializers.ChoiceField(choices=ConflictAction.choices, default=ConflictAction.WARN)
    first_right = serializers.CharField(source="first", read_only=True)
    second_right = serializers.CharField(source="second", read_only=True)

    class Meta:
        model = DutyConflict
        fields = [
            "id",
            "chain",
            "first",
            "first_right",
            "second",
            "second_right",
            "action",
            "reason",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["chain", "created_at", "updated_at"]
        validators: list[Any] = []  # the service orders the two and says what is wrong


class DutyConflictChangeSerializer(serializers.ModelSerializer):
    """What may be changed of it."""

    class Meta:
        model = DutyConflict
        fields = ["action", "reason"]


class AccessPolicySerializer(serializers.ModelSerializer):
    """How a chain looks after its rights."""

    emergency_role = RoleField(allow_null=True, required=False)
    second_factor_roles = serializers.ManyRelatedField(child_relation=RoleField(), required=False)

    class Meta:
        model = AccessPolicy
        fields = [
            "id",
            "chain",
            "review_every_days",
            "dormant_after_days",
            "request_days",
            "emergency_role",
            "emergency_minutes",
            "second_factor_roles",
            "session_idle_minutes",
            "session_hours",
            "step_up_minutes",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["chain", "created_at", "updated_at"]


class PlaceQuerySerializer(serializers.Serializer):
    """At which property."""

    property = PropertyField()


class FindingSerializer(serializers.Serializer):
    """A person who holds two duties that are to be kept apart."""

    user = serializers.IntegerField(source="user.pk")
    name = serializers.CharField(source="user")
    conflict = serializers.IntegerField(source="conflict.pk")
    first = serializers.CharField(source="conflict.first")
    second = serializers.CharField(source="conflict.second")
    action = serializers.CharField(source="conflict.action")
    reason = serializers.CharField(source="conflict.reason")


class MatrixRowSerializer(serializers.Serializer):
    """What one person may do at a property."""

    user = serializers.IntegerField(source="user.pk")
    name = serializers.CharField(source="user")
    areas = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    risk = serializers.CharField(help_text="Of the riskiest right: ordinary, sensitive or privileged.")
