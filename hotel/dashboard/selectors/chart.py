"""The tape chart: rooms by days; a stay is a bar from the half of its first day to the half of its last."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hotel.dashboard.selectors.chart_filter import EVERY_ROOM, ChartFilter
from hotel.dashboard.selectors.holds import holds_on
from hotel.folios.selectors.balances import stays_owing
from hotel.properties.models import Floor, Property
from hotel.reservations.choices import FrontDeskStatus, ReservationStatus
from hotel.reservations.domain.stays import front_desk_status
from hotel.reservations.selectors.front_desk import RackRow, RackSpan, RackStay, rack
from hotel.rooms.models import Room, RoomBlock, RoomType
from hotel.rooms.selectors.inventory import NightCount, night_counts_foreseen

LOOKS = {
    FrontDeskStatus.EXPECTED: "confirmed",
    FrontDeskStatus.DUE_IN: "due_in",
    FrontDeskStatus.OVERDUE_IN: "late",
    FrontDeskStatus.ARRIVED_TODAY: "in_house",
    FrontDeskStatus.STAYOVER: "in_house",
    FrontDeskStatus.DAY_USE: "in_house",
    FrontDeskStatus.DUE_OUT: "due_out",
    FrontDeskStatus.OVERDUE_OUT: "late",
    FrontDeskStatus.DEPARTED: "checked_out",
}
LANES = 5  # weeks ahead most stays have no room yet: more lanes than these push the rooms off the screen
MOVABLE = (ReservationStatus.OPTION, ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE)


@dataclass(frozen=True, slots=True)
class Bar:
    """A stay in a room, in a lane of those without one, or a hold on a room.

    Attributes:
        look: what the front desk calls it today, see ``LOOKS``; ``tentative`` for an option, ``hold`` for a hold.
        start, end: its nights ``[start, end)``, also those before and after the days shown.
        column: the day it begins on, 0 being the first one shown; 0 as well when it began before.
        nights: how many are shown; 0 for day use.
        begins_before, goes_on: whether it is cut at the left, at the right.
        via: number of the suite or part that the stay has, when this room is only taken with it.
        mates: how many share the room with it and stand before it in the row.
        is_shared: whether somebody shares the room at all.
        is_owing: whether it is to leave, and its folio is not settled; only where it was asked for.
    """

    look: str
    start: date
    end: date
    column: int
    nights: int
    begins_before: bool
    goes_on: bool
    stay: RackStay | None = None
    block: RoomBlock | None = None
    is_locked: bool = False
    via: str = ""
    mates: int = 0
    is_shared: bool = False
    is_owing: bool = False

    @property
    def is_movable(self) -> bool:
        """Whether the bar can be taken: a stay that is not over, in its own row."""
        return self.stay is not None and self.stay.status in MOVABLE and not self.via


@dataclass(frozen=True)
class ChartRow:
    """A room with its bars in order; without a room a lane of stays that have none."""

    room: Room | None
    bars: list[Bar]


@dataclass
class ChartGroup:
    """The rooms of a type, and above them its stays without a room.

    Attributes:
        free: rooms left on each day shown; empty for types that are not counted by themselves.
        lanes: as many as are drawn, see ``LANES``.
        more: bars without a room that are not drawn.
    """

    room_type: RoomType
    free: list[int] = field(default_factory=list)
    lanes: list[ChartRow] = field(default_factory=list)
    rows: list[ChartRow] = field(default_factory=list)
    more: int = 0


@dataclass(frozen=True)
class ChartDay:
    """A day of the head; ``occupancy`` is the share of rooms in order that are sold, in whole percent."""

    date: date
    occupancy: int | None


@dataclass(frozen=True)
class Chart:
    """All that is drawn; ``waiting`` stays have no room for some of the nights shown.

    Attributes:
        types, floors: of all rooms, also of those that are not drawn.
    """

    days: list[ChartDay]
    groups: list[ChartGroup]
    waiting: int
    types: list[RoomType]
    floors: list[Floor]

    @property
    def room_count(self) -> int:
        """Rooms drawn."""
        return sum(len(group.rows) for group in self.groups)


def chart(
    place: Property, first: date, past: date, wanted: ChartFilter = EVERY_ROOM, *, with_owing: bool = False
) -> Chart:
    """The chart of the days ``[first, past)`` of a property; seven queries whatever the size.

    Args:
        place: the property.
        first: first day shown.
        past: the day after the last one shown.
        wanted: which rooms are drawn; a type none of whose rooms is drawn is left out with its lanes. A feature costs
            two queries more.
        with_owing: tell which stays that are to leave owe something; two queries more.
    """
    *all_rows, lane = rack(place.pk, first, past)
    featured = wanted.rooms_featured(place.pk)
    rows = [row for row in all_rows if row.room is not None and wanted.keeps(row.room, featured)]
    days = [first + timedelta(days=offset) for offset in range((past - first).days)]
    holds = holds_on(place, rows, first, past)
    owing = _owing(place, rows) if with_owing else set()
    groups: dict[int, ChartGroup] = {}
    for row in rows:
        assert row.room is not None  # noqa: S101  (the lane is not among them)
        group = groups.setdefault(row.room.room_type_id, ChartGroup(row.room.room_type))
        bars = [*_bars(row.spans, days, place.business_date, owing), *_holds(holds[row.room.pk], days)]
        group.rows.append(ChartRow(row.room, sorted(bars, key=lambda bar: (bar.start, bar.end))))
    for bar in _bars(lane.spans, days, place.business_date):
        assert bar.stay is not None  # noqa: S101  (the lane holds stays)
        if wanted.is_set and bar.stay.room_type.pk not in groups:
            continue
        group = groups.setdefault(bar.stay.room_type.pk, ChartGroup(bar.stay.room_type))
        _laid(group, bar)
    counts = night_counts_foreseen(place.pk, first, past)
    house = {count.night: count for count in counts if count.room_type_id is None}
    for count in counts:
        if count.room_type_id in groups:
            groups[count.room_type_id].free.append(max(0, min(count.free, house[count.night].free)))
    rooms = [row.room for row in all_rows if row.room is not None]
    floors = {room.floor for room in rooms if room.floor is not None}
    return Chart(
        days=[ChartDay(day, _occupancy(house.get(day))) for day in days],
        groups=list(groups.values()),
        waiting=len({span.reservation.pk for span in lane.spans}),
        types=list({room.room_type_id: room.room_type for room in rooms}.values()),
        floors=sorted(floors, key=lambda floor: (floor.building_id, floor.level)),
    )


def _owing(place: Property, rows: Iterable[RackRow]) -> set[int]:
    """The stays in house that are to leave by today, and owe something."""
    leaving = {
        span.reservation.pk
        for row in rows
        for span in row.spans
        if span.reservation.status == ReservationStatus.IN_HOUSE
        and span.reservation.departure <= place.business_date
    }
    return stays_owing(place.pk, leaving)


def _bars(spans: Iterable[RackSpan], days: list[date], today: date, owing: Collection[int] = ()) -> list[Bar]:
    bars: list[Bar] = []
    for span in spans:
        stay = span.reservation
        mates = [
            bar
            for bar in bars
            if bar.stay is not None
            and stay.share_id is not None
            and bar.stay.share_id == stay.share_id
            and bar.start < span.end
            and span.start < bar.end
        ]
        status = front_desk_status(stay.status, stay.arrival, stay.departure, today)
        look = "tentative" if stay.status == ReservationStatus.OPTION else LOOKS[status]
        bars.append(
            Bar(
                look,
                *_place(span.start, span.end, days),
                stay=stay,
                is_locked=span.is_locked,
                via=span.via,
                mates=len(mates),
                is_shared=stay.share_id is not None,
                is_owing=stay.pk in owing,
            )
        )
    return bars


def _holds(blocks: Iterable[RoomBlock], days: list[date]) -> list[Bar]:
    return [Bar("hold", *_place(block.start_on, block.end_on, days), block=block) for block in blocks]


def _place(start: date, end: date, days: list[date]) -> tuple[date, date, int, int, bool, bool]:
    """Start, end, column, nights shown, and whether it is cut at the left and at the right."""
    first, past = days[0], days[-1] + timedelta(days=1)
    shown, last = max(start, first), min(end, past)
    return start, end, (shown - first).days, (last - shown).days, start < first, end >= past and end > start


def _laid(group: ChartGroup, bar: Bar) -> None:
    """Put a bar into the first lane where it meets no other."""
    for lane in group.lanes:
        if lane.bars[-1].end <= bar.start and lane.bars[-1].start < bar.start:
            lane.bars.append(bar)
            return
    if len(group.lanes) < LANES:
        group.lanes.append(ChartRow(None, [bar]))
    else:
        group.more += 1


def _occupancy(count: NightCount | None) -> int | None:
    """Whole percent, half up; None for a house without rooms in order."""
    supply = count.capacity - count.out_of_order if count else 0
    return None if count is None or supply <= 0 else (200 * count.sold + supply) // (2 * supply)
