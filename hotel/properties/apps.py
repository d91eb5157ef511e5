"""Properties as a Django app."""

from hotel.core.component import ComponentConfig


class PropertiesConfig(ComponentConfig):
    """What a property is: chain, zone, currency, business date, scope."""

    name = "hotel.properties"
    label = "properties"
