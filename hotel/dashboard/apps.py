"""Dashboard as a Django app."""

from hotel.core.component import ComponentConfig


class DashboardConfig(ComponentConfig):
    """The staff shell: pages, navigation and widgets."""

    name = "hotel.dashboard"
    label = "dashboard"
