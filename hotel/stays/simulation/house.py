"""A small hotel to be simulated: two room types, two plans with policies, taxes, one debtor, a clerk."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.accounts.services.users import user_create
from hotel.folios.models import CityAccount
from hotel.properties.models import Chain, Property
from hotel.properties.services.properties import chain_create, property_create
from hotel.rates.models import RatePlan
from hotel.rates.services.plans import PlanContents, plan_create
from hotel.rates.services.prices import PriceChange, prices_set
from hotel.rooms.models import Room, RoomType
from hotel.rooms.services.inventory import inventory_open
from hotel.rooms.services.room_types import RoomTypeContents, room_type_create
from hotel.stays.replay.terms import debtors_make, terms_agree

CHAIN = "SIM"
TYPES = {"SGL": (4, Decimal(80)), "DBL": (3, Decimal(120))}  # rooms, price
FIRST_DAY = date(2027, 3, 1)
LONGEST_STAY, LONGEST_LEAD = 5, 6


@dataclass(frozen=True)
class House:
    """The property and what is sold there."""

    place: Property
    types: list[RoomType]
    prices: dict[int, Decimal]
    plans: list[RatePlan]
    debtor: CityAccount
    clerk: User


@transaction.atomic
def house_build(code: str, days: int) -> House:
    """Make a hotel of its own that is open for so many days, with a clerk who may do everything by himself."""
    chain = Chain.objects.filter(code=CHAIN).first() or chain_create(code=CHAIN, name="Simulated hotels")
    values = {
        "code": code,
        "name": f"Hotel {code}",
        "time_zone": "Europe/Vienna",
        "currency": "EUR",
        "country": "AT",
    }
    place = property_create(chain=chain, values=values, business_date=FIRST_DAY)
    types, prices = [], {}
    for name, (rooms, price) in TYPES.items():
        columns = {"code": name, "name": name, "standard_occupancy": 2, "max_occupancy": 3, "max_adults": 2}
        room_type = room_type_create(
            place=place, contents=RoomTypeContents(values={**columns, "max_children": 1})
        )
        Room.objects.bulk_create(
            Room(
                property=place,
                room_type=room_type,
                number=f"{name}{number}",
                opened_on=FIRST_DAY - timedelta(days=1),
            )
            for number in range(1, rooms + 1)
        )
        types.append(room_type)
        prices[room_type.pk] = price
    inventory_open(
        place=place,
        since=FIRST_DAY,
        until=FIRST_DAY + timedelta(days=days + LONGEST_LEAD + 2 * LONGEST_STAY),
    )
    terms = terms_agree(place)
    plans = [
        plan_create(
            place=place,
            contents=PlanContents(values={"code": code, "name": code, **policies}, room_types=types),
        )
        for code, policies in (("FLEX", terms.flexible), ("NRF", terms.prepaid))
    ]
    for plan in plans:
        changes = [
            PriceChange(room_types=[row], amount=Money(prices[row.pk], place.currency)) for row in types
        ]
        prices_set(plan=plan, changes=changes)
    clerk = user_create(home=place, values={"username": f"{code}-clerk".lower()}, is_machine=True)
    return House(place, types, prices, plans, debtors_make(place, ["Company"])["Company"], clerk)
