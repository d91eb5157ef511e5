"""Tables of messaging."""

from hotel.messaging.models.messages import Message, MessageAttempt
from hotel.messaging.models.suppressions import Suppression
from hotel.messaging.models.templates import MessageTemplate
from hotel.messaging.models.webhooks import WebhookDelivery, WebhookEndpoint, WebhookSecret

__all__ = [
    "Message",
    "MessageAttempt",
    "MessageTemplate",
    "Suppression",
    "WebhookDelivery",
    "WebhookEndpoint",
    "WebhookSecret",
]
