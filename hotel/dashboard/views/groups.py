"""Lists of what waits for rooms: group blocks and the waiting list."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.blocks import RATE, block_grid
from hotel.dashboard.selectors.waiting import blocks_ahead, waitlist
from hotel.dashboard.shell import shell_of
from hotel.reservations.domain.blocks import PICKABLE_STATUSES
from hotel.reservations.models import GroupBlock

LISTED = 100
LENSES = {
    "contracted": _("Contracted"),
    "current": _("Set aside now"),
    "picked_up": _("Picked up"),
    "left": _("Left to pick up"),
    RATE: _("Rate"),
}


class BlockListPage(StaffPage, TemplateView):
    """Group blocks that are not over, with room nights contracted, held and picked up."""

    area = "reservations"
    template_name = "dashboard/block_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """By arrival."""
        blocks = blocks_ahead(self.place.pk, self.place.business_date)[:LISTED]
        return super().get_context_data(blocks=blocks, **kwargs)


class BlockPage(StaffPage, TemplateView):
    """One block: its room types by nights through a lens. Rates are for those who may view them."""

    area = "reservations"
    template_name = "dashboard/block.html"

    def get_context_data(self, pk: int, **kwargs: Any) -> dict[str, Any]:
        """Three queries beside those of the frame, whatever the size of the block.

        Raises:
            Http404: no such block at this property.
        """
        rows = GroupBlock.objects.at(self.place.pk).select_related("company", "rate_plan")
        block = get_object_or_404(rows, pk=pk)
        shell = shell_of(self.request)
        may_price = shell.may("view", "rates")
        lenses = {name: words for name, words in LENSES.items() if may_price or name != RATE}
        lens = self.request.GET.get("lens", "")
        lens = lens if lens in lenses else "left"
        return super().get_context_data(
            group=block,
            lenses=lenses.items(),
            lens=lens,
            grid=block_grid(block, lens),
            may_pick_up=shell.may("manage", "reservations") and block.status in PICKABLE_STATUSES,
            **kwargs,
        )


class WaitlistPage(StaffPage, TemplateView):
    """Stays on the waiting list, what is free for them now and what they were offered."""

    area = "reservations"
    template_name = "dashboard/waitlist.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the order in which rooms are offered."""
        rows = waitlist(self.place.pk, self.place.business_date, LISTED)
        return super().get_context_data(rows=rows, **kwargs)
