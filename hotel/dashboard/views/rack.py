"""The rack: rooms by days, with the lane of stays that have no room yet."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.days import days_shown
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.front_desk import RackSpan, rack
from hotel.rooms.models import Room, RoomBlock

DAYS = 14


@dataclass(frozen=True)
class RackCell:
    """One cell of a row: a stay, a hold on the room, or a free day; ``days`` wide."""

    days: int
    reservation: Reservation | None = None
    block: RoomBlock | None = None
    is_locked: bool = False


class RackPage(StaffPage, TemplateView):
    """Two weeks of rooms as a table that reads well without colours and prints."""

    area = "reservations"
    template_name = "dashboard/rack.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Four queries whatever the size."""
        shown = days_shown(self.request, self.place.business_date, DAYS)
        blocks = RoomBlock.objects.at(self.place.pk).filter(
            released_at=None, start_on__lt=shown.past, end_on__gt=shown.first
        )
        by_room: dict[int, list[RoomBlock]] = {}
        for block in blocks:
            by_room.setdefault(block.room_id, []).append(block)
        *rooms, lane = rack(self.place.pk, shown.first, shown.past)
        rows: list[tuple[Room, list[RackCell]]] = [
            (row.room, cells(row.spans, by_room.get(row.room.pk, []), shown.days))
            for row in rooms
            if row.room is not None
        ]
        return super().get_context_data(shown=shown, rows=rows, lane=lane.spans, **kwargs)


def cells(spans: Iterable[RackSpan], blocks: Iterable[RoomBlock], days: list[date]) -> list[RackCell]:
    """The cells of one room from left to right; their widths sum to the number of days.

    A day-use stay shows on its day unless a night of another stay begins there; then the night wins.
    """
    taken: dict[date, tuple[date, RackCell]] = {}
    for block in blocks:
        start, end = max(block.start_on, days[0]), min(block.end_on, days[-1] + timedelta(days=1))
        taken[start] = (end, RackCell((end - start).days, block=block))
    for span in sorted(spans, key=lambda one: one.start != one.end):
        end = max(span.end, span.start + timedelta(days=1))
        taken[span.start] = (
            end,
            RackCell((end - span.start).days, span.reservation, is_locked=span.is_locked),
        )
    found: list[RackCell] = []
    day, past = days[0], days[-1] + timedelta(days=1)
    while day < past:
        end, cell = taken.get(day, (day + timedelta(days=1), RackCell(1)))
        found.append(
            RackCell(min(cell.days, (past - day).days), cell.reservation, cell.block, cell.is_locked)
        )
        day = end
    return found
