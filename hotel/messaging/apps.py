"""Messaging as a Django app."""

from hotel.core.component import ComponentConfig


class MessagingConfig(ComponentConfig):
    """Everything that leaves the house: messages, webhooks, the change feed."""

    name = "hotel.messaging"
    label = "messaging"
