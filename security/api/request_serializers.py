"""Requests for rights, reviews and emergencies, as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.accounts.api.fields import GroupField, RoleField, UserField
from hotel.properties.api.mixins import PropertyField
from security.choices import EmergencyVerdict, ReviewDecision
from security.models import AccessRequest, AccessReview, AccessReviewItem, EmergencyAccess
from security.services.access_requests import Wanted


class AccessRequestSerializer(serializers.ModelSerializer):
    """A role that somebody shall hold, if a second person agrees."""

    user = UserField()
    role = RoleField()
    property = PropertyField(required=False, allow_null=True)
    group = GroupField(required=False, allow_null=True)

    class Meta:
        model = AccessRequest
        fields = [
            "id",
            "user",
            "role",
            "rights",
            "property",
            "group",
            "valid_from",
            "valid_to",
            "reason",
            "requested_by",
            "lapses_at",
            "status",
            "decided_by",
            "decided_at",
            "decision_reason",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "rights",
            "requested_by",
            "lapses_at",
            "status",
            "decided_by",
            "decided_at",
            "decision_reason",
            "created_at",
            "updated_at",
        ]
        validators: list[Any] = []  # the service says what is wrong

    def wanted(self) -> tuple[Wanted, str]:
        """What is asked for, and why."""
        data = dict(self.validated_data)
        reason = data.pop("reason")
        return Wanted(place=data.pop("property", None), **data), reason


class ReasonSerializer(serializers.Serializer):
    """Why."""

    reason = serializers.CharField(max_length=300, allow_blank=True, default="")


class AccessReviewSerializer(serializers.ModelSerializer):
    """One look at all who hold rights at a property."""

    property = PropertyField()
    name = serializers.CharField(max_length=80, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False)
    open_items = serializers.IntegerField(read_only=True, default=None, help_text="Lines that wait.")

    class Meta:
        model = AccessReview
        fields = [
            "id",
            "property",
            "name",
            "due_on",
            "revokes_undecided",
            "open_items",
            "opened_by",
            "closed_at",
            "closed_by",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["opened_by", "closed_at", "closed_by", "created_at", "updated_at"]


class AccessReviewItemSerializer(serializers.ModelSerializer):
    """What one person or token held when the review was opened, and what was decided."""

    user_name = serializers.CharField(source="user", read_only=True)

    class Meta:
        model = AccessReviewItem
        fields = [
            "id",
            "property",
            "review",
            "subject",
            "user",
            "user_name",
            "assignment",
            "token",
            "title",
            "rights",
            "flags",
            "last_used_at",
            "decision",
            "decided_by",
            "decided_at",
            "note",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class DecisionSerializer(serializers.Serializer):
    """Keep or revoke."""

    decision = serializers.ChoiceField(choices=[ReviewDecision.KEEP.value, ReviewDecision.REVOKE.value])
    note = serializers.CharField(max_length=300, allow_blank=True, default="")


class EmergencyAccessSerializer(serializers.ModelSerializer):
    """More rights for some minutes."""

    property = PropertyField()
    minutes = serializers.IntegerField(
        min_value=1, max_value=480, required=False, write_only=True, help_text="Fewer than the policy's."
    )

    class Meta:
        model = EmergencyAccess
        fields = [
            "id",
            "property",
            "user",
            "role",
            "reason",
            "minutes",
            "ends_at",
            "closed_at",
            "closed_by",
            "verdict",
            "reviewed_by",
            "reviewed_at",
            "review_note",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [
            "user",
            "role",
            "ends_at",
            "closed_at",
            "closed_by",
            "verdict",
            "reviewed_by",
            "reviewed_at",
            "review_note",
            "created_at",
            "updated_at",
        ]


class VerdictSerializer(serializers.Serializer):
    """Whether it was justified."""

    verdict = serializers.ChoiceField(
        choices=[EmergencyVerdict.JUSTIFIED.value, EmergencyVerdict.UNJUSTIFIED.value]
    )
    note = serializers.CharField(max_length=300, allow_blank=True, default="")
