"""The city ledger as JSON: items, allocations, reminders, statements."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.folios.domain.document_words import LANGUAGES
from hotel.folios.models import CityAccount, CityAllocation, CityReminder, TransactionCode
from hotel.properties.api.mixins import ScopedRelatedField


class CityItemSerializer(serializers.Serializer):
    """An entry of the account: above zero what is owed, below what was paid; ``open`` is what is left of it."""

    entry = serializers.IntegerField(source="entry_id")
    business_date = serializers.DateField()
    due_on = serializers.DateField()
    amount = serializers.CharField(help_text="Decimal text.")
    open = serializers.CharField(help_text="Decimal text.")
    kind = serializers.CharField(help_text="Of the event, such as city_transfer or city_payment.")
    code = serializers.CharField(allow_blank=True)
    reference = serializers.CharField(allow_blank=True)
    invoice = serializers.CharField(allow_blank=True, help_text="Number of the document it stands on.")


class AgingSerializer(serializers.Serializer):
    """What is open by days overdue on the open business date; decimal texts."""

    current = serializers.CharField()
    days_30 = serializers.CharField()
    days_60 = serializers.CharField()
    days_90 = serializers.CharField()
    days_120 = serializers.CharField()
    older = serializers.CharField()
    unallocated = serializers.CharField(help_text="Payments on no item, below zero.")
    overdue = serializers.CharField()
    balance = serializers.CharField()


class CityItemsSerializer(serializers.Serializer):
    """All items of an account, oldest first, and what is open by age."""

    id = serializers.IntegerField(help_text="Of the account.")
    number = serializers.CharField(help_text="Of the account.")
    currency = serializers.CharField()
    items = CityItemSerializer(many=True)
    aging = AgingSerializer()


class CityAllocationSerializer(serializers.ModelSerializer):
    """So much of a payment pays an item."""

    amount = MoneyField(read_only=True)

    class Meta:
        model = CityAllocation
        fields = [
            "id", "property", "account", "debit", "credit", "amount", "allocated_on", "actor", "undone_on", "undone_by",
            "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class CityReminderSerializer(serializers.ModelSerializer):
    """A reminder that went out."""

    overdue = MoneyField(read_only=True)

    class Meta:
        model = CityReminder
        fields = ["id", "property", "account", "business_date", "level", "overdue", "message", "created_at"]
        read_only_fields = fields


class AccountInput(serializers.Serializer):
    """Which account of the city ledger."""

    account = ScopedRelatedField(queryset=CityAccount.objects.select_related("property", "company"))


class AllocationInput(AccountInput):
    """Body of putting a payment on an item; without both, all payments pay the oldest items."""

    debit = serializers.IntegerField(min_value=1, required=False, help_text="Ledger entry of the item.")
    credit = serializers.IntegerField(min_value=1, required=False, help_text="Ledger entry of the payment.")
    amount = MoneyField(
        min_amount=0,
        required=False,
        allow_null=True,
        default=None,
        help_text="As much as is open unless given.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Both or neither."""
        if ("debit" in attrs) != ("credit" in attrs):
            raise serializers.ValidationError({"credit": [_("Name the item and the payment, or neither.")]})
        return attrs


class CityPaymentInput(AccountInput):
    """Body of a debtor's payment."""

    code = ScopedRelatedField(queryset=TransactionCode.objects.all(), help_text="The way of payment.")
    amount = MoneyField(min_amount=0)
    is_refund = serializers.BooleanField(default=False, help_text="The debtor is paid back.")
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class WriteOffInput(AccountInput):
    """Body of giving up an item, or a part of it."""

    debit = serializers.IntegerField(min_value=1, help_text="Ledger entry of the item.")
    amount = MoneyField(min_amount=0, required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=200)


class CityStatementQuery(serializers.Serializer):
    """Business dates, both inclusive, and the language."""

    account = ScopedRelatedField(queryset=CityAccount.objects.select_related("property", "company"))
    since = serializers.DateField()
    until = serializers.DateField()
    language = serializers.ChoiceField(
        choices=[(code, code) for code in LANGUAGES], required=False, default=""
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """In order."""
        if attrs["until"] < attrs["since"]:
            raise serializers.ValidationError({"until": [_("Not before the first day.")]})
        return attrs
