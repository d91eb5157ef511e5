"""The tape chart: who is in which room when, moved by hand."""

from datetime import timedelta
from typing import Any

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.chart import chart
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.days import days_shown

LENGTHS = (7, 14, 30, 60)
DAYS = 14


class ChartPage(StaffPage, TemplateView):
    """Rooms by days as bars; without scripts each is a link, and the rack shows the same as a table."""

    area = "reservations"
    template_name = "dashboard/chart.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Seven queries whatever the size; the day before today is shown for who leaves today."""
        wanted = self.request.GET.get("days", "")
        length = int(wanted) if wanted in map(str, LENGTHS) else DAYS
        yesterday = self.place.business_date - timedelta(days=1)
        shown = days_shown(self.request, yesterday, length)
        may = shell_of(self.request).may
        return super().get_context_data(
            shown=shown,
            chart=chart(self.place, shown.first, shown.past),
            lengths=LENGTHS,
            may_move=may("assign", "reservations"),
            may_book=may("manage", "reservations"),
            **kwargs,
        )
