"""Packages with their elements as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.properties.api.mixins import ScopedRelatedField
from hotel.properties.models import AgeBand
from hotel.rates.api.serializers.fields import PartMixin, RatesSerializer, WeekdaysField
from hotel.rates.models import Package, PackageElement
from hotel.rates.models.base import ALL_WEEK

ELEMENTS_LIMIT = 50


class PackageElementSerializer(PartMixin, serializers.ModelSerializer):
    """One thing of a package: rhythm says when, basis says times what."""

    amount = MoneyField(required=False, allow_null=True)
    weekdays = WeekdaysField(default=ALL_WEEK)
    age_band = ScopedRelatedField(queryset=AgeBand.objects.all(), required=False, allow_null=True)

    class Meta:
        model = PackageElement
        fields = [
            "code", "name", "position", "group", "rhythm", "every_nights", "weekdays", "basis", "age_band",
            "amount", "share", "is_allowance", "allowance_period", "allowance_codes", "bears_overage",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what the constraints would refuse, with a message at the field."""
        is_share = attrs.get("basis") == "share_of_rate"
        amount = attrs.get("amount")
        if (attrs.get("share") is not None) != is_share or (amount is not None) == is_share:
            text = _("share_of_rate takes share; every other basis takes amount.")
            raise serializers.ValidationError({"basis": [text]})
        if amount is not None and amount.amount < 0:
            raise serializers.ValidationError({"amount": [_("0 or more.")]})
        if (attrs.get("basis") == "per_child") != (attrs.get("age_band") is not None):
            raise serializers.ValidationError({"age_band": [_("Given for per_child, and only then.")]})
        if (attrs.get("rhythm") == "every_n_nights") != bool(attrs.get("every_nights")):
            raise serializers.ValidationError(
                {"every_nights": [_("Given for every_n_nights, and only then.")]}
            )
        return attrs


class PackageSerializer(RatesSerializer):
    """A bundle that plans contain or add; ``elements`` replaces them all."""

    elements = PackageElementSerializer(many=True, required=False, max_length=ELEMENTS_LIMIT)

    class Meta:
        model = Package
        fields = [
            "id", "property", "code", "name", "description", "is_active", "elements", "created_at", "updated_at",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse codes that come twice and age bands of another property."""
        attrs = super().validate(attrs)
        rows = attrs.get("elements", [])
        if len({row["code"] for row in rows}) < len(rows):
            raise serializers.ValidationError({"elements": [_("Each code once.")]})
        self.refuse_strangers(attrs, "elements", [row["age_band"] for row in rows if row.get("age_band")])
        return attrs

    def split(self) -> tuple[dict[str, Any], list[dict[str, Any]] | None]:
        """Columns, and elements if given."""
        values = self.contents()
        return values, values.pop("elements", None)
