"""Tax rules and certificates of exemption as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.rates.api.serializers.fields import RatesSerializer
from hotel.rates.models import TaxExemption, TaxRule


class TaxRuleSerializer(RatesSerializer):
    """One version of a tax. ``percent`` takes ``rate`` and ``groups``; all other methods take ``amount``."""

    amount = MoneyField(required=False, allow_null=True)
    max_amount = MoneyField(required=False, allow_null=True)

    class Meta:
        model = TaxRule
        fields = [
            "id", "property", "code", "name", "position", "method", "rate", "amount", "is_inclusive", "groups",
            "stacked_on", "max_nights", "max_amount", "min_age", "max_age", "exempt_reasons", "valid_from",
            "valid_until", "created_at", "updated_at",
        ]  # fmt: skip
        extra_kwargs = {"rate": {"max_value": 9}}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse what the constraints would refuse, with a message at the field."""
        attrs = super().validate(attrs)
        is_share = self.value(attrs, "method") == "percent"
        rate, amount = self.value(attrs, "rate"), self.value(attrs, "amount")
        if (rate is not None) != is_share or (amount is not None) == is_share:
            raise serializers.ValidationError(
                {"method": [_("percent takes rate; every other method takes amount.")]}
            )
        if is_share and not self.value(attrs, "groups"):
            raise serializers.ValidationError({"groups": [_("Say on which charges the share is taken.")]})
        for name in ("amount", "max_amount"):
            if attrs.get(name) is not None and attrs[name].amount < 0:
                raise serializers.ValidationError({name: [_("0 or more.")]})
        if self.value(attrs, "method") in ("per_stay", "per_person_stay") and attrs.get("is_inclusive", True):
            raise serializers.ValidationError(
                {"is_inclusive": [_("Taxes per stay are added, not contained.")]}
            )
        if attrs.get("min_age", 0) > attrs.get("max_age", 199):
            raise serializers.ValidationError({"max_age": [_("Not below min_age.")]})
        until = attrs.get("valid_until")
        if until is not None and until <= attrs["valid_from"]:
            raise serializers.ValidationError({"valid_until": [_("After valid_from.")]})
        return attrs


class TaxReviseSerializer(serializers.Serializer):
    """What the new version changes, and from which night."""

    valid_from = serializers.DateField(help_text="First night of the new version.")
    name = serializers.CharField(max_length=80, required=False)
    rate = serializers.DecimalField(max_digits=7, decimal_places=6, min_value=0, max_value=9, required=False)
    amount = MoneyField(required=False)
    max_amount = MoneyField(required=False, allow_null=True)
    max_nights = serializers.IntegerField(min_value=1, max_value=1000, required=False, allow_null=True)
    min_age = serializers.IntegerField(min_value=0, max_value=199, required=False)
    max_age = serializers.IntegerField(min_value=0, max_value=199, required=False)


class TaxEndSerializer(serializers.Serializer):
    """When a tax ends."""

    valid_until = serializers.DateField(help_text="First night without it.")


class TaxExemptionSerializer(RatesSerializer):
    """A certificate of exemption; revoked, never deleted."""

    class Meta:
        model = TaxExemption
        fields = [
            "id", "property", "certificate", "holder", "company", "reason", "tax_codes", "valid_from",
            "valid_until", "revoked_at", "revoked_reason", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["revoked_at", "revoked_reason"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse dates in disorder."""
        attrs = super().validate(attrs)
        self.refuse_disorder(attrs, ("valid_from", "valid_until"))
        return attrs


class RevokeSerializer(serializers.Serializer):
    """Why a certificate counts no more."""

    reason = serializers.CharField(max_length=200)
