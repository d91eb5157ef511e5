"""Loyalty as a Django app."""

from hotel.core.component import ComponentConfig


class LoyaltyConfig(ComponentConfig):
    """Programmes, members, points and tiers."""

    name = "loyalty"
    label = "loyalty"

    def ready(self) -> None:
        """Membership follows a guest through a merge, and back; letters may speak of points."""
        super().ready()
        from django.db.models import Q

        from hotel.guests.merge_ports import register_guest_reference
        from hotel.messaging.domain.variables import variables_register
        from loyalty.choices import MemberStatus
        from loyalty.domain.letter_variables import VARIABLES

        variables_register(*VARIABLES)
        register_guest_reference(
            "loyalty.LoyaltyMember",
            "guest",
            unique_with=("program",),
            among=~Q(status=MemberStatus.CLOSED) | Q(merged_into__isnull=False),
        )
