"""Tasks as JSON."""

from typing import Any, ClassVar

from rest_framework import serializers

from hotel.accounts.api.fields import UserField
from hotel.core.api.examples import example
from hotel.operations.models import Task, TaskChange
from hotel.properties.api.mixins import PropertyScopedSerializer


class TaskSerializer(serializers.ModelSerializer):
    """A task, and how it stands."""

    class Meta:
        model = Task
        fields = [
            "id", "property", "kind", "room", "location", "reservation", "title", "business_date", "priority", "due_at",
            "credits", "standard_minutes", "state", "assignee", "started_at", "ended_at", "ended_by", "because",
            "notice", "source", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class TaskChangeSerializer(serializers.ModelSerializer):
    """What happened to a task; by nobody when the rules of the day did it."""

    class Meta:
        model = TaskChange
        fields = ["id", "property", "task", "kind", "at", "actor", "note"]
        read_only_fields = fields


@example("Two more pillows", property=1, kind="delivery", room=12, title="Two more pillows", priority=2)
class TaskInput(PropertyScopedSerializer):
    """A task made by hand, in a room or elsewhere, for today unless another day is told."""

    class Meta:
        model = Task
        fields = [
            "property", "kind", "room", "location", "title", "business_date", "priority", "due_at",
        ]  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {"business_date": {"required": False}}


@example("Finished", note="The lamp by the bed flickers")
class TaskNoteInput(serializers.Serializer):
    """What to say about it."""

    note = serializers.CharField(max_length=200, required=False, default="")


@example("The guest declines", reason="The guest wants no service today")
class TaskReasonInput(serializers.Serializer):
    """Why it is not done."""

    reason = serializers.CharField(max_length=200)


@example("To an attendant", assignee=7)
class TaskAssignInput(serializers.ModelSerializer):
    """Who is to do it; nobody when empty."""

    assignee = UserField(allow_null=True)

    class Meta:
        model = Task
        fields = ["assignee"]
