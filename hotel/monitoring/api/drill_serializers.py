"""Trials of backups over the API."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.monitoring.models import RestoreDrill


class DrillCheckSerializer(serializers.Serializer):
    """One question about the restored database."""

    name = serializers.CharField(help_text="`restored`, `contents`, `sequences`, `invariants` or `trail`.")
    is_ok = serializers.BooleanField()
    text = serializers.CharField()


class RestoreDrillSerializer(serializers.ModelSerializer):
    """A backup that was restored into a database of its own and examined."""

    lost_seconds = serializers.SerializerMethodField()
    checks = DrillCheckSerializer(many=True, read_only=True)

    class Meta:
        model = RestoreDrill
        fields = [
            "id",
            "started_at",
            "backup_name",
            "backup_sha256",
            "backup_bytes",
            "backup_made_at",
            "lost_seconds",
            "restore_seconds",
            "verify_seconds",
            "table_count",
            "row_count",
            "business_date",
            "is_proven",
            "checks",
            "proof",
        ]
        read_only_fields = fields

    @extend_schema_field(serializers.IntegerField)
    def get_lost_seconds(self, drill: Any) -> int:
        """How much work would have been lost, had the house burnt down when the drill began."""
        return int(drill.lost.total_seconds())
