"""Usage as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.monitoring.models import ApiUsage, SlowRequest
from hotel.monitoring.selectors.usage import BY, ORDERS

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


class SlowRequestSerializer(serializers.ModelSerializer):
    """A sample of a slow request."""

    property = serializers.IntegerField(source="property_id", allow_null=True, read_only=True)

    class Meta:
        model = SlowRequest
        fields = [
            "id",
            "at",
            "operation",
            "client_kind",
            "client_id",
            "property",
            "status",
            "duration_us",
            "queries",
            "query_us",
            "request_id",
            "statements",
        ]
        read_only_fields = fields


class SummaryQuerySerializer(serializers.Serializer):
    """What to sum up."""

    by = serializers.ChoiceField(choices=list(BY), default="operation")
    order = serializers.ChoiceField(choices=list(ORDERS), default="count")
    since = serializers.DateTimeField(required=False, help_text="A day before the end unless given.")
    before = serializers.DateTimeField(required=False, help_text="Now unless given.")


class UsageLineSerializer(serializers.Serializer):
    """Requests with something in common."""

    key = serializers.DictField(help_text="What they have in common, by name.")
    name = serializers.SerializerMethodField()
    count = serializers.IntegerField()
    limited = serializers.IntegerField(help_text="Refused by a limit.")
    errors = serializers.IntegerField(help_text="Answered by 5xx, but for those shed.")
    client_errors = serializers.IntegerField(help_text="Answered by 4xx, but for those limited.")
    queries = serializers.IntegerField()
    bytes_out = serializers.IntegerField()
    total_ms = serializers.FloatField()
    max_ms = serializers.FloatField()
    p50_ms = serializers.FloatField(source="times.p50_ms")
    p95_ms = serializers.FloatField(source="times.p95_ms")
    p99_ms = serializers.FloatField(source="times.p99_ms")

    def get_name(self, line: Any) -> str:
        """Of a client; empty for others."""
        key = line.key
        return self.context.get("names", {}).get((key.get("client_kind"), key.get("client_id")), "")
