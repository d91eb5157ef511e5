"""Stays as a Django app."""

from hotel.core.component import ComponentConfig


class StaysConfig(ComponentConfig):
    """The hotel day: arrivals, moves, departures, and the night audit that ends it."""

    name = "hotel.stays"
    label = "stays"

    def ready(self) -> None:
        """Add the commands of the desk to what may be done with a reservation, and tell of its fees and its bill."""
        super().ready()
        from hotel.reservations.absorb_ports import register_absorb_guard
        from hotel.reservations.action_ports import register_action_source
        from hotel.reservations.bill_ports import register_bill_reader
        from hotel.reservations.fee_ports import register_fee_poster
        from hotel.stays.selectors.absorbing import charges_left_behind
        from hotel.stays.selectors.actions import stay_actions
        from hotel.stays.selectors.bills import nights_billed
        from hotel.stays.services.charges import fees_post

        register_absorb_guard(charges_left_behind)
        register_action_source(stay_actions)
        register_bill_reader(nights_billed)
        register_fee_poster(fees_post)
