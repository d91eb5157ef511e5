"""JSON of the trail."""

from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from security.choices import TrailOperation
from security.models import AccessEvent, AuditLog, AuditSeal, TrailJob


@extend_schema_field(OpenApiTypes.STR)
class HexField(serializers.Field):
    """Bytes in hexadecimal."""

    def to_representation(self, value: Any) -> str:
        """As text."""
        return bytes(value).hex()


class AuditLogSerializer(serializers.ModelSerializer):
    """One entry. ``old`` and ``new`` hold only what changed; of a new or deleted row all of it."""

    property = serializers.IntegerField(source="property_id", allow_null=True)
    row_hash = HexField()

    class Meta:
        model = AuditLog
        fields = [
            "id", "at", "op", "table", "row_pk", "property", "old", "new", "actor", "actor_id", "impersonator_id",
            "token_id", "request_id", "door", "address", "reason", "transaction", "row_hash",
        ]  # fmt: skip
        read_only_fields = fields


class AccessEventSerializer(serializers.ModelSerializer):
    """Who looked at whose data: ``subjects`` are keys of the table's rows."""

    property = serializers.IntegerField(source="property_id", allow_null=True, read_only=True)
    kind = serializers.ChoiceField(choices=["view", "list", "search", "export", "reveal"], read_only=True)
    subjects = serializers.ListField(child=serializers.IntegerField(), read_only=True)

    class Meta:
        model = AccessEvent
        fields = [
            "id", "at", "table", "property", "kind", "subjects", "actor", "actor_id", "impersonator_id", "token_id",
            "request_id", "door", "address", "reason",
        ]  # fmt: skip
        read_only_fields = fields


class AuditSealSerializer(serializers.ModelSerializer):
    """A seal: the entries it covers, its roots, and the signature over the head."""

    id = serializers.IntegerField(source="number", read_only=True)
    root = HexField()
    log_root = HexField()
    signature = HexField()

    class Meta:
        model = AuditSeal
        fields = [
            "id", "first_id", "last_id", "rows", "root", "log_root", "sealed_at", "key_id", "signature", "exported_at",
        ]  # fmt: skip
        read_only_fields = fields


class HeadSerializer(serializers.Serializer):
    """A signed head, as it left the database."""

    number = serializers.IntegerField()
    last_id = serializers.IntegerField()
    log_root = serializers.CharField()
    sealed_at = serializers.CharField()
    key_id = serializers.CharField()
    signature = serializers.CharField(help_text="Ed25519, base64.")


class ProofSerializer(serializers.Serializer):
    """That an entry is part of the trail, by RFC 6962."""

    line = serializers.CharField(help_text="What the entry says; its leaf is the SHA-256 of it.")
    index = serializers.IntegerField()
    size = serializers.IntegerField()
    path = serializers.ListField(child=HexField())
    seal_leaf = serializers.CharField()
    seal_index = serializers.IntegerField()
    seal_size = serializers.IntegerField()
    seal_path = serializers.ListField(child=HexField())
    head = HeadSerializer()


class ConsistencySerializer(serializers.Serializer):
    """That one head goes on from another."""

    first = HeadSerializer()
    second = HeadSerializer()
    path = serializers.ListField(child=HexField())


class ConsistencyQuery(serializers.Serializer):
    """Which two heads."""

    first = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    second = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class TrailJobSerializer(serializers.ModelSerializer):
    """A check or an export, how far it is, and what a check found."""

    class Meta:
        model = TrailJob
        fields = [
            "id", "kind", "status", "asked_by", "asked_at", "finished_at", "total", "done", "filters", "result",
        ]  # fmt: skip
        read_only_fields = fields


class ExportInput(serializers.Serializer):
    """What to export; all of it that the caller may see when nothing is said."""

    format = serializers.ChoiceField(choices=["csv", "jsonl"], default="csv")
    table = serializers.CharField(max_length=63, required=False)
    row_pk = serializers.CharField(max_length=80, required=False)
    property_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    actor_id = serializers.IntegerField(min_value=1, max_value=2**63 - 1, required=False)
    request_id = serializers.CharField(max_length=64, required=False)
    door = serializers.CharField(max_length=12, required=False)
    op = serializers.ChoiceField(choices=TrailOperation.choices, required=False)
    at_from = serializers.DateTimeField(required=False, help_text="Inclusive.")
    at_before = serializers.DateTimeField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """As plain values, as the job keeps them."""
        return {
            name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in attrs.items()
        }
