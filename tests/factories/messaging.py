"""The least valid objects of messaging."""

from hotel.core.clock import now
from hotel.core.models import OutboxMessage
from hotel.messaging.models import (
    Message,
    MessageTemplate,
    Suppression,
    WebhookDelivery,
    WebhookEndpoint,
    WebhookSecret,
)
from hotel.messaging.services.suppressions import address_fingerprint

SECRET = "whs_a-secret-of-the-tests"


def message_template_make(place, **over) -> MessageTemplate:
    """An English e-mail with one variable."""
    values = {
        "code": "welcome",
        "channel": "email",
        "language": "en",
        "subject": "Welcome",
        "body": "Dear {{ guest.name }}",
    }
    return MessageTemplate.objects.create(property=place, **{**values, **over})


def message_make(place, **over) -> Message:
    """A queued e-mail that is due."""
    values = {
        "channel": "email",
        "template_code": "welcome",
        "language": "en",
        "address": "gus@example.com",
        "subject": "Welcome",
        "body": "Dear Gus",
    }
    return Message.objects.create(property=place, **{**values, **over})


def suppression_make(place, **over) -> Suppression:
    """A stop by hand on an e-mail address."""
    values = {"channel": "email", "address": "gus@example.com", "reason": "manual", **over}
    values.setdefault("fingerprint", address_fingerprint(values["address"], values["channel"]))
    return Suppression.objects.create(property=place, **values)


def webhook_make(place, **over) -> WebhookEndpoint:
    """An endpoint that hears everything, with one secret ``k1``-like key."""
    values = {"name": "Receiver", "url": "https://example.com/hook", **over}
    endpoint = WebhookEndpoint.objects.create(property=place, **values)
    WebhookSecret.objects.create(
        property=place, endpoint=endpoint, key_id=f"whk_{endpoint.pk}", secret=SECRET
    )
    return endpoint


def webhook_delivery_make(place, endpoint=None, **over) -> WebhookDelivery:
    """A delivery that arrived."""
    values = {
        "position": 1,
        "topic": "MessageSent",
        "aggregate": "message:1",
        "occurred_at": now(),
        "status": "delivered",
        "delivered_at": now(),
    }
    endpoint = endpoint or WebhookEndpoint.objects.filter(property=place).first() or webhook_make(place)
    return WebhookDelivery.objects.create(property=place, endpoint=endpoint, **{**values, **over})


def outbox_make(place, position, topic="MessageSent", **over) -> OutboxMessage:
    """A fact of the feed."""
    values = {"aggregate": f"message:{position}", "payload": {"n": position}, **over}
    return OutboxMessage.objects.create(property_id=place.pk, position=position, topic=topic, **values)
