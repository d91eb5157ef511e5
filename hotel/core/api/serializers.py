"""Serializer pieces shared by all components."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from moneyed import CURRENCIES, Money
from rest_framework import serializers

from hotel.core.api.field_copies import KeptFields
from hotel.core.money import exponent


class ActionSerializer(serializers.Serializer):
    """A command: whether the caller may give it now, and why not.

    Denied are commands that the state of the thing forbids, and those that the caller has no right
    (``permission_denied``) or no approval limit for.
    """

    name = serializers.CharField()
    is_allowed = serializers.BooleanField()
    code = serializers.CharField(help_text="Stable word for the reason; empty when allowed.")
    reason = serializers.CharField(help_text="For people; empty when allowed.")


class KeptFieldsSerializer(KeptFields, serializers.ModelSerializer):
    """A model serializer that looks at its model once; DRF would for every request, longer than it shows a row."""


class KeptInput(KeptFields, serializers.Serializer):
    """What a body or a query of many requests is read with."""


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
    """Money as ``{"amount": "129.00", "currency": "EUR"}``; amounts on the currency's minor unit.

    Args:
        max_digits: of the column, three of them after the point.
        min_amount: the least amount taken; None for any. Prices and payments say 0.
    """

    default_error_messages = {
        "shape": "Give an object with amount (a decimal text) and currency (three letters).",
        "currency": "Unknown currency.",
        "amount": "Not a decimal number with up to {digits} digits before the point.",
        "least": "Not less than {least}.",
        "precision": "This currency has {places} decimal places.",
    }

    def __init__(
        self, *, max_digits: int = 14, min_amount: Decimal | int | None = None, **kwargs: Any
    ) -> None:
        self.max_digits, self.min_amount = max_digits, min_amount
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Money:
        """Parse; refuse unknown currencies, too many digits and amounts below the least."""
        if not isinstance(data, dict) or set(data) != {"amount", "currency"}:
            self.fail("shape")
        currency = data["currency"]
        if not isinstance(currency, str) or currency not in CURRENCIES:
            self.fail("currency")
        try:
            number = serializers.DecimalField(max_digits=self.max_digits, decimal_places=3)
            amount = number.run_validation(data["amount"])
        except serializers.ValidationError:
            self.fail("amount", digits=self.max_digits - 3)
        places = exponent(currency)
        if amount != amount.quantize(Decimal(1).scaleb(-places)):
            self.fail("precision", places=places)
        if self.min_amount is not None and amount < self.min_amount:
            self.fail("least", least=self.min_amount)
        return Money(amount.quantize(Decimal(1).scaleb(-places)), currency)

    def to_representation(self, value: Money) -> dict[str, str]:
        """Format on the minor unit."""
        code = value.currency.code
        return {"amount": str(value.amount.quantize(Decimal(1).scaleb(-exponent(code)))), "currency": code}
