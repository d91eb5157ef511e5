"""The demo's demand: who books which house when, for how long, and what becomes of it; same seed, same bookings.

The figures are invented after the manner of such houses: business in the middle of the week and weekends in the
city; weekends, summer and holidays at the sea; every fourth or fifth booking is cancelled.
"""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar

from hotel.reservations.domain.imported import ImportedStay
from hotel.reservations.domain.stays import nights_between

Price = Callable[[str, str, date, int], Decimal]
T = TypeVar("T")
LONGEST_LEAD = 420


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A kind of business.

    Attributes:
        weight: its part of all bookings.
        lead_days: between booking and arrival, on average.
        nights: length of stay to weight.
        plans: rate plan code to weight.
        cancelled, missed: shares 0–1 of its bookings.
        single: share 0–1 of stays with one adult.
        accounts: codes of companies or agents that book it.
    """

    channel: str
    market: str
    weight: int
    lead_days: int
    nights: Mapping[int, int]
    plans: Mapping[str, int]
    cancelled: float
    missed: float = 0.01
    single: float = 0.2
    companies: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Demand:
    """The demand for one house.

    Attributes:
        arrivals: a day, on average over the year.
        months: January to December, factors around 1.
        weekdays: of the arrival, Monday to Sunday, factors around 1.
        types: room type code to weight.
        families: share 0–1 of stays with children, where the type takes them.
    """

    arrivals: float
    months: tuple[float, ...]
    weekdays: tuple[float, ...]
    segments: tuple[Segment, ...]
    types: Mapping[str, int]
    families: float


@dataclass(frozen=True)
class TypeRoom:
    """How many guests a type takes."""

    adults: int
    children: int
    persons: int


@dataclass
class Shelf:
    """The rooms left.

    Attributes:
        free: counter (a type code, or empty for the house) and night to rooms.
        takes: type code to what one room of it takes from which counter.
    """

    free: dict[tuple[str, date], int]
    takes: Mapping[str, Mapping[str, int]]

    def take(self, type_code: str, nights: Sequence[date]) -> bool:
        """Take one room on all nights, or nothing; whether it was taken."""
        wanted = [
            (counter, night, count) for counter, count in self.takes[type_code].items() for night in nights
        ]
        if any(self.free.get((counter, night), 0) < count for counter, night, count in wanted):
            return False
        for counter, night, count in wanted:
            self.free[counter, night] -= count
        return True


@dataclass(frozen=True)
class Guest:
    """Who stays; ``email`` finds the same guest again."""

    first_name: str
    last_name: str
    email: str
    phone: str
    country: str


_LEISURE = {1: 12, 2: 30, 3: 28, 4: 16, 5: 8, 7: 6}
_BUSINESS = {1: 32, 2: 34, 3: 22, 4: 12}
CITY = Demand(
    arrivals=8.6,
    months=(0.72, 0.76, 0.92, 1.04, 1.16, 1.14, 1.05, 1.06, 1.18, 1.08, 0.86, 1.1),
    weekdays=(1.05, 1.05, 1.0, 1.05, 1.3, 1.0, 0.6),
    families=0.12,
    types={"SAVER": 14, "STD": 34, "SUP": 24, "DLX": 15, "JSU": 8, "FAM": 3},
    segments=(
        Segment(
            channel="roomfinder",
            market="ota",
            weight=36,
            lead_days=34,
            nights=_LEISURE,
            plans={"BAR": 5, "NRF": 3, "SEMI": 2},
            cancelled=0.27,
            missed=0.02,
        ),
        Segment(
            channel="staynow",
            market="ota",
            weight=10,
            lead_days=26,
            nights=_LEISURE,
            plans={"BAR": 6, "NRF": 4},
            cancelled=0.25,
            missed=0.02,
        ),
        Segment(
            channel="web",
            market="leisure",
            weight=20,
            lead_days=38,
            nights=_LEISURE,
            plans={"BAR": 5, "BB": 3, "SEMI": 2},
            cancelled=0.16,
        ),
        Segment(
            channel="direct",
            market="leisure",
            weight=10,
            lead_days=16,
            nights=_LEISURE,
            plans={"BAR": 6, "BB": 4},
            cancelled=0.1,
        ),
        Segment(
            channel="direct",
            market="corporate",
            weight=18,
            lead_days=11,
            nights=_BUSINESS,
            plans={"CORP": 1},
            cancelled=0.12,
            single=0.8,
            companies=("DONAU", "ALPEN", "NORDWIND"),
        ),
        Segment(
            channel="agent",
            market="leisure",
            weight=6,
            lead_days=64,
            nights={2: 3, 3: 5, 4: 2},
            plans={"BB": 1},
            cancelled=0.14,
            agents=("WANDER",),
        ),
    ),
)
RESORT = Demand(
    arrivals=4.8,
    months=(1.1, 0.7, 0.95, 1.08, 1.15, 0.75, 1.2, 1.35, 0.95, 1.0, 0.92, 0.9),
    weekdays=(0.75, 0.75, 0.8, 0.9, 1.55, 1.6, 0.65),
    families=0.3,
    types={"SAVER": 10, "GDN": 34, "OCN": 28, "TAT": 18, "VIL": 9, "RES": 1},
    segments=(
        Segment(
            channel="staynow",
            market="ota",
            weight=34,
            lead_days=40,
            nights={1: 14, 2: 40, 3: 26, 4: 10, 5: 6, 7: 4},
            plans={"BAR": 6, "SEMI": 2, "NRF": 2},
            cancelled=0.24,
            missed=0.01,
        ),
        Segment(
            channel="web",
            market="leisure",
            weight=34,
            lead_days=48,
            nights={1: 10, 2: 38, 3: 28, 4: 14, 7: 10},
            plans={"BB": 6, "BAR": 3, "SEMI": 1},
            cancelled=0.16,
        ),
        Segment(
            channel="direct",
            market="leisure",
            weight=18,
            lead_days=22,
            nights={1: 20, 2: 44, 3: 26, 7: 10},
            plans={"BB": 7, "BAR": 3},
            cancelled=0.09,
        ),
        Segment(
            channel="agent",
            market="leisure",
            weight=14,
            lead_days=75,
            nights={2: 5, 3: 4, 4: 2, 7: 2},
            plans={"BB": 1},
            cancelled=0.13,
            agents=("SUNRISE",),
        ),
    ),
)
DEMANDS: Mapping[str, Demand] = {"VIENNA": CITY, "IZU": RESORT}


@dataclass(frozen=True, kw_only=True)
class World:
    """What the demand meets: a house, its guests and its prices, and the day up to which all is known.

    Attributes:
        today: the open business date; nobody booked after it.
        rooms: type code to how many guests it takes.
        guests: who stays; some come back.
        price: of type, plan, night and adults, all inclusive.
        quantum: smallest unit that a stay's total is rounded to.
    """

    today: date
    rooms: Mapping[str, TypeRoom]
    guests: Sequence[Guest]
    price: Price
    quantum: Decimal


def bookings(
    demand: Demand, world: World, shelf: Shelf, *, first: date, last: date, seed: str
) -> Iterator[ImportedStay]:
    """All stays that arrive on the days [first, last] and were booked by today, in order of arrival.

    What is over has ended: checked out, cancelled or missed. Who came before today and leaves today or later is in
    house; who comes later is confirmed. A stay that finds no room on the shelf was never booked.

    Yields:
        Stays with numbers that are the same for the same seed.
    """
    dice = random.Random(seed)  # noqa: S311  (believable, not secret)
    weights = [segment.weight for segment in demand.segments]
    number = 0
    for step in range((last - first).days + 1):
        arrival = first + timedelta(days=step)
        expected = demand.arrivals * demand.months[arrival.month - 1] * demand.weekdays[arrival.weekday()]
        # Cancelled stays come on top of those that are slept.
        for _ in range(max(0, round(dice.gauss(1.22 * expected, expected**0.5)))):
            (segment,) = dice.choices(demand.segments, weights)
            lead = min(int(dice.expovariate(1 / segment.lead_days)), LONGEST_LEAD)
            number += 1
            stay = _stay(dice, demand, segment, world, shelf, arrival, lead)
            if stay is not None:
                yield replace(stay, line=number, external_id=f"{seed}-{number:06}")


def _stay(
    dice: random.Random,
    demand: Demand,
    segment: Segment,
    world: World,
    shelf: Shelf,
    arrival: date,
    lead: int,
) -> ImportedStay | None:
    booked_on = arrival - timedelta(days=lead)
    type_code = _drawn(dice, demand.types)
    plan = _drawn(dice, segment.plans)
    nights = nights_between(arrival, arrival + timedelta(days=_drawn(dice, segment.nights)))
    guest = world.guests[int(len(world.guests) * dice.random() ** 1.4)]
    adults, children = _party(dice, demand, segment, world.rooms[type_code])
    status, ended_on = _outcome(dice, segment, booked_on, nights, world.today)
    company = dice.choice(segment.companies) if segment.companies else ""
    agent = dice.choice(segment.agents) if segment.agents else ""
    if booked_on > world.today:
        return None
    if status not in ("cancelled", "no_show") and not shelf.take(type_code, nights):
        return None
    rates = [world.price(type_code, plan, night, adults) for night in nights]
    # Prices move with the day they are sold on, a few per cent around what the plan says today.
    total = sum(rates, Decimal(0)) * Decimal(dice.randrange(93, 106)) / 100
    return ImportedStay(
        line=0,
        status=status,
        arrival=arrival,
        departure=nights[-1] + timedelta(days=1),
        booked_on=booked_on,
        ended_on=ended_on,
        room_type=type_code,
        rate_plan=plan,
        adults=adults,
        children=children,
        total=(total / world.quantum).quantize(Decimal(1)) * world.quantum,
        texts={
            **asdict(guest),
            "channel": segment.channel,
            "market": segment.market,
            "company": company,
            "agent": agent,
        },
    )


def _outcome(
    dice: random.Random, segment: Segment, booked_on: date, nights: Sequence[date], today: date
) -> tuple[str, date | None]:
    """What became of a booking by today, and the day it ended on, if it has."""
    arrival, departure = nights[0], nights[-1] + timedelta(days=1)
    fate, when = dice.random(), dice.random()
    # Many think again soon after booking, as many shortly before the arrival.
    cancelled_on = booked_on + timedelta(days=int((arrival - booked_on).days * (3 * when**2 - 2 * when**3)))
    if fate < segment.cancelled and cancelled_on <= today:
        return "cancelled", cancelled_on
    if segment.cancelled <= fate < segment.cancelled + segment.missed and arrival < today:
        return "no_show", arrival
    if departure < today:
        return "checked_out", departure
    return ("in_house" if arrival < today else "confirmed"), None


def _party(dice: random.Random, demand: Demand, segment: Segment, room: TypeRoom) -> tuple[int, int]:
    adults = 1 if dice.random() < segment.single else min(2, room.adults)
    if room.adults > 2 and dice.random() < 0.35:
        adults = dice.randint(3, room.adults)
    wants = dice.random() < demand.families
    children = min(room.children, room.persons - adults, dice.choice((1, 1, 2))) if wants else 0
    return adults, max(children, 0)


def _drawn(dice: random.Random, weights: Mapping[T, int]) -> T:
    return dice.choices(list(weights), list(weights.values()))[0]
