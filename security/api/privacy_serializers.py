"""Cases of data protection as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.parsers import refuse_unstorable
from hotel.core.words import _
from hotel.guests.api.fields import GuestField
from hotel.properties.api.mixins import PropertyScopedSerializer
from security.models import (
    ErasureCertificate,
    ImpactAssessment,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
    Processor,
    RetentionRule,
    RetentionRun,
)
from security.privacy_choices import BundleStatus
from security.services.bundles import KINDS, bundle_token


class ErasureCertificateSerializer(serializers.ModelSerializer):
    """What an erasure did and left."""

    class Meta:
        model = ErasureCertificate
        fields = ["id", "guest_id", "issued_at", "erased", "kept", "keys_forgotten", "digest"]
        read_only_fields = fields


class PrivacyRequestSerializer(PropertyScopedSerializer):
    """A request of a guest; his words and values are shown in the one, not in lists."""

    guest = GuestField()
    words = serializers.CharField(max_length=4000, required=False, allow_blank=True, write_only=True)
    changes = serializers.DictField(
        child=serializers.CharField(max_length=254, allow_blank=True),
        required=False,
        write_only=True,
        help_text="Of a rectification: fields of the profile to what is right.",
    )
    received_on = serializers.DateField(required=False, help_text="Calendar day; today unless told.")

    class Meta:
        model = PrivacyRequest
        fields = [
            "id", "property", "guest", "kind", "purpose", "status", "words", "changes", "received_on", "due_on",
            "identity_check", "identified_at", "extended_at", "extension_reason", "recorded_by", "proposed_by",
            "approved_by", "approved_at", "closed_at", "outcome", "version", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            "status", "due_on", "identity_check", "identified_at", "extended_at", "extension_reason", "recorded_by",
            "proposed_by", "approved_by", "approved_at", "closed_at", "outcome", "version", "created_at",
            "updated_at",
        ]  # fmt: skip

    def validate_changes(self, value: dict[str, Any]) -> dict[str, Any]:
        """Text that can be stored."""
        refuse_unstorable([*value, *value.values()])
        return value


class PrivacyRequestDetailSerializer(PrivacyRequestSerializer):
    """One request with its certificate."""

    certificate = ErasureCertificateSerializer(read_only=True, allow_null=True)

    class Meta(PrivacyRequestSerializer.Meta):
        fields = [*PrivacyRequestSerializer.Meta.fields, "certificate"]


class PrivacyReasonInput(serializers.Serializer):
    """Why, in words that the guest is told."""

    reason = serializers.CharField(max_length=400)


class PrivacyIdentifyInput(serializers.Serializer):
    """How the guest proved who he is."""

    method = serializers.CharField(max_length=200)


class PrivacyBundleSerializer(serializers.ModelSerializer):
    """Files for a guest: how far they are, and the links to them, which end."""

    links = serializers.SerializerMethodField()

    class Meta:
        model = PrivacyBundle
        fields = [
            "id", "property", "request", "status", "progress", "digest", "failure", "made_at", "expires_at",
            "downloads", "links", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields

    def get_links(self, row: PrivacyBundle) -> dict[str, str]:
        """Kind of file to its path, while it is ready."""
        if row.status != BundleStatus.READY:
            return {}
        return {kind: f"/dashboard/security/bundles/{bundle_token(row)}/{kind}" for kind in KINDS}


class LegalHoldSerializer(PropertyScopedSerializer):
    """A hold; why is told to those who may place one."""

    guest = GuestField()
    reason = serializers.CharField(max_length=4000, write_only=True)

    class Meta:
        model = LegalHold
        fields = [
            "id", "property", "kind", "guest", "reference", "reason", "placed_at", "placed_by", "lifted_at",
            "lifted_by", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = ["placed_at", "placed_by", "lifted_at", "lifted_by", "created_at", "updated_at"]


class RetentionRuleSerializer(PropertyScopedSerializer):
    """A rule of retention."""

    months = serializers.IntegerField(min_value=1, max_value=1200)

    class Meta:
        model = RetentionRule
        fields = [
            "id", "property", "country", "document_class", "purpose", "months", "valid_from", "valid_to", "source",
            "is_confirmed", "created_at", "updated_at",
        ]  # fmt: skip

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Days in order."""
        first = attrs.get("valid_from") or getattr(self.instance, "valid_from", None)
        last = attrs.get("valid_to", getattr(self.instance, "valid_to", None))
        if first and last and last < first:
            raise serializers.ValidationError({"valid_to": [_("It ends before it begins.")]})
        return super().validate(attrs)


class RetentionRunSerializer(serializers.ModelSerializer):
    """A work list."""

    class Meta:
        model = RetentionRun
        fields = [
            "id", "property", "rule", "status", "cutoff_on", "due_count", "held_count", "proposed_by", "approved_by",
            "approved_at", "done_at", "done_count", "skipped_count", "digest", "created_at", "updated_at",
        ]  # fmt: skip
        read_only_fields = fields


class ProcessorSerializer(PropertyScopedSerializer):
    """Somebody who processes data for the hotel."""

    class Meta:
        model = Processor
        fields = [
            "id", "property", "name", "service", "country", "data_categories", "contract_on", "safeguards",
            "sub_processors", "is_active", "created_at", "updated_at",
        ]  # fmt: skip


class AssessmentSectionSerializer(serializers.Serializer):
    """A question of an assessment and its answer."""

    question = serializers.CharField(max_length=400)
    answer = serializers.CharField(max_length=8000, allow_blank=True)


class ImpactAssessmentSerializer(PropertyScopedSerializer):
    """An assessment of risky processing."""

    sections = AssessmentSectionSerializer(many=True)

    class Meta:
        model = ImpactAssessment
        fields = [
            "id",
            "property",
            "code",
            "title",
            "status",
            "sections",
            "review_on",
            "created_at",
            "updated_at",
        ]

    def create(self, validated_data: dict[str, Any]) -> ImpactAssessment:
        """Sections are kept as they are."""
        return ImpactAssessment.objects.create(**validated_data)

    def update(self, instance: ImpactAssessment, validated_data: dict[str, Any]) -> ImpactAssessment:
        """Sections are kept as they are."""
        for name, value in validated_data.items():
            setattr(instance, name, value)
        instance.save()
        return instance
