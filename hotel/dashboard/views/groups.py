"""Lists of what waits for rooms: group blocks and the waiting list."""

from typing import Any

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.waiting import blocks_ahead, waitlist

LISTED = 100


class BlockListPage(StaffPage, TemplateView):
    """Group blocks that are not over, with room nights contracted, held and picked up."""

    area = "reservations"
    template_name = "dashboard/block_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By arrival."""
        blocks = blocks_ahead(self.place.pk, self.place.business_date)[:LISTED]
        return super().get_context_data(blocks=blocks, **kwargs)


class WaitlistPage(StaffPage, TemplateView):
    """Stays on the waiting list, what is free for them now and what they were offered."""

    area = "reservations"
    template_name = "dashboard/waitlist.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the order in which rooms are offered."""
        rows = waitlist(self.place.pk, self.place.business_date, LISTED)
        return super().get_context_data(rows=rows, **kwargs)
