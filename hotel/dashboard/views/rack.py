"""The rack: rooms by days, with the lane of stays that have no room yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.holds import holds_on
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.days import days_shown
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.selectors.front_desk import RackRow, RackSpan, RackStay, rack
from hotel.rooms.choices import HousekeepingStatus
from hotel.rooms.models import Room, RoomBlock

LENGTHS = (7, 14, 28)
DAYS = 14
LANE_SHOWN = 20  # weeks ahead hundreds of stays have no room yet; a list of them all helps nobody


class RackCell(NamedTuple):
    """One cell of a row: a stay, a hold on the room, or a free day; ``days`` wide from ``day`` on.

    Attributes:
        via: the number of the suite or part that the stay has, when this room is only taken with it.
        others: stays that share the room on some of these days.
    """

    days: int
    reservation: RackStay | None = None
    block: RoomBlock | None = None
    is_locked: bool = False
    day: date | None = None
    via: str = ""
    others: tuple[RackStay, ...] = ()


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
        """Six queries whatever the size."""
        wanted = self.request.GET.get("days", "")
        length = int(wanted) if wanted in map(str, LENGTHS) else DAYS
        shown = days_shown(self.request, self.place.business_date, length)
        *rows, lane = rack(self.place.pk, shown.first, shown.past)
        by_room = holds_on(self.place, rows, shown.first, shown.past)
        days = shown.days
        table = [
            (row.room, cells(row.spans, by_room[row.room.pk], days)) for row in rows if row.room is not None
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


def _with_sharer(cell: RackCell, stay: RackStay, start: date, end: date) -> RackCell:
    """A cell with one more stay that has the room on ``[start, end)``; as it is when they do not share it then."""
    if cell.reservation is None or cell.day is None or cell.reservation.share_id != stay.share_id:
        return cell
    is_met = start < cell.day + timedelta(days=cell.days) and cell.day < end
    return cell._replace(others=(*cell.others, stay)) if is_met else cell


def cells(spans: Iterable[RackSpan], blocks: Iterable[RoomBlock], days: list[date]) -> list[RackCell]:
    """The cells of one room from left to right; their widths sum to the number of days.

    What begins first shows first, and the next one from where it ends: parts of a suite are taken side by side. A
    day-use stay shows on its day unless a night of another stay begins there; then the night wins. Who shares the room
    with the one before shows with him, and goes on where that one ends.
    """
    held = [(max(block.start_on, days[0]), block.end_on, RackCell(1, block=block)) for block in blocks]
    slept = [
        (
            span.start,
            max(span.end, span.start + timedelta(days=1)),
            RackCell(1, span.reservation, is_locked=span.is_locked, via=span.via),
        )
        for span in sorted(spans, key=lambda one: one.start == one.end)
    ]
    found: list[RackCell] = []
    filled = 0
    for start, end, cell in sorted([*slept, *held], key=lambda entry: entry[0]):
        if cell.reservation is not None and cell.reservation.share_id is not None:
            found = [_with_sharer(one, cell.reservation, start, end) for one in found]
        first, past = max((start - days[0]).days, filled), min((end - days[0]).days, len(days))
        if first < past:
            found += [RackCell(1, day=one) for one in days[filled:first]]
            found.append(cell._replace(days=past - first, day=days[first]))
            filled = past
    return [*found, *(RackCell(1, day=one) for one in days[filled:])]
