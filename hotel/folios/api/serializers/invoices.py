"""Documents as JSON, and the bodies of their commands."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.accounts.selectors.actions import actions_for
from hotel.core.api.serializers import ActionSerializer, MoneyField
from hotel.core.words import _
from hotel.folios.domain.document_actions import actions
from hotel.folios.domain.document_words import LANGUAGES
from hotel.folios.domain.documents import Party
from hotel.folios.models import FolioWindow, Invoice, Journal
from hotel.folios.selectors.documents import credited, document_state
from hotel.properties.api.mixins import ScopedRelatedField


class InvoiceSerializer(serializers.ModelSerializer):
    """An issued document."""

    number = serializers.CharField(source="number_text", read_only=True, help_text="As printed.")
    folio = serializers.IntegerField(source="window.folio_id", read_only=True, allow_null=True, default=None)
    net = MoneyField(read_only=True)
    tax = MoneyField(read_only=True)
    total = MoneyField(read_only=True, help_text="Taxes inside; below zero for credit notes.")

    class Meta:
        model = Invoice
        fields = [
            "id", "property", "number", "kind", "is_cancellation", "issued_on", "language", "payee_name", "net", "tax",
            "total", "window", "folio", "reservation", "corrects", "content_hash", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class InvoiceDetailSerializer(InvoiceSerializer):
    """A document with all that is printed, what was credited of it, and what may be done."""

    document = serializers.SerializerMethodField(help_text="All that is printed, frozen when it was issued.")
    credited = serializers.SerializerMethodField(help_text="What credit notes have taken back of it.")
    actions = serializers.SerializerMethodField()

    class Meta(InvoiceSerializer.Meta):
        fields = [*InvoiceSerializer.Meta.fields, "credited", "actions", "document"]
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_document(self, invoice: Invoice) -> dict[str, Any]:
        """The content as it was hashed."""
        return invoice.document

    @extend_schema_field(MoneyField())
    def get_credited(self, invoice: Invoice) -> Any:
        """Above zero."""
        return MoneyField().to_representation(credited(invoice))

    @extend_schema_field(ActionSerializer(many=True))
    def get_actions(self, invoice: Invoice) -> Any:
        """Allowed to the caller, or denied with the reason."""
        judged = actions(document_state(invoice))
        mine = actions_for(self.context["request"].user, invoice.property_id, judged)
        return ActionSerializer(mine, many=True).data


class PayeeInput(serializers.Serializer):
    """Who is named on the document in place of the window's payer."""

    name = serializers.CharField(max_length=200)
    address = serializers.ListField(child=serializers.CharField(max_length=160), max_length=8, default=list)
    country = serializers.RegexField(r"^([A-Z]{2})?$", default="", allow_blank=True, help_text="ISO 3166.")
    tax_number = serializers.CharField(max_length=40, default="", allow_blank=True)
    email = serializers.EmailField(default="", allow_blank=True)


class PrintInput(serializers.Serializer):
    """How a document is worded."""

    payee = PayeeInput(required=False, allow_null=True, default=None)
    language = serializers.ChoiceField(
        choices=[(code, code) for code in LANGUAGES],
        required=False,
        default="",
        help_text="That of the guest unless given, then the property's, then English.",
    )

    def printed(self) -> dict[str, Any]:
        """Payer and language as the services take them."""
        payee = self.validated_data["payee"]
        named = None if payee is None else Party(**{**payee, "address": tuple(payee["address"])})
        return {"payee": named, "language": self.validated_data["language"]}


class InvoiceInput(PrintInput):
    """Body of issuing an invoice."""

    window = ScopedRelatedField(queryset=FolioWindow.objects.select_related("property", "folio"))
    due_days = serializers.IntegerField(
        min_value=0, max_value=365, required=False, allow_null=True, default=None,
        help_text="Calendar days the payer has; none is printed unless given.",
    )  # fmt: skip


class DepositDocumentInput(PrintInput):
    """Body of a document for a deposit."""

    journal = ScopedRelatedField(queryset=Journal.objects.select_related("property"))


class ProFormaQuery(serializers.Serializer):
    """Which window, and in which language."""

    window = ScopedRelatedField(queryset=FolioWindow.objects.select_related("property", "folio"))
    language = serializers.ChoiceField(
        choices=[(code, code) for code in LANGUAGES], required=False, default=""
    )


class CreditInput(serializers.Serializer):
    """Body of taking a document back."""

    reason = serializers.CharField(max_length=200, help_text="Printed on the credit note.")


class RebateLineInput(serializers.Serializer):
    """How much is let off one line."""

    line = serializers.IntegerField(
        min_value=1, max_value=10_000, help_text="Its number on the document, from 1."
    )
    amount = MoneyField(min_amount=0)


class RebateInput(CreditInput):
    """Body of letting parts of an invoice off."""

    lines = RebateLineInput(many=True, allow_empty=False)

    def validate_lines(self, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Each line once."""
        if len({line["line"] for line in lines}) != len(lines):
            raise serializers.ValidationError(_("Name each line once."))
        return lines
