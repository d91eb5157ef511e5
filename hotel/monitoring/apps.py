"""Monitoring as a Django app."""

from hotel.core.component import ComponentConfig


class MonitoringConfig(ComponentConfig):
    """Limits on the API, what is used of it, and whether the house is well."""

    name = "hotel.monitoring"
    label = "monitoring"
