"""Lists of what waits for rooms: group blocks and the waiting list."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.charts import Chart, Series, line_chart
from hotel.dashboard.selectors.blocks import RATE, PickUpDay, block_grid, pick_up_days
from hotel.dashboard.selectors.waiting import blocks_ahead, waitlist
from hotel.dashboard.shell import shell_of
from hotel.reservations.domain.blocks import PICKABLE_STATUSES
from hotel.reservations.models import GroupBlock

LISTED = 100
ONE_DAY, COLUMNS, LABELS = timedelta(days=1), 180, 10
LENSES = {
    "contracted": gettext_lazy("Contracted"),
    "current": gettext_lazy("Set aside now"),
    "picked_up": gettext_lazy("Picked up"),
    "left": gettext_lazy("Left to pick up"),
    RATE: gettext_lazy("Rate"),
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
        """Three queries beside those of the frame, whatever the size of the block and its history.

        Raises:
            Http404: no such block at this property.
        """
        rows = GroupBlock.objects.at(self.place.pk).select_related("company", "rate_plan", "property")
        block = get_object_or_404(rows, pk=pk)
        shell = shell_of(self.request)
        may_price = shell.may("view", "rates")
        lenses = {name: words for name, words in LENSES.items() if may_price or name != RATE}
        lens = self.request.GET.get("lens", "")
        lens = lens if lens in lenses else "left"
        grid, days = block_grid(block, lens), pick_up_days(block)
        return super().get_context_data(
            group=block,
            lenses=lenses.items(),
            lens=lens,
            grid=grid,
            days=[(day, Decimal(day.total) / grid.contracted if grid.contracted else None) for day in days],
            curve=pick_up_curve(block, grid.contracted, days, self.place.business_date) if days else None,
            may_pick_up=shell.may("manage", "reservations") and block.status in PICKABLE_STATUSES,
            **kwargs,
        )


def pick_up_curve(block: GroupBlock, contracted: int, days: Sequence[PickUpDay], today: date) -> Chart:
    """Room nights picked up by booking day against the contract, from the day before the first to today or the cut-off.

    Args:
        block: the block; when it was cut off, that day counts and not the planned one.
        contracted: room nights of the contract.
        days: with a pick-up, ascending; at least one.
        today: the open business date.
    """
    moment = block.cut_off_at
    cut_off = moment.astimezone(block.property.zone).date() if moment else block.cutoff_on
    known = max(days[-1].day, min(today, block.departure))
    first, last = days[0].day - ONE_DAY, max(known, cut_off or known)
    step = (last - first).days // COLUMNS + 1
    columns = [last - number * step * ONE_DAY for number in range(-(-(last - first).days // step), -1, -1)]
    values: list[int | None] = []
    for column in columns:
        before = [day.total for day in days if day.day <= column]
        values.append((before[-1] if before else 0) if column - step * ONE_DAY < known else None)
    marks = []
    if cut_off and cut_off >= first:
        at = next(index for index, column in enumerate(columns) if column >= cut_off)
        marks.append((at, _("Cut-off %(day)s") % {"day": date_format(cut_off, "j M")}))
    return line_chart(
        _("Pick-up by booking day: room nights"),
        [
            Series(_("Picked up"), "now", values),
            Series(_("Contracted (as it stands today)"), "last", [contracted] * len(columns)),
        ],
        [date_format(column, "j M") for column in columns],
        every=max(1, len(columns) // LABELS),
        marks=marks,
    )


class WaitlistPage(StaffPage, TemplateView):
    """Stays on the waiting list, what is free for them now and what they were offered."""

    area = "reservations"
    template_name = "dashboard/waitlist.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """In the order in which rooms are offered."""
        rows = waitlist(self.place.pk, self.place.business_date, LISTED)
        return super().get_context_data(rows=rows, **kwargs)
