"""Night audits and daily figures as they are shown."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField
from hotel.stays.models import DailyStatistic, NightAudit, NightAuditStep

COUNTS = (
    "rooms_available", "rooms_out_of_order", "rooms_sold", "rooms_complimentary", "rooms_house_use", "rooms_day_use",
    "arrivals", "departures", "walk_ins", "no_shows", "cancellations",
)  # fmt: skip

MAX_DAYS = 3_700


def share_field(source: str) -> serializers.DecimalField:
    """A share 0–1 (and more when rooms were let twice), with four places."""
    return serializers.DecimalField(
        source=source, max_digits=9, decimal_places=4, read_only=True, allow_null=True
    )


class BlockerSerializer(serializers.Serializer):
    """Something that has to be done before the day can be closed."""

    code = serializers.CharField()
    text = serializers.CharField()
    reservations = serializers.ListField(child=serializers.IntegerField())


class StepSerializer(serializers.ModelSerializer):
    """One step; ``result`` says in numbers what it did."""

    title = serializers.CharField(source="get_name_display", read_only=True)

    class Meta:
        model = NightAuditStep
        fields = ["name", "title", "position", "status", "done_at", "result"]
        read_only_fields = fields


class NightAuditSerializer(serializers.ModelSerializer):
    """The audit of a business date with its steps."""

    blockers = BlockerSerializer(many=True, read_only=True)
    steps = StepSerializer(many=True, read_only=True)

    class Meta:
        model = NightAudit
        fields = [
            "id", "property", "business_date", "status", "blockers", "steps", "requested_by", "started_at",
            "finished_at", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class AuditInput(serializers.Serializer):
    """Which property."""

    property = PropertyField()


class ChecklistSerializer(serializers.Serializer):
    """What stands against closing the open business date."""

    business_date = serializers.DateField()
    blockers = BlockerSerializer(many=True)
    missing_arrivals = serializers.ListField(
        child=serializers.IntegerField(), help_text="Stays that would be marked as no-shows."
    )


class DailyStatisticSerializer(serializers.ModelSerializer):
    """The frozen figures of a business date, and their ratios; null without a denominator."""

    room_revenue = MoneyField(read_only=True)
    no_show_revenue = MoneyField(read_only=True)
    other_revenue = MoneyField(read_only=True)
    tax = MoneyField(read_only=True)
    occupancy = share_field("figures.counts.occupancy")
    average_daily_rate = MoneyField(source="figures.average_daily_rate", read_only=True, allow_null=True)
    revenue_per_available_room = MoneyField(
        source="figures.revenue_per_available_room", read_only=True, allow_null=True
    )
    total_revenue_per_available_room = MoneyField(
        source="figures.total_revenue_per_available_room", read_only=True, allow_null=True
    )

    class Meta:
        model = DailyStatistic
        fields = [
            "id", "property", "business_date", *COUNTS, "persons", "room_revenue", "no_show_revenue", "other_revenue",
            "tax", "occupancy", "average_daily_rate", "revenue_per_available_room", "total_revenue_per_available_room",
            "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class PeriodQuery(serializers.Serializer):
    """Which business dates, both inclusive."""

    property = PropertyField(required=False, help_text="Every property one may see unless given.")
    since = serializers.DateField()
    until = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The days are in order, and not more than a few years."""
        if not 0 <= (attrs["until"] - attrs["since"]).days < MAX_DAYS:
            raise serializers.ValidationError(
                {"until": [_("Give 1 to %(max_days)s days, in order.") % {"max_days": MAX_DAYS}]}
            )
        return attrs


class PeriodSerializer(serializers.Serializer):
    """The sums of a property's closed days, and the ratios of these sums."""

    property = serializers.IntegerField(source="property_id")
    days = serializers.IntegerField(help_text="Closed days within the period.")
    persons = serializers.DictField(child=serializers.IntegerField(), source="figures.counts.persons")
    room_revenue = MoneyField(source="figures.revenue.room")
    no_show_revenue = MoneyField(source="figures.revenue.no_show")
    other_revenue = MoneyField(source="figures.revenue.other")
    tax = MoneyField(source="figures.revenue.tax")
    occupancy = share_field("figures.counts.occupancy")
    average_daily_rate = MoneyField(source="figures.average_daily_rate", allow_null=True)
    revenue_per_available_room = MoneyField(source="figures.revenue_per_available_room", allow_null=True)
    total_revenue_per_available_room = MoneyField(
        source="figures.total_revenue_per_available_room", allow_null=True
    )

    def get_fields(self) -> dict[str, serializers.Field]:
        """With one number for each thing that is counted."""
        counts = {name: serializers.IntegerField(source=f"figures.counts.{name}") for name in COUNTS}
        return {**super().get_fields(), **counts}
