"""Reports of compliance, their rows and evidence, as JSON."""

from rest_framework import serializers

from security.compliance_choices import Framework, Outcome
from security.models import ComplianceEvidence, ComplianceItem, ComplianceReport


class CatalogueSerializer(serializers.Serializer):
    """A framework and how the house deals with it."""

    code = serializers.ChoiceField(choices=Framework.choices)
    name = serializers.CharField()
    version = serializers.CharField()
    source = serializers.CharField()
    digest = serializers.CharField(help_text="SHA-256 of the file of requirements.")
    figures = serializers.DictField(child=serializers.IntegerField())
    levels = serializers.DictField(
        child=serializers.IntegerField(), help_text="Level to number; may be empty."
    )


class ComplianceReportSerializer(serializers.ModelSerializer):
    """A report, how far it is, and what it came to."""

    framework = serializers.ChoiceField(choices=Framework.choices)
    figures = serializers.DictField(
        child=serializers.IntegerField(), read_only=True, help_text="Outcome to number of requirements."
    )
    changes = serializers.DictField(
        child=serializers.IntegerField(),
        read_only=True,
        help_text="Since the report before; empty for the first.",
    )
    percent = serializers.IntegerField(read_only=True, help_text="0–100.")

    class Meta:
        model = ComplianceReport
        fields = [
            "id", "framework", "version", "status", "total", "done", "percent", "figures", "changes", "before",
            "asked_by", "asked_at", "started_at", "finished_at", "tests_at", "catalogue_hash", "rows_hash", "failure",
        ]  # fmt: skip
        read_only_fields = [name for name in fields if name != "framework"]
        validators: list[object] = []  # the service says that one is being made


class GroundSerializer(serializers.Serializer):
    """One reason for an outcome."""

    kind = serializers.CharField(help_text="check, tests, evidence, gap or reason.")
    code = serializers.CharField(help_text="Of a check; empty for others.", allow_blank=True)
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    detail = serializers.CharField()


class ComplianceItemSerializer(serializers.ModelSerializer):
    """What one requirement came to in one report."""

    grounds = GroundSerializer(many=True, read_only=True)

    class Meta:
        model = ComplianceItem
        fields = [
            "id", "report", "position", "requirement", "level", "says", "outcome", "outcome_before", "grounds",
            "evidence", "looked_at",
        ]  # fmt: skip
        read_only_fields = fields


class ComplianceEvidenceSerializer(serializers.ModelSerializer):
    """Evidence that a person gave."""

    framework = serializers.ChoiceField(choices=Framework.choices)

    class Meta:
        model = ComplianceEvidence
        fields = [
            "id", "framework", "requirement", "title", "kept_at", "valid_from", "valid_until", "given_by", "given_at",
            "withdrawn_by", "withdrawn_at",
        ]  # fmt: skip
        read_only_fields = ["given_by", "given_at", "withdrawn_by", "withdrawn_at"]
        validators: list[object] = []  # the service says it in words
