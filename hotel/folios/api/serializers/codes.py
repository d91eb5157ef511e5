"""Transaction codes and debtors as JSON."""

from typing import Any

from hotel.core.api.serializers import MoneyField
from hotel.folios.models import CityAccount, TransactionCode
from hotel.properties.api.mixins import PropertyScopedSerializer


class TransactionCodeSerializer(PropertyScopedSerializer):
    """A code. Code, kind and group are given once; ``group`` for charges, adjustments and allowances only."""

    class Meta:
        model = TransactionCode
        fields = [
            "id", "property", "code", "name", "kind", "group", "department", "is_taxed", "adjustment_code",
            "is_standard", "is_active", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["is_standard"]

    def contents(self) -> dict[str, Any]:
        """The validated values without the property."""
        return {name: value for name, value in self.validated_data.items() if name != "property"}


class CityAccountSerializer(PropertyScopedSerializer):
    """A debtor of the city ledger with his terms, and what he owes."""

    credit_limit = MoneyField(min_amount=0, required=False, allow_null=True, default=None)
    balance = MoneyField(read_only=True)

    class Meta:
        model = CityAccount
        fields = [
            "id", "property", "number", "name", "company", "contact", "email", "address", "language", "credit_limit",
            "payment_days", "is_active", "balance", "created_at", "updated_at",
        ]  # fmt: skip
