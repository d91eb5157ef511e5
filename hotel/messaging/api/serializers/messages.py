"""Messages, their templates and suppressions as JSON."""

from typing import Any

from rest_framework import serializers

from hotel.messaging.choices import Channel, Purpose, SuppressionReason
from hotel.messaging.domain.rendering import MAX_VALUE_LENGTH
from hotel.messaging.known_guests import guest_is_known
from hotel.messaging.models import Message, MessageAttempt, MessageTemplate, Suppression
from hotel.properties.api.mixins import PropertyField, PropertyScopedSerializer

MAX_ID = 2**63 - 1


class MessageAttemptSerializer(serializers.ModelSerializer):
    """One try to send a message."""

    class Meta:
        model = MessageAttempt
        fields = ["number", "outcome", "code", "reason", "started_at", "ended_at"]
        read_only_fields = fields


class MessageSerializer(serializers.ModelSerializer):
    """A message in a list: without its text."""

    class Meta:
        model = Message
        fields = [
            "id",
            "property",
            "channel",
            "purpose",
            "template_code",
            "language",
            "address",
            "recipient_name",
            "guest_id",
            "subject",
            "status",
            "attempts",
            "next_attempt_at",
            "failure_code",
            "failure_reason",
            "provider_message_id",
            "dedupe_key",
            "sent_at",
            "created_at",
            "updated_at",
        ]
        read_only_fields = fields


class MessageDetailSerializer(MessageSerializer):
    """One message with its text and all attempts."""

    tries = MessageAttemptSerializer(many=True, read_only=True)

    class Meta(MessageSerializer.Meta):
        fields = [*MessageSerializer.Meta.fields, "body", "body_html", "tries"]
        read_only_fields = fields


class ContextField(serializers.DictField):
    """Values of template variables: dotted name to text."""

    child = serializers.CharField(allow_blank=True, max_length=MAX_VALUE_LENGTH)


class MessageCreateSerializer(serializers.Serializer):
    """A message to be worded by a template and queued."""

    property = PropertyField()
    template_code = serializers.CharField(max_length=60)
    channel = serializers.ChoiceField(choices=Channel.choices)
    address = serializers.CharField(max_length=512)
    name = serializers.CharField(max_length=160, allow_blank=True, default="")
    language = serializers.RegexField(r"^[a-z]{2,3}(-[A-Z]{2})?$", default="", allow_blank=True)
    guest_id = serializers.IntegerField(min_value=1, max_value=MAX_ID, allow_null=True, default=None)
    purpose = serializers.ChoiceField(choices=Purpose.choices, default=Purpose.TRANSACTIONAL)
    context = ContextField(default=dict)  # type: ignore[assignment]
    dedupe_key = serializers.CharField(max_length=200, allow_blank=True, default="")
    send_at = serializers.DateTimeField(allow_null=True, default=None)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The guest is known at the property that writes to him."""
        guest_id = attrs["guest_id"]
        if guest_id is not None and not guest_is_known(guest_id, [attrs["property"].pk]):
            raise serializers.ValidationError({"guest_id": ["No such guest is known at this property."]})
        return attrs


class MessageTemplateSerializer(PropertyScopedSerializer):
    """A template; unknown variables are refused by name."""

    class Meta:
        model = MessageTemplate
        fields = [
            "id",
            "property",
            "code",
            "channel",
            "language",
            "subject",
            "body",
            "body_html",
            "is_active",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["id", "created_at", "updated_at"]

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """The words as a whole: channel, subject and texts together."""
        attrs = super().validate(attrs)
        names = ("channel", "subject", "body", "body_html")
        values = {name: attrs.get(name, getattr(self.instance, name, "")) for name in names}
        if errors := MessageTemplate(**values).text_errors():
            raise serializers.ValidationError({field: [text] for field, text in errors.items()})
        return attrs


class TemplatePreviewSerializer(serializers.Serializer):
    """Values for a preview; sample values stand in for what is not given."""

    context = ContextField(default=dict)  # type: ignore[assignment]


class PlaceSerializer(serializers.Serializer):
    """A property to work on."""

    property = PropertyField()


class AddedSerializer(serializers.Serializer):
    """How many rows were added."""

    added = serializers.IntegerField()


class RenderedTextSerializer(serializers.Serializer):
    """The words of a filled template."""

    subject = serializers.CharField()
    body = serializers.CharField()
    body_html = serializers.CharField()


class VariableSerializer(serializers.Serializer):
    """A variable that templates may use."""

    name = serializers.CharField()
    title = serializers.CharField()
    sample = serializers.CharField()


class SuppressionSerializer(PropertyScopedSerializer):
    """A stop on an address."""

    address = serializers.CharField(max_length=512)
    reason = serializers.ChoiceField(choices=SuppressionReason.choices, default=SuppressionReason.MANUAL)

    class Meta:
        model = Suppression
        fields = ["id", "property", "channel", "address", "reason", "note", "created_at", "updated_at"]
        read_only_fields = ["id", "created_at", "updated_at"]
