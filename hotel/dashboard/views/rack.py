"""The rack: rooms by days, with the lane of stays that have no room yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.days import days_shown
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.selectors.front_desk import RackRow, RackSpan, rack
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room, RoomBlock

LENGTHS = (7, 14, 28)
DAYS = 14
LANE_SHOWN = 20  # weeks ahead hundreds of stays have no room yet; a list of them all helps nobody


@dataclass(frozen=True)
class RackCell:
    """One cell of a row: a stay, a hold on the room, or a free day; ``days`` wide from ``day`` on."""

    days: int
    reservation: Reservation | None = None
    block: RoomBlock | None = None
    is_locked: bool = False
    day: date | None = None


@dataclass(frozen=True)
class LaneEntry:
    """A stay without a room, and the rooms of its type that are free on all its days shown."""

    span: RackSpan
    rooms: list[Room]


class RackPage(StaffPage, TemplateView):
    """Rooms as a table that reads well without colours and prints; rooms are given out from the lane."""

    area = "reservations"
    template_name = "dashboard/rack.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Five queries whatever the size."""
        wanted = self.request.GET.get("days", "")
        length = int(wanted) if wanted in map(str, LENGTHS) else DAYS
        shown = days_shown(self.request, self.place.business_date, length)
        blocks = RoomBlock.objects.at(self.place.pk).filter(
            released_at=None, start_on__lt=shown.past, end_on__gt=shown.first
        )
        by_room: dict[int, list[RoomBlock]] = {}
        for block in blocks:
            by_room.setdefault(block.room_id, []).append(block)
        *rows, lane = rack(self.place.pk, shown.first, shown.past)
        table = [
            (row.room, cells(row.spans, by_room.get(row.room.pk, []), shown.days))
            for row in rows
            if row.room is not None
        ]
        return super().get_context_data(
            shown=shown,
            rows=table,
            lane=[LaneEntry(span, rooms_for(span, rows, by_room)) for span in lane.spans[:LANE_SHOWN]],
            lane_count=len(lane.spans),
            lane_more=max(len(lane.spans) - LANE_SHOWN, 0),
            may_assign=shell_of(self.request).may("assign", "reservations"),
            lengths=LENGTHS,
            housekeeping=HousekeepingStatus.choices,
            **kwargs,
        )


def rooms_for(span: RackSpan, rows: Iterable[RackRow], blocks: Mapping[int, list[RoomBlock]]) -> list[Room]:
    """Rooms of the stay's type that look free on its days; the service has the last word."""
    types = room_type_ids_of(span.reservation.room_type)
    start, end = span.start, max(span.end, span.start + timedelta(days=1))

    def is_free(row: RackRow) -> bool:
        assert row.room is not None  # noqa: S101  (the lane is not among the rows)
        stays = ((one.start, max(one.end, one.start + timedelta(days=1))) for one in row.spans)
        holds = ((one.start_on, one.end_on) for one in blocks.get(row.room.pk, []))
        return not any(first < end and start < last for first, last in (*stays, *holds))

    return [row.room for row in rows if row.room and row.room.room_type_id in types and is_free(row)]


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
        found.append(replace(cell, days=min(cell.days, (past - day).days), day=day))
        day = end
    return found
