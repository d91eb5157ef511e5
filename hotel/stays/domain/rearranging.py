"""A stay is put elsewhere on the chart of rooms and days: which commands that takes, in which order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.words import _
from hotel.reservations.choices import ReservationStatus


@dataclass(frozen=True, kw_only=True)
class Placing:
    """Where a stay stands.

    Attributes:
        room_id: None for no room.
        arrival, departure: of the stay, not of a part of it.
    """

    room_id: int | None
    arrival: date
    departure: date


def steps(
    now: Placing, wanted: Placing, *, status: str, today: date, part: tuple[date, date]
) -> Sequence[str]:
    """The names of the commands that bring a stay from where it is to where it is wanted, in their order.

    Args:
        now: where it is; the room is that of the part.
        wanted: where it shall be.
        status: of the reservation.
        today: the open business date.
        part: the nights ``[first, last)`` that the room is wanted for.

    Raises:
        Conflict: it stands there already (``nothing_to_change``).
        RuleBroken: a part of a stay is moved in time (``part_has_dates``); of a guest in house the arrival
            (``arrived_already``), the departure to today or before (``early_departure``), or tonight's room taken
            away (``room_needed``).
    """
    is_moved = (now.arrival, now.departure) != (wanted.arrival, wanted.departure)
    is_other_room = now.room_id != wanted.room_id
    if not (is_moved or is_other_room):
        raise Conflict(_("The stay stands there already."), code="nothing_to_change")
    if is_moved and part != (now.arrival, now.departure):
        text = _(
            "This stay changes rooms: open it to change its dates, here only rooms of its parts are changed."
        )
        raise RuleBroken(text, code="part_has_dates")
    if status == ReservationStatus.IN_HOUSE and part[0] <= today:
        return _steps_in_house(now, wanted, today)
    dates = ["amend"] if is_moved else []
    if wanted.room_id is None:
        return [*dates, *(["unassign"] if now.room_id is not None else [])]
    return [*dates, "assign"]


def _steps_in_house(now: Placing, wanted: Placing, today: date) -> Sequence[str]:
    if wanted.arrival != now.arrival:
        raise RuleBroken(_("The guest is in house: the arrival stays as it was."), code="arrived_already")
    if wanted.departure <= today and wanted.departure != now.departure:
        text = _("To leave today or earlier, give the command Early departure, which tells its fee.")
        raise RuleBroken(text, code="early_departure")
    if wanted.room_id is None:
        raise RuleBroken(_("The guest is in house and needs a room tonight."), code="room_needed")
    found = ["move-room"] if wanted.room_id != now.room_id else []
    if wanted.departure > now.departure:
        found.append("extend")
    elif wanted.departure < now.departure:
        found.append("amend")
    return found
