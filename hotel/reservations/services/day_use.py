"""Day use is sold by the rule by which it is shown: the pool of the counters, and the rooms empty in its hours."""

from collections import Counter
from collections.abc import Iterable
from datetime import time

from hotel.core.days import day_told
from hotel.core.words import _
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.day_use import rooms_by_clock
from hotel.reservations.services.slices import day_use_of
from hotel.rooms.services.inventory import RoomTypeSoldOut

Hours = tuple[time, time]


def takes_more(old: Hours | None, new: Hours | None) -> bool:
    """Whether day use takes its room at an hour at which it had none; never of stays of nights."""
    return old is not None and new is not None and not (old[0] <= new[0] and new[1] <= old[1])


def day_use_fits(*, reservations: Iterable[Reservation]) -> None:
    """Refuse day use that no room is empty for; stays of nights, and what another system sold, are not asked.

    Call it when the stays are stored and the counters have moved: the row of their day is locked then, so of two sales
    at once the later one sees the earlier. A night sold meanwhile is not asked for day use: nights take precedence.

    Args:
        reservations: that take a room from now on, or take it in other hours.

    Raises:
        RoomTypeSoldOut: more rooms are needed in these hours than are empty; ``extra`` also has the hours.
    """
    wanted = Counter(
        (row.property, row.arrival, row.room_type, hours)
        for row in reservations
        if (hours := day_use_of(row)) is not None and not row.is_taken_over
    )
    for (place, day, room_type, hours), rooms in wanted.items():
        left = rooms_by_clock(place, day, hours, [room_type])[room_type.pk]
        if left >= 0:
            continue
        start, end = (f"{clock:%H:%M}" for clock in hours)
        night = {"night": day.isoformat(), "room_type": room_type.pk, "free": max(0, left + rooms)}
        raise RoomTypeSoldOut(
            _(
                "%(room_type)s has %(free)s empty from %(start)s to %(end)s on %(day)s. Choose other "
                "hours or another room type."
            )
            % {
                "room_type": room_type.code,
                "free": night["free"],
                "start": start,
                "end": end,
                "day": day_told(day),
            },
            extra={**night, "nights": [night], "hours": [start, end]},
        )
