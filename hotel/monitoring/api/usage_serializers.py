"""Usage as JSON."""

from rest_framework import serializers

from hotel.monitoring.models import ApiUsage

FIGURES = ["count", "limited", "bytes_in", "bytes_out", "queries", "total_us", "max_us"]


class ApiUsageSerializer(serializers.ModelSerializer):
    """Requests of one client to one operation in a minute, an hour or a day."""

    property = serializers.IntegerField(source="property_id", allow_null=True, read_only=True)
    p50_ms = serializers.SerializerMethodField()
    p95_ms = serializers.SerializerMethodField()
    p99_ms = serializers.SerializerMethodField()

    class Meta:
        model = ApiUsage
        fields = [
            "id",
            "grain",
            "started_at",
            "operation",
            "client_kind",
            "client_id",
            "property",
            "status_class",
            "version",
            *FIGURES,
            "p50_ms",
            "p95_ms",
            "p99_ms",
        ]
        read_only_fields = fields

    def get_p50_ms(self, row: ApiUsage) -> float:
        """Half of the requests were answered within; at most 2 % off."""
        return row.milliseconds(0.5)

    def get_p95_ms(self, row: ApiUsage) -> float:
        """95 % were."""
        return row.milliseconds(0.95)

    def get_p99_ms(self, row: ApiUsage) -> float:
        """99 % were."""
        return row.milliseconds(0.99)
