"""The tape chart: who is in which room when, moved by hand."""

from datetime import timedelta
from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.chart import chart
from hotel.dashboard.selectors.chart_filter import chart_filter
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.days import days_shown
from hotel.dashboard.views.saved import WithViews
from hotel.folios.models import Folio
from hotel.folios.selectors.folios import folios_shown
from hotel.reservations.models import Reservation
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import RoomFeature

LENGTHS = (7, 14, 30, 60)
DAYS = 14


class ChartPage(WithViews, StaffPage, TemplateView):
    """Rooms by days as bars; without scripts each is a link, and the rack shows the same as a table."""

    area = "reservations"
    template_name = "dashboard/chart.html"
    saved = "chart"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nine queries whatever the size; the day before today is shown for who leaves today."""
        wanted = self.request.GET.get("days", "")
        length = int(wanted) if wanted in map(str, LENGTHS) else DAYS
        yesterday = self.place.business_date - timedelta(days=1)
        shown = days_shown(self.request, yesterday, length)
        may = shell_of(self.request).may
        wish = chart_filter(self.request.GET)
        return super().get_context_data(
            shown=shown,
            chart=chart(self.place, shown.first, shown.past, wish, with_owing=may("view", "folios")),
            wish=wish,
            features=RoomFeature.objects.at(self.place.pk),
            statuses=HousekeepingStatus.choices,
            lengths=LENGTHS,
            may_move=may("assign", "reservations"),
            may_book=may("manage", "reservations"),
            **kwargs,
        )


class StayCard(StaffPage, TemplateView):
    """What a bar is, for the card over it: a part of a page."""

    area = "reservations"
    template_name = "dashboard/_stay_card.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The stay, its open alerts, and to those who may see it what is owed."""
        rows = Reservation.objects.at(self.place.pk).with_parts().with_rooms()
        stay = get_object_or_404(rows, pk=self.kwargs["pk"])
        folios = Folio.objects.at(self.place.pk).whole().filter(reservation=stay).order_by("pk")
        return super().get_context_data(
            reservation=stay,
            notes=stay.notes.filter(done_at=None).order_by("pk")[:3],
            folios=folios_shown(list(folios)) if shell_of(self.request).may("view", "folios") else [],
            **kwargs,
        )
