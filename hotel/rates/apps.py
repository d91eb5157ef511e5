"""Rates as a Django app."""

from hotel.core.component import ComponentConfig


class RatesConfig(ComponentConfig):
    """Rate plans, prices, restrictions, policies, taxes and quotes."""

    name = "hotel.rates"
    label = "rates"
