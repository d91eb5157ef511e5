"""An empty property that a recorded history fits into: types, rooms, a plan, opened nights."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from django.db import transaction

from hotel.core.exceptions import InvalidInput
from hotel.properties.models import Chain, Property
from hotel.properties.services.properties import chain_create, property_create
from hotel.rates.models import RatePlan
from hotel.rates.services.plans import PlanContents, plan_create
from hotel.reservations.domain.imported import ImportedStay
from hotel.rooms.models import Room, RoomType
from hotel.rooms.services.inventory import inventory_open
from hotel.rooms.services.room_types import RoomTypeContents, room_type_create
from hotel.stays.replay.manners import is_prepaid
from hotel.stays.replay.schedule import booked_on, rooms_needed
from hotel.stays.replay.terms import NO_TERMS, terms_agree

CHAIN = "REPLAY"
LINE = "line-"  # number of a booking: its line in the file
DAY_USE = (time(10), time(18))
DAY_USE_HOURS = 8
ZONE, CURRENCY, COUNTRY = "Europe/Lisbon", "EUR", "PT"


@dataclass(frozen=True)
class ReplayHotel:
    """The property with its types by code, the plans of nights (flexible, prepaid) and the plan of day use."""

    place: Property
    types: dict[str, RoomType]
    plan: RatePlan
    prepaid_plan: RatePlan
    day_plan: RatePlan

    def plan_of(self, stay: ImportedStay) -> RatePlan:
        """The plan a recorded stay is sold by."""
        if stay.is_day_use:
            return self.day_plan
        return self.prepaid_plan if is_prepaid(stay) else self.plan


@transaction.atomic
def hotel_furnish(
    stays: Sequence[ImportedStay],
    *,
    code: str = "",
    business_date: date | None = None,
    has_money: bool = False,
) -> ReplayHotel:
    """Make a property of its own for a history.

    The file names no capacity: each type gets as many rooms as were ever on the books for one of its nights at one
    time, and as many more as it ever had day guests at once, whose rooms are empty in their hours. Every price is
    given by hand, so the plans have none.

    Args:
        stays: the history; at least one.
        code: of the property; REPLAY-1, REPLAY-2 … when empty, the next free one.
        business_date: the first open day; the day of the first booking when None.
        has_money: with the taxes and policies of ``terms``; else a stay costs its recorded price and nothing more.

    Raises:
        InvalidInput: the file has no stay, or the code is taken.
    """
    if not stays:
        raise InvalidInput("There is no stay to replay between these dates.", code="history_empty")
    opens = business_date or min(booked_on(stay) for stay in stays)
    first = min(stay.arrival for stay in stays)
    past = max(stay.nights[-1] for stay in stays) + timedelta(days=1)
    place = _place(code, opens)
    rooms = rooms_needed(stays)
    types = {name: _type(place, name, rooms, stays) for name in sorted({stay.room_type for stay in stays})}
    _rooms(place, types, rooms, min(first, opens) - timedelta(days=1))  # a room opens at check-in time
    inventory_open(place=place, since=first, until=past)
    terms = terms_agree(place) if has_money else NO_TERMS
    plan, prepaid_plan, day_plan = (
        plan_create(
            place=place,
            contents=PlanContents(values={"code": code, "name": name, **values}, room_types=types.values()),
        )
        for code, name, values in (
            ("REC", "As recorded", terms.flexible),
            ("NRF", "As recorded, not refundable", terms.prepaid),
            ("DAY", "Day use as recorded", {**terms.flexible, "day_use_hours": DAY_USE_HOURS}),
        )
    )
    return ReplayHotel(place, types, plan, prepaid_plan, day_plan)


def _place(code: str, opens: date) -> Property:
    if code and Property.objects.filter(code=code).exists():
        raise InvalidInput(f"There is a property {code} already: a replay makes its own.", code="code_taken")
    if not code:
        taken = set(Property.objects.filter(code__startswith=f"{CHAIN}-").values_list("code", flat=True))
        code = next(name for number in range(1, len(taken) + 2) if (name := f"{CHAIN}-{number}") not in taken)
    chain = Chain.objects.filter(code=CHAIN).first() or chain_create(code=CHAIN, name="Replayed histories")
    values = {
        "code": code,
        "name": f"Replay {code}",
        "time_zone": ZONE,
        "currency": CURRENCY,
        "country": COUNTRY,
    }
    return property_create(chain=chain, values=values, business_date=opens)


def _type(
    place: Property, name: str, rooms: dict[tuple[str, bool], int], stays: Sequence[ImportedStay]
) -> RoomType:
    """One more adult than the largest party: a change may add one."""
    own = [stay for stay in stays if stay.room_type == name]
    adults = max(stay.adults for stay in own) + 1
    children = max(stay.children + stay.infants for stay in own)
    values = {
        "code": name,
        "name": f"Type {name}",
        "standard_occupancy": min(2, adults),
        "max_occupancy": adults + children,
        "max_adults": adults,
        "max_children": children,
        "day_use_limit": rooms.get((name, True), 0),
    }
    return room_type_create(place=place, contents=RoomTypeContents(values=values))


def _rooms(
    place: Property, types: dict[str, RoomType], rooms: dict[tuple[str, bool], int], opened_on: date
) -> None:
    """In bulk and before any night is open, so that nothing has to be recounted."""
    Room.objects.bulk_create(
        Room(property=place, room_type=room_type, number=f"{name}{number:03}", opened_on=opened_on)
        for name, room_type in types.items()
        for number in range(1, rooms.get((name, False), 0) + rooms.get((name, True), 0) + 1)
    )
