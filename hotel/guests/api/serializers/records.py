"""Documents, consents and companies in the API."""

from decimal import Decimal

from rest_framework import serializers

from hotel.guests.api.fields import guest_field, validate_document_date
from hotel.guests.api.serializers.profiles import LifetimeSerializer, PlainText
from hotel.guests.choices import TYPED_SOURCES, ConsentSource
from hotel.guests.models import Company, GuestConsent, GuestDocument
from hotel.properties.api.mixins import PropertyField


class GuestDocumentSerializer(serializers.ModelSerializer):
    """A document; of its number the last three characters are shown."""

    guest = guest_field()
    number = serializers.CharField(max_length=40, write_only=True)
    issued_on = serializers.DateField(required=False, allow_null=True, validators=[validate_document_date])
    expires_on = serializers.DateField(required=False, allow_null=True, validators=[validate_document_date])

    class Meta:
        model = GuestDocument
        fields = [
            "id",
            "guest",
            "kind",
            "number",
            "masked_number",
            "issuing_country",
            "issued_on",
            "expires_on",
            "created_at",
        ]
        read_only_fields = ["masked_number", "created_at"]


class GuestDocumentDetailSerializer(GuestDocumentSerializer):
    """One document; the full number only for callers with the verb ``manage``, null for others."""

    number = serializers.SerializerMethodField(allow_null=True)  # type: ignore[assignment]

    def get_number(self, row: GuestDocument) -> str | None:
        """The full number, or None."""
        return row.number if self.context["shows_number"] else None


class GuestConsentSerializer(serializers.ModelSerializer):
    """One decision of a guest."""

    guest = guest_field()
    source = serializers.ChoiceField(choices=TYPED_SOURCES)  # type: ignore[assignment]
    evidence = serializers.CharField(max_length=4000, required=False, allow_blank=True)
    at = serializers.DateTimeField(required=False, help_text="When he decided; now unless told.")

    class Meta:
        model = GuestConsent
        fields = [
            "id",
            "guest",
            "channel",
            "purpose",
            "decision",
            "at",
            "source",
            "text_version",
            "evidence",
            "recorded_by",
            "created_at",
        ]
        read_only_fields = ["recorded_by", "created_at"]


class ConsentShownSerializer(GuestConsentSerializer):
    """One decision of a guest as recorded."""

    source = serializers.ChoiceField(choices=ConsentSource.choices, read_only=True)

    class Meta(GuestConsentSerializer.Meta):
        read_only_fields = GuestConsentSerializer.Meta.fields


class ConsentWithdrawInput(serializers.Serializer):
    """Where the guest withdrew, and in which words."""

    source = serializers.ChoiceField(choices=TYPED_SOURCES)  # type: ignore[assignment]
    evidence = serializers.CharField(max_length=4000, required=False, allow_blank=True)


COMPANY_TOLD = [
    "kind",
    "name",
    "code",
    "email",
    "phone",
    "street",
    "postal_code",
    "city",
    "region",
    "country",
    "tax_number",
    "iata_number",
    "commission_rate",
    "ar_number",
    "is_active",
]


class CompanySerializer(serializers.ModelSerializer):
    """A company, travel agent or source. ``lifetime`` has one entry per property of the caller."""

    phone = PlainText(help_text="As written; answered in E.164.")
    commission_rate = serializers.DecimalField(
        max_digits=5,
        decimal_places=4,
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(1),
        help_text="Share of the room price, 0–1.",
    )
    lifetime = LifetimeSerializer(source="profiles_seen", many=True, read_only=True)

    class Meta:
        model = Company
        fields = ["id", *COMPANY_TOLD, "lifetime", "version", "created_at", "updated_at"]
        read_only_fields = ["version", "created_at", "updated_at"]


class CompanyCreateSerializer(CompanySerializer):
    """A business that becomes known at a property."""

    property = PropertyField(write_only=True)

    class Meta(CompanySerializer.Meta):
        fields = [*CompanySerializer.Meta.fields, "property"]
