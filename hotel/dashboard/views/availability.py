"""Rooms that can still be sold, by type and night."""

from typing import Any

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.days import days_shown
from hotel.reservations.selectors.availability import types_sold
from hotel.rooms.selectors.inventory import night_counts, sellable

DAYS = 14


class AvailabilityPage(StaffPage, TemplateView):
    """Types by nights, two weeks at a time, with the house's occupancy on top."""

    area = "reservations"
    template_name = "dashboard/availability.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Four queries whatever the size."""
        shown = days_shown(self.request, self.place.business_date, DAYS)
        free = sellable(self.place.pk, shown.first, shown.past)
        house = {
            count.night: count
            for count in night_counts(self.place.pk, shown.first, shown.past)
            if count.room_type_id is None
        }
        rows = [
            (room_type, [free.get(room_type.pk, {}).get(day) for day in shown.days])
            for room_type in types_sold(self.place.pk)
            if room_type.pk in free
        ]
        return super().get_context_data(
            shown=shown, rows=rows, house=[house.get(day) for day in shown.days], **kwargs
        )
