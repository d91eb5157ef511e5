"""Group blocks as they are made and shown."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.guests.models import Company
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.rates.models import RatePlan
from hotel.reservations.choices import BlockControl, BlockStatus
from hotel.reservations.domain.blocks import attrition_rooms
from hotel.reservations.models import BlockNight, GroupBlock
from hotel.reservations.services.blocks import MAX_ROOMS, BlockData, GridRow
from hotel.reservations.services.pick_up import MAX_ROWS, RoomingRow
from hotel.rooms.models import RoomType


class GridRowInput(serializers.Serializer):
    """So many rooms of a type on each night of [start, end)."""

    room_type = ScopedRelatedField(queryset=RoomType.objects.all())
    start = serializers.DateField()
    end = serializers.DateField(help_text="Exclusive.")
    rooms = serializers.IntegerField(min_value=0, max_value=MAX_ROOMS)
    price = MoneyField(required=False, allow_null=True, default=None)


class BlockInput(serializers.Serializer):
    """A new block with its grid."""

    property = PropertyField()
    code = serializers.RegexField(r"^[A-Za-z0-9_-]{1,32}$")
    name = serializers.CharField(max_length=120)
    arrival = serializers.DateField()
    departure = serializers.DateField()
    rate_plan = ScopedRelatedField(queryset=RatePlan.objects.all())
    status = serializers.ChoiceField(choices=BlockStatus.choices, default=BlockStatus.INQUIRY)
    control = serializers.ChoiceField(choices=BlockControl.choices, default=BlockControl.NON_ELASTIC)
    shoulder_days = serializers.IntegerField(min_value=0, max_value=14, default=0)
    cutoff_on = serializers.DateField(required=False, allow_null=True, default=None)
    company = ScopedRelatedField(
        queryset=Company.objects.all(), required=False, allow_null=True, default=None
    )
    attrition_rate = serializers.DecimalField(
        max_digits=5, decimal_places=4, min_value=0, max_value=1, default=0
    )
    notes = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    rows = GridRowInput(many=True, min_length=1, max_length=200)

    def block_data(self) -> BlockData:
        """The validated body as data for the service."""
        attrs = {
            name: value for name, value in self.validated_data.items() if name not in {"property", "rows"}
        }
        return BlockData(**attrs, rows=rows_read(self.validated_data["rows"]))


class GridInput(serializers.Serializer):
    """Body of grid."""

    rows = GridRowInput(many=True, min_length=1, max_length=200)
    is_contract = serializers.BooleanField(
        default=False, help_text="The contract changes too; else it is a wash."
    )


class BlockStatusInput(serializers.Serializer):
    """Body of status."""

    status = serializers.ChoiceField(choices=BlockStatus.choices)
    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class RoomingRowInput(serializers.Serializer):
    """One line of a rooming list."""

    first_name = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)
    last_name = serializers.CharField(max_length=80)
    room_type = serializers.CharField(max_length=16, help_text="Code.")
    arrival = serializers.DateField()
    departure = serializers.DateField()
    adults = serializers.IntegerField(min_value=1, max_value=20, default=1)
    email = serializers.EmailField(required=False, default="", allow_blank=True)


class RoomingListInput(serializers.Serializer):
    """Body of rooming-list: every line or none."""

    rows = RoomingRowInput(many=True, min_length=1, max_length=MAX_ROWS)
    is_dry_run = serializers.BooleanField(default=False, help_text="Only check; nothing is booked.")

    def rooming_rows(self) -> list[RoomingRow]:
        """The validated lines, numbered from 1."""
        return [RoomingRow(line=line, **row) for line, row in enumerate(self.validated_data["rows"], 1)]


class RoomingFileQuery(serializers.Serializer):
    """Query of rooming-list/file."""

    is_dry_run = serializers.BooleanField(default=False, help_text="Only check; nothing is booked.")


class RoomingErrorSerializer(serializers.Serializer):
    """Why a line cannot be picked up."""

    line = serializers.IntegerField()
    code = serializers.CharField()
    text = serializers.CharField()


class RoomingResultSerializer(serializers.Serializer):
    """Ids of the reservations made, in order of the lines; errors of a dry run."""

    reservations = serializers.ListField(child=serializers.IntegerField())
    errors = RoomingErrorSerializer(many=True)


class BlockNightSerializer(serializers.ModelSerializer):
    """One cell of the grid."""

    price = MoneyField(allow_null=True, read_only=True)
    available = serializers.SerializerMethodField()
    washed = serializers.SerializerMethodField()

    class Meta:
        model = BlockNight
        fields = ["room_type", "night", "contracted", "current", "picked_up", "available", "washed", "price"]

    def get_available(self, row: BlockNight) -> int:
        """Rooms that can still be picked up from the block."""
        return max(row.current - row.picked_up, 0)

    def get_washed(self, row: BlockNight) -> int:
        """Rooms of the contract that are given up."""
        return max(row.contracted - row.current, 0)


class BlockSerializer(serializers.ModelSerializer):
    """A block with its grid."""

    nights = BlockNightSerializer(many=True, read_only=True)
    attrition_nights = serializers.SerializerMethodField(
        help_text="Room nights the group would owe for now: contract less allowance less pick-up."
    )

    class Meta:
        model = GroupBlock
        fields = [
            "id", "property", "code", "name", "status", "control", "arrival", "departure", "shoulder_days", "cutoff_on",
            "cut_off_at", "rate_plan", "company", "attrition_rate", "lost_reason", "notes", "nights",
            "attrition_nights", "version", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_attrition_nights(self, block: GroupBlock) -> str:
        """A decimal, because the allowance is a share."""
        nights = block.nights.all()
        contracted, picked_up = (
            sum(getattr(n, name) for n in nights) for name in ("contracted", "picked_up")
        )
        return str(attrition_rooms(contracted, picked_up, block.attrition_rate))


def rows_read(rows: list[dict[str, Any]]) -> tuple[GridRow, ...]:
    """Validated rows as data for the service."""
    return tuple(GridRow(**row) for row in rows)
