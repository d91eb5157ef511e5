"""Journals, entries and trial balances as JSON."""

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.folios.models import Journal, LedgerEntry
from hotel.properties.api.mixins import PropertyField


class LedgerEntrySerializer(serializers.ModelSerializer):
    """One amount on one ledger; debit positive, credit negative."""

    amount = MoneyField(read_only=True)
    code_name = serializers.CharField(source="code.code", read_only=True, allow_null=True, default=None)

    class Meta:
        model = LedgerEntry
        fields = [
            "id", "property", "journal", "posting", "business_date", "ledger", "amount", "code", "code_name", "window",
            "reservation", "account", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class JournalSerializer(serializers.ModelSerializer):
    """One business event; its entries add up to zero."""

    entries = LedgerEntrySerializer(many=True, read_only=True)

    class Meta:
        model = Journal
        fields = [
            "id", "property", "business_date", "kind", "actor", "reference", "reason", "source", "source_key",
            "entries", "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class TrialBalanceQuery(serializers.Serializer):
    """Which property and business date."""

    property = PropertyField()
    business_date = serializers.DateField(required=False, help_text="The open one unless given.")


class LedgerLineSerializer(serializers.Serializer):
    """A ledger: opening + debits + credits = closing; debits positive, credits negative."""

    ledger = serializers.CharField()
    opening = MoneyField()
    debits = MoneyField()
    credits = MoneyField()
    closing = MoneyField()


class MovementSerializer(serializers.Serializer):
    """What one code moved on one ledger."""

    ledger = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField()
    amount = MoneyField()
    entries = serializers.IntegerField()


class TrialBalanceSerializer(serializers.Serializer):
    """All ledgers on one business day; ``difference`` is zero."""

    business_date = serializers.DateField()
    currency = serializers.CharField()
    lines = LedgerLineSerializer(many=True)
    difference = MoneyField()
    movements = MovementSerializer(many=True)
