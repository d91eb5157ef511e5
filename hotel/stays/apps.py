"""Stays as a Django app."""

from hotel.core.component import ComponentConfig


class StaysConfig(ComponentConfig):
    """The hotel day: arrivals, moves, departures, and the night audit that ends it."""

    name = "hotel.stays"
    label = "stays"

    def ready(self) -> None:
        """Add the commands of the desk to what may be done with a reservation."""
        super().ready()
        from hotel.reservations.action_ports import register_action_source
        from hotel.stays.selectors.actions import stay_actions

        register_action_source(stay_actions)
