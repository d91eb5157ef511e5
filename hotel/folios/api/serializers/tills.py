"""Tills and exchange rates, as they are shown and asked for."""

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.api.serializers import KeptFieldsSerializer, MoneyField
from hotel.core.words import _
from hotel.folios.models import CashierSession, CashMovement, ExchangeRate, FolioWindow
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField


class CashMovementSerializer(KeptFieldsSerializer):
    """Cash that went into a till (positive) or out of it."""

    amount = MoneyField(read_only=True)

    class Meta:
        model = CashMovement
        fields = ["id", "kind", "amount", "payment", "note", "created_at"]
        read_only_fields = fields


class CashierSessionSerializer(KeptFieldsSerializer):
    """A till from its opening to its count. ``expected`` is what should be in it, by currency."""

    expected = serializers.SerializerMethodField()

    class Meta:
        model = CashierSession
        fields = [
            "id", "property", "cashier", "status", "opened_on", "opened_at", "closed_on", "closed_at", "note",
            "expected", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    @extend_schema_field(serializers.ListField(child=MoneyField()))
    def get_expected(self, session: CashierSession) -> Any:
        """What should be in the till, currencies in alphabetical order; what was counted once it is closed."""
        expected = self.context["expected"][session.pk]
        return [MoneyField().to_representation(amount) for amount in expected.values()]


class CashierSessionDetailSerializer(CashierSessionSerializer):
    """A till with its movements."""

    movements = CashMovementSerializer(many=True, read_only=True)

    class Meta(CashierSessionSerializer.Meta):
        fields = [*CashierSessionSerializer.Meta.fields, "movements"]
        read_only_fields = fields


class SessionOpenInput(serializers.Serializer):
    """Body of opening one's till."""

    property = PropertyField()
    floats = serializers.ListField(
        child=MoneyField(min_amount=0),
        required=False,
        default=list,
        max_length=20,
        help_text="Cash to begin with.",
    )
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)

    def validate_floats(self, value: list[Any]) -> dict[str, Decimal]:
        """By currency."""
        return by_currency(value)


class DropInput(serializers.Serializer):
    """Body of a drop into the safe."""

    amount = MoneyField(min_amount=0)
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class PaidOutInput(serializers.Serializer):
    """Body of a payment out of the till."""

    amount = MoneyField(min_amount=0)
    note = serializers.CharField(max_length=200, help_text="What for.")
    window = ScopedRelatedField(
        queryset=FolioWindow.objects.select_related("property", "folio"),
        required=False,
        allow_null=True,
        default=None,
        help_text="Of the guest who owes it then; null when the house pays.",
    )


class SessionCloseInput(serializers.Serializer):
    """Body of counting and closing a till."""

    counted = serializers.ListField(
        child=MoneyField(min_amount=0), max_length=20, help_text="All that is in it, one amount per currency."
    )
    note = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)

    def validate_counted(self, value: list[Any]) -> dict[str, Decimal]:
        """By currency."""
        return by_currency(value)


class ExchangeRateSerializer(KeptFieldsSerializer):
    """What one unit of a foreign currency is worth in the property's, from a business day on."""

    class Meta:
        model = ExchangeRate
        fields = [
            "id", "property", "currency", "valid_from", "buy_rate", "book_rate", "sell_rate", "cash_step",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class ExchangeRateInput(serializers.Serializer):
    """Body of a rate: buy ≤ book ≤ sell."""

    property = PropertyField()
    currency = serializers.RegexField(r"^[A-Z]{3}$")
    valid_from = serializers.DateField(help_text="Business date, not before the open one.")
    buy_rate = serializers.DecimalField(max_digits=18, decimal_places=8)
    book_rate = serializers.DecimalField(max_digits=18, decimal_places=8)
    sell_rate = serializers.DecimalField(max_digits=18, decimal_places=8)
    cash_step = serializers.DecimalField(
        max_digits=14,
        decimal_places=3,
        default=Decimal(0),
        help_text="Smallest note or coin handed out, such as 1 when no coins are; zero: the minor unit.",
    )


def by_currency(amounts: list[Any]) -> dict[str, Decimal]:
    """Amounts by currency.

    Raises:
        ValidationError: a currency twice.
    """
    found = {money.currency.code: money.amount for money in amounts}
    if len(found) < len(amounts):
        raise serializers.ValidationError(_("One amount per currency."))
    return found
