"""Work orders as JSON."""

from rest_framework import serializers

from hotel.accounts.api.fields import UserField
from hotel.core.api.examples import example
from hotel.operations.models import WorkOrder, WorkOrderChange
from hotel.properties.api.mixins import PropertyScopedSerializer
from hotel.rooms.choices import BlockKind


class WorkOrderChangeSerializer(serializers.ModelSerializer):
    """What state it came to."""

    class Meta:
        model = WorkOrderChange
        fields = ["state", "at", "actor", "note"]
        read_only_fields = fields


class WorkOrderSerializer(serializers.ModelSerializer):
    """A work order, how it stands, and how it came there."""

    changes = WorkOrderChangeSerializer(many=True, read_only=True)

    class Meta:
        model = WorkOrder
        fields = [
            "id", "property", "room", "location", "category", "severity", "title", "reported_at", "reported_by",
            "due_at", "state", "assignee", "hold", "started_at", "ended_at", "minutes_spent", "because", "changes",
            "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


@example(
    "A tap drips", property=1, room=12, category="plumbing", severity=3, title="The tap of the basin drips"
)
class WorkOrderInput(PropertyScopedSerializer):
    """What is broken, and where."""

    class Meta:
        model = WorkOrder
        fields = ["property", "room", "location", "category", "severity", "title"]


@example("To an engineer", assignee=9)
class WorkOrderAssignInput(serializers.ModelSerializer):
    """Who is to do it."""

    assignee = UserField()

    class Meta:
        model = WorkOrder
        fields = ["assignee"]


@example("For a part", reason="The cartridge is ordered")
class WorkOrderReasonInput(serializers.Serializer):
    """Why."""

    reason = serializers.CharField(max_length=200)


@example("Repaired", reason="Cartridge replaced", minutes_spent=25)
class WorkOrderDoneInput(WorkOrderReasonInput):
    """What was done, and how long it took."""

    minutes_spent = serializers.IntegerField(min_value=0, max_value=100_000)


@example("Out of order for two nights", kind="out_of_order", end_on="2027-03-16")
class WorkOrderHoldInput(serializers.Serializer):
    """How the room is held, and the first night that it is not any more."""

    kind = serializers.ChoiceField(choices=BlockKind.choices)
    end_on = serializers.DateField()
