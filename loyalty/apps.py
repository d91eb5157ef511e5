"""Loyalty as a Django app."""

from hotel.core.component import ComponentConfig


class LoyaltyConfig(ComponentConfig):
    """Programmes, members, points and tiers."""

    name = "loyalty"
    label = "loyalty"

    def ready(self) -> None:
        """Membership follows a guest through a merge, and back; letters may speak of points."""
        super().ready()
        from hotel.guests.merge_ports import register_guest_reference
        from hotel.messaging.domain.variables import variables_register
        from loyalty.domain.letter_variables import VARIABLES

        variables_register(*VARIABLES)
        register_guest_reference("loyalty.LoyaltyMember", "guest", unique_with=("program",))
