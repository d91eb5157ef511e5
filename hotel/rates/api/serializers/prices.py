"""Seasons, prices and their bulk setting as JSON."""

from itertools import pairwise
from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.properties.api.mixins import PropertyScopedSerializer, ScopedRelatedField
from hotel.properties.models import AgeBand
from hotel.rates.api.serializers.fields import MANY, PartMixin, RatesSerializer, WeekdaysField
from hotel.rates.choices import ChildPricing
from hotel.rates.models import RatePlan, RatePrice, Season
from hotel.rates.models.base import ALL_WEEK
from hotel.rates.services.prices import ChildPrice, PriceChange
from hotel.rooms.models import RoomType


class SeasonRangeSerializer(PartMixin, serializers.Serializer):
    """Nights [start_on, end_on)."""

    start_on = serializers.DateField()
    end_on = serializers.DateField()

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse empty ranges."""
        if attrs["end_on"] <= attrs["start_on"]:
            raise serializers.ValidationError({"end_on": [_("After start_on.")]})
        return attrs


class SeasonSerializer(RatesSerializer):
    """A part of the year with ranges of nights, possibly in several years."""

    ranges = SeasonRangeSerializer(many=True, required=False, max_length=MANY)

    class Meta:
        model = Season
        fields = ["id", "property", "code", "name", "colour", "ranges", "created_at", "updated_at"]

    def validate_ranges(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Refuse overlaps."""
        ordered = sorted(rows, key=lambda row: row["start_on"])
        if any(later["start_on"] < row["end_on"] for row, later in pairwise(ordered)):
            raise serializers.ValidationError(_("The ranges of a season must not overlap."))
        return rows

    def split(self) -> tuple[dict[str, Any], list[tuple[Any, Any]] | None]:
        """Columns, and ranges if given."""
        values = self.contents()
        rows = values.pop("ranges", None)
        return values, None if rows is None else [(row["start_on"], row["end_on"]) for row in rows]


class PriceAdultsSerializer(PartMixin, serializers.Serializer):
    """The room price for exactly so many adults."""

    adults = serializers.IntegerField(min_value=1, max_value=100)
    amount = MoneyField()


class PriceChildSerializer(PartMixin, serializers.Serializer):
    """What a child of a band adds."""

    age_band = ScopedRelatedField(queryset=AgeBand.objects.all())
    method = serializers.ChoiceField(choices=ChildPricing.choices)
    amount = MoneyField(required=False, allow_null=True, default=None)
    share = serializers.DecimalField(
        max_digits=7,
        decimal_places=6,
        min_value=0,
        max_value=1,
        required=False,
        allow_null=True,
        default=None,
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly what the method asks for."""
        given = {name for name in ("amount", "share") if attrs[name] is not None}
        if given != {attrs["method"]} - {"free"}:
            is_free = attrs["method"] == "free"
            text = (
                _("The method %(method)s takes nothing.")
                if is_free
                else _("The method %(method)s takes %(method)s.")
            )
            raise serializers.ValidationError({"method": [text % {"method": attrs["method"]}]})
        return attrs


class RatePriceSerializer(PropertyScopedSerializer):
    """A price as stored: dated, of a season, or standing. See docs/algorithms/pricing.md."""

    weekdays = WeekdaysField()
    amount = MoneyField()
    single_amount = MoneyField(allow_null=True)
    extra_adult_amount = MoneyField(allow_null=True)
    by_adults = PriceAdultsSerializer(many=True)
    by_child = PriceChildSerializer(many=True)

    class Meta:
        model = RatePrice
        fields = [
            "id", "property", "rate_plan", "room_type", "season", "start_on", "end_on", "weekdays", "amount",
            "single_amount", "extra_adult_amount", "by_adults", "by_child", "created_at", "updated_at",
        ]  # fmt: skip


class PriceChangeSerializer(serializers.Serializer):
    """One price for several types: dated (``start_on``, ``end_on``), of a ``season``, or standing."""

    room_types = serializers.ListField(
        child=ScopedRelatedField(queryset=RoomType.objects.all()), min_length=1, max_length=50
    )
    start_on = serializers.DateField(required=False, allow_null=True, default=None, help_text="First night.")
    end_on = serializers.DateField(
        required=False, allow_null=True, default=None, help_text="First night no longer concerned."
    )
    season = ScopedRelatedField(queryset=Season.objects.all(), required=False, allow_null=True, default=None)
    weekdays = WeekdaysField(default=ALL_WEEK)
    amount = MoneyField(
        required=False, allow_null=True, default=None, help_text="Null takes the price away on these nights."
    )
    single_amount = MoneyField(required=False, allow_null=True, default=None)
    extra_adult_amount = MoneyField(required=False, allow_null=True, default=None)
    by_adults = PriceAdultsSerializer(many=True, required=False, max_length=20)
    by_child = PriceChildSerializer(many=True, required=False, max_length=20)

    def change(self, row: dict[str, Any]) -> PriceChange:
        """A validated row as the service takes it."""
        return PriceChange(
            room_types=row["room_types"],
            start=row["start_on"],
            end=row["end_on"],
            season=row["season"],
            weekdays=row["weekdays"],
            amount=row["amount"],
            single_amount=row["single_amount"],
            extra_adult_amount=row["extra_adult_amount"],
            by_adults={part["adults"]: part["amount"] for part in row.get("by_adults", [])},
            by_child=[ChildPrice(**part) for part in row.get("by_child", [])],
        )

    def validate_by_child(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each band once."""
        if len({row["age_band"].pk for row in rows}) < len(rows):
            raise serializers.ValidationError(_("Name each age band once."))
        return rows


class PricesSetSerializer(serializers.Serializer):
    """Prices of one plan, set in order; later rows count over earlier ones."""

    rate_plan = ScopedRelatedField(queryset=RatePlan.objects.all())
    changes = PriceChangeSerializer(many=True, min_length=1, max_length=MANY)

    def service_changes(self) -> list[PriceChange]:
        """The validated changes as the service takes them."""
        child = PriceChangeSerializer()
        return [child.change(row) for row in self.validated_data["changes"]]
