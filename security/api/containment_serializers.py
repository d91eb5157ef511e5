"""Steps, containments and playbooks, as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.api.serializers import ActionSerializer
from security.domain.containment import containment_actions, step_actions
from security.incident_choices import ContainmentAction
from security.models import IncidentContainment, IncidentStep, Playbook, PlaybookStep
from security.selectors.incidents import actions_for_incident


class IncidentStepSerializer(serializers.ModelSerializer):
    """One step of the playbook, with what may be done about it."""

    actions = serializers.SerializerMethodField()

    class Meta:
        model = IncidentStep
        fields = [
            "id", "incident", "code", "title", "who", "why", "action", "target", "status", "done_at", "done_by",
            "result", "actions", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, row: IncidentStep) -> Any:
        """Take, finish and skip: allowed to the caller or denied with the reason."""
        user = self.context["request"].user
        found = actions_for_incident(row.incident, user, step_actions(row.standing))
        return ActionSerializer(found, many=True).data


class IncidentContainmentSerializer(serializers.ModelSerializer):
    """What the house did at once, with its effect, and whether it was taken back."""

    taken_by_name = serializers.CharField(source="taken_by", read_only=True, allow_null=True, default=None)
    actions = serializers.SerializerMethodField()

    class Meta:
        model = IncidentContainment
        fields = [
            "id", "incident", "action", "target", "reason", "effect", "result", "taken_at", "taken_by",
            "taken_by_name", "undone_at", "undone_by", "undo_reason", "actions", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, row: IncidentContainment) -> Any:
        """Undo: allowed to the caller or denied with the reason."""
        user = self.context["request"].user
        found = actions_for_incident(row.incident, user, containment_actions(row.standing))
        return ActionSerializer(found, many=True).data


class UndoSerializer(serializers.Serializer):
    """Why it is taken back."""

    reason = serializers.CharField(max_length=400)


class TakeSerializer(serializers.Serializer):
    """Why, and whom or what."""

    reason = serializers.CharField(max_length=400)
    target = serializers.CharField(
        max_length=120, allow_blank=True, default="", help_text="The step's own if left out."
    )


class ActSerializer(serializers.Serializer):
    """What the house shall do at once, to whom or what, and why."""

    reason = serializers.CharField(max_length=400)
    action = serializers.ChoiceField(choices=ContainmentAction.choices)
    target = serializers.CharField(
        max_length=120,
        help_text=(
            "Such as user:7, token:3, integrator:2, webhook:5, property:1, role:4, address:192.0.2.1 or a network "
            "up to /24."
        ),
    )


class PlaybookStepSerializer(serializers.ModelSerializer):
    """One step of a playbook."""

    class Meta:
        model = PlaybookStep
        fields = ["position", "code", "title", "who", "why", "action"]
        read_only_fields = fields


class PlaybookSerializer(serializers.ModelSerializer):
    """What a chain does about a kind of incident, step by step."""

    steps = PlaybookStepSerializer(source="in_order", many=True, read_only=True)

    class Meta:
        model = Playbook
        fields = [
            "id",
            "chain",
            "category",
            "detector",
            "title",
            "is_active",
            "steps",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields
