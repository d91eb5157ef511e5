"""Webhook endpoints, deliveries and the change feed as JSON."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from hotel.core.models import OutboxMessage
from hotel.messaging.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from hotel.messaging.selectors.changes import topics_known
from hotel.properties.api.mixins import PropertyScopedSerializer

MAX_POSITION = 2**63 - 1


class WebhookSecretSerializer(serializers.ModelSerializer):
    """A signing key of an endpoint, without its secret."""

    class Meta:
        model = WebhookSecret
        fields = ["key_id", "created_at", "retired_at"]
        read_only_fields = fields


class WebhookSerializer(PropertyScopedSerializer):
    """A webhook endpoint."""

    url = serializers.CharField(max_length=500)
    topics = serializers.ListField(
        child=serializers.CharField(max_length=80),
        max_length=100,
        default=list,
        help_text="Facts to tell, such as MessageSent; none means all.",
    )
    secrets = WebhookSecretSerializer(many=True, read_only=True)

    class Meta:
        model = WebhookEndpoint
        fields = [
            "id",
            "property",
            "name",
            "url",
            "topics",
            "is_active",
            "disabled_at",
            "disabled_reason",
            "last_position",
            "replay_from",
            "failures",
            "next_attempt_at",
            "secrets",
            "created_at",
            "updated_at",
        ]
        read_only_fields = [name for name in fields if name not in ("property", "name", "url", "topics")]

    def validate_topics(self, topics: list[str]) -> list[str]:
        """Only facts that exist."""
        if unknown := sorted(set(topics) - set(topics_known())):
            raise serializers.ValidationError(f"Unknown topics: {', '.join(unknown)[:400]}.")
        return sorted(set(topics))


class NewSecretSerializer(serializers.Serializer):
    """A secret in clear; it is never shown again."""

    key_id = serializers.CharField()
    secret = serializers.CharField()


class WebhookCreatedSerializer(WebhookSerializer):
    """A new endpoint with its first secret, shown this once."""

    new_secret = NewSecretSerializer(read_only=True)

    class Meta(WebhookSerializer.Meta):
        fields = [*WebhookSerializer.Meta.fields, "new_secret"]


class RetireSecretSerializer(serializers.Serializer):
    """Which key shall sign no more."""

    key_id = serializers.CharField(max_length=24)


class ReplaySerializer(serializers.Serializer):
    """From where to tell again."""

    from_position = serializers.IntegerField(min_value=1, max_value=MAX_POSITION, help_text="Inclusive.")


class WebhookDeliverySerializer(serializers.ModelSerializer):
    """One change told to one endpoint."""

    class Meta:
        model = WebhookDelivery
        fields = [
            "id",
            "property",
            "endpoint",
            "kind",
            "position",
            "topic",
            "aggregate",
            "occurred_at",
            "status",
            "attempts",
            "response_status",
            "response_text",
            "failure_reason",
            "duration_ms",
            "last_attempt_at",
            "delivered_at",
            "created_at",
        ]
        read_only_fields = fields


class ChangeSerializer(serializers.ModelSerializer):
    """A fact of the feed."""

    property = serializers.IntegerField(source="property_id")
    occurred_at = serializers.DateTimeField(source="created_at")
    payload = serializers.SerializerMethodField()

    class Meta:
        model = OutboxMessage
        fields = ["position", "topic", "aggregate", "property", "occurred_at", "payload"]
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": True})
    def get_payload(self, message: OutboxMessage) -> Any:
        """The fact's fields: ids and plain values."""
        return message.payload


class ChangesSerializer(serializers.Serializer):
    """A stretch of the feed and where to go on."""

    results = ChangeSerializer(many=True)
    next_cursor = serializers.CharField()
    has_more = serializers.BooleanField()
