"""Revenue: figures beside last year's, the nights ahead as curves, bars and a calendar, and where they come from."""

from collections.abc import Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.charts import Chart, Series, bar_chart, heat_step, line_chart
from hotel.dashboard.selectors.revenue import PICKUP_DAYS, Night, Revenue, revenue
from hotel.dashboard.shell import shell_of

WEEK = 7
SPANS = {
    "month": gettext_lazy("This month, closed days"),
    "30": gettext_lazy("Next 30 nights"),
    "60": gettext_lazy("Next 60 nights"),
    "90": gettext_lazy("Next 90 nights"),
}


class RevenuePage(StaffPage, TemplateView):
    """What closed days earned and what is on the books; nothing is forecast, and what is not known is said."""

    area = "rates"
    template_name = "dashboard/revenue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries; each night and figure is on the page as text, too."""
        found = revenue(self.place)
        rows = [row for row in (found.month, *found.periods) if row is not None]
        return super().get_context_data(
            found=found,
            rows=[(SPANS[row.code], row) for row in rows],
            books=_books(found),
            pickup=_pickup(found.nights),
            came=(sum(night.came for night in found.nights), sum(night.went for night in found.nights)),
            came_today=sum(night.came_today for night in found.nights),
            weeks=_weeks(found.nights),
            is_empty=not any(night.books.sold for night in found.nights) and found.month is None,
            parts=[
                (_("Segments"), "segments", found.segments),
                (_("Sources"), "sources", found.sources),
                (_("Room types"), "types", found.types),
            ],
            pickup_days=PICKUP_DAYS,
            may_see_nights=shell_of(self.request).may("view", "reservations"),
            **kwargs,
        )


def _labels(nights: Sequence[Night]) -> list[str]:
    return [date_format(night.date, "j M") for night in nights]


def _books(found: Revenue) -> Chart:
    series = [Series(_("this year"), "now", [night.books.sold for night in found.nights])]
    if found.is_compared:
        then = [night.then for night in found.nights]
        series.append(Series(_("last year, on the same day"), "last", then))
    return line_chart(_("Rooms on the books by night"), series, _labels(found.nights))


def _pickup(nights: Sequence[Night]) -> Chart:
    series = [
        Series(_("booked"), "gain", [night.came for night in nights]),
        Series(_("cancelled"), "loss", [-night.went for night in nights]),
    ]
    return bar_chart(_("Room nights booked and cancelled in the last 7 days"), series, _labels(nights))


def _weeks(nights: Sequence[Night]) -> list[list[tuple[Night, int | None] | None]]:
    """The nights as weeks from Monday, each with its step of heat; None before the first and after the last."""
    first = nights[0].date
    cells: list[tuple[Night, int | None] | None] = [None] * first.weekday()
    cells += [(night, heat_step(night.occupancy)) for night in nights]
    cells += [None] * (-len(cells) % WEEK)
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]
