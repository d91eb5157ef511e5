"""Operations as JSON."""

from decimal import Decimal
from typing import Any, ClassVar

from rest_framework import serializers

from hotel.accounts.api.fields import UserField
from hotel.core.api.examples import example
from hotel.core.words import _
from hotel.operations.domain.discrepancies import Occupied
from hotel.operations.models import Discrepancy, HousekeepingRound, Task, TaskChange
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer, ScopedRelatedField
from hotel.rooms.models import Room


class TaskSerializer(serializers.ModelSerializer):
    """A task, and how it stands."""

    class Meta:
        model = Task
        fields = [
            "id", "property", "kind", "room", "location", "reservation", "title", "business_date", "priority", "due_at",
            "credits", "standard_minutes", "state", "assignee", "started_at", "ended_at", "ended_by", "because",
            "notice", "dnd_at", "inspects", "source", "version", "created_at", "updated_at",
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


@example("A stain", note="A red stain on the carpet below the window")
class TaskNotedInput(serializers.Serializer):
    """What is written down."""

    note = serializers.CharField(max_length=200)


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


@example("A round of fourteen credits", property=1, attendant=7, credit_target="14.00")
class HousekeepingRoundSerializer(PropertyScopedSerializer):
    """An attendant's round of a business date, and what he has in it."""

    attendant = UserField()
    credit_target = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=Decimal("0.01"))
    credits = serializers.DecimalField(max_digits=9, decimal_places=2, read_only=True)
    tasks = serializers.IntegerField(read_only=True)
    tasks_done = serializers.IntegerField(read_only=True)

    class Meta:
        model = HousekeepingRound
        fields = [
            "id", "property", "attendant", "business_date", "credit_target", "credits", "tasks", "tasks_done",
            "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["business_date"]


@example("Half a round", credit_target="7.00")
class RoundTargetInput(serializers.ModelSerializer):
    """Credits of a full round."""

    credit_target = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=Decimal("0.01"))

    class Meta:
        model = HousekeepingRound
        fields = ["credit_target"]


@example("The rounds of a house", property=1)
class RoundsInput(serializers.Serializer):
    """Whose rounds."""

    property = PropertyField()


class GivenTaskSerializer(serializers.Serializer):
    """A task and who does it."""

    task = serializers.IntegerField()
    attendant = serializers.IntegerField()


class RoundLoadSerializer(serializers.Serializer):
    """What an attendant has with it."""

    attendant = serializers.IntegerField()
    credits = serializers.DecimalField(max_digits=9, decimal_places=2)


class SplitSerializer(serializers.Serializer):
    """How tasks are split over rounds; ``spread`` is the fullest less the emptiest, as shares of their targets."""

    tasks = GivenTaskSerializer(many=True)
    rounds = RoundLoadSerializer(many=True)
    spread = serializers.DecimalField(max_digits=9, decimal_places=2)


class DiscrepancySerializer(serializers.ModelSerializer):
    """How a room was found, and how the front office had it."""

    class Meta:
        model = Discrepancy
        fields = [
            "id", "property", "room", "kind", "business_date", "is_occupied", "persons", "office_occupied",
            "office_persons", "found_at", "found_by", "resolved_at", "resolved_by", "because",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class FoundSerializer(serializers.Serializer):
    """What differs; nothing when both agree."""

    discrepancy = DiscrepancySerializer(allow_null=True)


@example("Three persons in a room", property=1, room=12, is_occupied=True, persons=3)
class FoundInput(serializers.Serializer):
    """How a room was found."""

    property = PropertyField()
    room = ScopedRelatedField(queryset=Room.objects.all())
    is_occupied = serializers.BooleanField()
    persons = serializers.IntegerField(
        min_value=0, max_value=99, required=False, allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A room of the property."""
        if attrs["room"].property_id != attrs["property"].pk:
            raise serializers.ValidationError({"room": [_("This belongs to another property.")]})
        return {"room": attrs["room"], "found": Occupied(attrs["is_occupied"], attrs["persons"])}


@example("A skipper", reason="The guest left without telling; checked out at 11:20")
class ResolveInput(serializers.Serializer):
    """What it was."""

    reason = serializers.CharField(max_length=200)
