"""Takes up a replay that was stopped between two days: what its player knew is read back from the house."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.folios.models import CashierSession
from hotel.properties.models import Property
from hotel.rates.models import RatePlan
from hotel.reservations.domain.imported import ImportedStay
from hotel.reservations.models import Reservation, ReservationChange
from hotel.rooms.models import RoomType
from hotel.stays.replay.hotel import LINE, ReplayHotel
from hotel.stays.replay.manners import is_prepaid
from hotel.stays.replay.schedule import CANCELLED, MADE, MISSED, Event


class DayBrokenOff(Conflict):
    """The replay was killed within a day: what of the day is done cannot be told from what is not."""

    code = "day_broken_off"


def hotel_reopen(code: str) -> ReplayHotel:
    """The property of an earlier run, as ``hotel_furnish`` returned it.

    Raises:
        InvalidInput: no replay made a property of this code.
        DayBrokenOff: the open day has begun.
    """
    place = Property.objects.filter(code=code).first()
    plans = {plan.code: plan for plan in RatePlan.objects.filter(property=place)} if place else {}
    if place is None or not {"REC", "NRF", "DAY"} <= plans.keys():
        raise InvalidInput(f"No replay made a property {code}.", code="replay_unknown")
    today = place.business_date
    if (
        ReservationChange.objects.at(place.pk).filter(business_date=today).exists()
        or CashierSession.objects.at(place.pk).filter(opened_on=today).exists()
    ):
        raise DayBrokenOff(f"{code} was killed in the middle of {today}: start a new replay.")
    types = {row.code: row for row in RoomType.objects.filter(property=place)}
    return ReplayHotel(place, types, plans["REC"], plans["NRF"], plans["DAY"])


def lines_made(place: Property) -> dict[int, int]:
    """Line of the file to the reservation it became, of all that are booked; one query."""
    rows = Reservation.objects.at(place.pk).filter(booking__external_id__startswith=LINE).order_by()
    return {
        int(external.removeprefix(LINE)): pk
        for external, pk in rows.values_list("booking__external_id", "pk")
    }


def owing_since(events: Mapping[date, Sequence[Event]], opens: date, today: date) -> list[ImportedStay]:
    """Who may owe a fee that no morning at the desk has collected yet, as it happened.

    Args:
        events: of the history.
        opens: the first day with a desk.
        today: the day to play next.
    """
    since = today - timedelta(days=1) if today > opens else date.min
    ended = (event for day in sorted(events) if since <= day < today for event in events[day])
    return [e.stay for e in ended if e.kind == MISSED or (e.kind == CANCELLED and is_prepaid(e.stay))]


def history_check(events: Mapping[date, Sequence[Event]], today: date, made: Mapping[int, int]) -> None:
    """See that the lines booked so far are those which this history books before a day.

    Raises:
        InvalidInput: it is another history.
    """
    due = {e.stay.line for day, happened in events.items() if day < today for e in happened if e.kind == MADE}
    if other := sorted(due ^ made.keys()):
        raise InvalidInput(
            f"This is not the history that was played until {today}: see line {other[0]}.",
            code="history_differs",
        )
