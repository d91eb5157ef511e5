"""Serializer pieces shared by all components."""

from decimal import Decimal
from typing import Any

from djmoney.settings import CURRENCY_CODES
from drf_spectacular.utils import extend_schema_field
from moneyed import Money
from rest_framework import serializers

from hotel.core.money import exponent


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "amount": {"type": "string", "format": "decimal", "example": "129.00"},
            "currency": {"type": "string", "pattern": "^[A-Z]{3}$", "example": "EUR"},
        },
        "required": ["amount", "currency"],
        "example": {"amount": "129.00", "currency": "EUR"},
    }
)
class MoneyField(serializers.Field):
    """Money as ``{"amount": "129.00", "currency": "EUR"}``; amounts on the currency's minor unit."""

    default_error_messages = {
        "shape": "Give an object with amount (a decimal text) and currency (three letters).",
        "currency": "Unknown currency.",
        "amount": "Not a decimal number with up to 12 digits before the point.",
        "precision": "This currency has {places} decimal places.",
    }

    def to_internal_value(self, data: Any) -> Money:
        """Parse; refuse unknown currencies and too many decimal places."""
        if not isinstance(data, dict) or set(data) != {"amount", "currency"}:
            self.fail("shape")
        currency = data["currency"]
        if not isinstance(currency, str) or currency not in CURRENCY_CODES:
            self.fail("currency")
        try:
            amount = serializers.DecimalField(max_digits=15, decimal_places=3).run_validation(data["amount"])
        except serializers.ValidationError:
            self.fail("amount")
        places = exponent(currency)
        if amount != amount.quantize(Decimal(1).scaleb(-places)):
            self.fail("precision", places=places)
        return Money(amount.quantize(Decimal(1).scaleb(-places)), currency)

    def to_representation(self, value: Money) -> dict[str, str]:
        """Format on the minor unit."""
        code = value.currency.code
        return {"amount": str(value.amount.quantize(Decimal(1).scaleb(-exponent(code)))), "currency": code}
