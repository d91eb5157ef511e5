"""Postings as JSON, and the bodies that make and correct them."""

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import MoneyField
from hotel.core.words import _
from hotel.folios.api.serializers.folios import FolioSerializer
from hotel.folios.models import Folio, FolioWindow, Posting, PostingTax, TransactionCode
from hotel.properties.api.mixins import ScopedRelatedField

BIGGEST_ID = 2**62


class ChargeTaxSerializer(serializers.ModelSerializer):
    """One tax of a line."""

    code = serializers.CharField(source="code.code", read_only=True)
    name = serializers.CharField(source="code.name", read_only=True)
    base = MoneyField(read_only=True)
    amount = MoneyField(read_only=True)

    class Meta:
        model = PostingTax
        fields = ["code", "name", "base", "amount", "is_inclusive"]
        read_only_fields = fields


class ChargeSerializer(serializers.ModelSerializer):
    """A line of a folio: ``gross`` = ``net`` + taxes; payments are negative. Never changed, only corrected."""

    folio = serializers.IntegerField(source="window.folio_id", read_only=True)
    window_number = serializers.IntegerField(source="window.number", read_only=True)
    code_name = serializers.CharField(source="code.code", read_only=True)
    kind = serializers.CharField(source="code.kind", read_only=True)
    group = serializers.CharField(source="code.group", read_only=True)
    net = MoneyField(read_only=True)
    gross = MoneyField(read_only=True)
    taxes = ChargeTaxSerializer(many=True, read_only=True)
    is_reversed = serializers.BooleanField(read_only=True, help_text="Taken back, moved or split.")

    class Meta:
        model = Posting
        fields = [
            "id", "property", "folio", "window", "window_number", "journal", "business_date", "revenue_date", "code",
            "code_name", "kind", "group", "description", "quantity", "net", "gross", "taxes", "reference", "source",
            "actor", "routing_rule", "reverses", "adjusts", "moved_from", "allowance", "covers", "is_reversed",
            "created_at",
        ]  # fmt: skip
        read_only_fields = fields


class PostedSerializer(serializers.Serializer):
    """What a command answers: the postings it made, and the folio as it stands now."""

    postings = ChargeSerializer(many=True)
    folio = FolioSerializer()


class StatementLineSerializer(serializers.Serializer):
    """A line, and what the window owed after it."""

    posting = ChargeSerializer()
    balance = MoneyField()


class WindowStatementSerializer(serializers.Serializer):
    """A window: what it owed before, its lines, what it owes after them."""

    window = serializers.IntegerField(source="window.pk")
    number = serializers.IntegerField(source="window.number")
    label = serializers.CharField(source="window.label")
    opening = MoneyField()
    lines = StatementLineSerializer(many=True)
    closing = MoneyField()


class ChargeInput(serializers.Serializer):
    """Body of posting a charge. ``amount`` is the price as the house writes it, contained taxes inside."""

    folio = ScopedRelatedField(queryset=Folio.objects.select_related("property", "reservation__booking"))
    code = ScopedRelatedField(queryset=TransactionCode.objects.all())
    amount = MoneyField(help_text="For the whole quantity.")
    quantity = serializers.DecimalField(
        max_digits=10, decimal_places=3, min_value=Decimal("0.001"), default=Decimal(1)
    )
    revenue_date = serializers.DateField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The day it is for; the open one unless given.",
    )
    window = ScopedRelatedField(
        queryset=FolioWindow.objects.all(), required=False, allow_null=True, default=None,
        help_text="This window and no other; where routing sends it unless given.",
    )  # fmt: skip
    description = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    reference = serializers.CharField(max_length=80, required=False, default="", allow_blank=True)


class ReverseInput(serializers.Serializer):
    """Body of taking a line back."""

    reason = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class AdjustInput(serializers.Serializer):
    """Body of letting a part off."""

    amount = MoneyField(help_text="What is owed less, taxes inside.")
    reason = serializers.CharField(max_length=200)


class TransferInput(ReverseInput):
    """Body of moving lines to another window."""

    postings = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST_ID), min_length=1, max_length=200
    )
    window = ScopedRelatedField(queryset=FolioWindow.objects.select_related("folio", "property"))


class ChargeSplitInput(ReverseInput):
    """Body of cutting a line: so many equal parts, or amounts that add up to it."""

    parts = serializers.IntegerField(min_value=2, max_value=99, required=False)
    amounts = serializers.ListField(child=MoneyField(), min_length=2, max_length=99, required=False)

    def weights(self, posting: Posting) -> list[Decimal | int]:
        """The parts as weights.

        Raises:
            ValidationError: neither or both are given, or the amounts do not add up.
        """
        attrs: dict[str, Any] = self.validated_data
        if ("parts" in attrs) == ("amounts" in attrs):
            raise serializers.ValidationError({"parts": [_("Give parts or amounts.")]})
        if "parts" in attrs:
            return [1] * attrs["parts"]
        whole, amounts = posting.gross, attrs["amounts"]
        known = {amount.currency for amount in amounts} == {whole.currency}
        if not known or sum(amount.amount for amount in amounts) != abs(whole.amount):
            raise serializers.ValidationError({"amounts": [_("They must add up to the line.")]})
        return [amount.amount for amount in amounts]
