"""Guests as a Django app."""

from hotel.core.component import ComponentConfig


class GuestsConfig(ComponentConfig):
    """Who a guest is: persons, companies, agents, documents, consents, merges."""

    name = "hotel.guests"
    label = "guests"
