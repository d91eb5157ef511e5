"""The demo's bookings: two years of history and what is on the books, taken over as from another system."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.money import quantum
from hotel.guests.domain.demo import people
from hotel.properties.models import Property
from hotel.properties.services.demo import demo_places
from hotel.rates.domain.parties import Party
from hotel.rates.domain.pricing import chain_prices, party_price, row_for
from hotel.rates.selectors.sheets import SheetQuery, rate_sheet
from hotel.reservations.domain.demo import DEMANDS, Guest, Price, Shelf, TypeRoom, World, bookings
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import rooms_assign_due, rooms_plan
from hotel.reservations.services.demo_live import SALES, live_seed
from hotel.reservations.services.imports import stays_import
from hotel.reservations.services.occupancies import assignment_make
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import night_counts, vectors

DAYS_BACK, DAYS_AHEAD = 730, 420
ROOMED_DAYS = 3
# Guests per booking: the others come back.
FRESH = 0.55
PEOPLE_SEED = 2


@dataclass(frozen=True)
class TodayDone:
    """What a day's business made: bookings, and stays with a room of their own."""

    bookings: int
    roomed: int


def demo_seed(
    *, say: Callable[[str], None], days_back: int = DAYS_BACK, days_ahead: int = DAYS_AHEAD
) -> None:
    """Fill both houses with bookings. Repeatable: a house that has some is left alone.

    The past, the guests in house and what was booked before the first business date are taken over in bulk, with
    their own booking days.

    Args:
        say: prints progress.
        days_back: how far the history goes back.
        days_ahead: how far ahead is booked.
    """
    for place in demo_places():
        if not Reservation.objects.at(place.pk).exists():
            with transaction.atomic():
                imported, roomed = _taken_over(place, days_back, days_ahead), _rooms_of_guests(place)
            say(f"{place.code}: {imported} bookings taken over, {roomed} rooms in house")


def demo_today(*, place: Property, sales: int = SALES) -> TodayDone:
    """Do today's business (options, groups, waiting list …) by the services people use. Repeatable.

    Args:
        place: at its business date of today.
        sales: bookings that people try to make.
    """
    made = live_seed(place=place, sales=sales)
    clerk = User.objects.filter(role_assignments__role__code="reservations", is_machine=False).first()
    plan = rooms_assign_due(place=place, days=ROOMED_DAYS, actor=clerk)
    return TodayDone(made, len(plan.moves))


def _taken_over(place: Property, days_back: int, days_ahead: int) -> int:
    """Import the stays around the business date. Returns how many."""
    first = place.business_date - timedelta(days=days_back)
    last = place.business_date + timedelta(days=days_ahead)
    stays = bookings(
        DEMANDS[place.code],
        _world(place, first, last),
        _shelf(place, first, last),
        first=first,
        last=last,
        seed=place.code,
    )
    return stays_import(place=place, stays=stays).imported


def _rooms_of_guests(place: Property) -> int:
    """Give a room to each guest in house who has none. Returns how many."""
    here = Reservation.objects.at(place.pk).with_parts().in_house().filter(assignments=None)
    plan = rooms_plan(place=place, reservations=here.order_by("arrival", "pk"))
    for move in plan.moves:
        assignment_make(
            reservation=move.reservation, room=move.to_room, first=move.arrival, last=move.departure
        )
    return len(plan.moves)


def _world(place: Property, first: date, last: date) -> World:
    demand = DEMANDS[place.code]
    count = int(FRESH * demand.arrivals * (last - first).days)
    persons = people(place.code, max(count, 1), born_before=place.business_date, seed=PEOPLE_SEED)
    types = RoomType.objects.at(place.pk).values_list("code", "max_adults", "max_children", "max_occupancy")
    return World(
        today=place.business_date,
        rooms={code: TypeRoom(adults, children, most) for code, adults, children, most in types},
        guests=[
            Guest(one.first_name, one.last_name, one.email, one.phone, one.nationality) for one in persons
        ],
        price=_prices(place, first, last),
        quantum=quantum(str(place.currency)),
    )


def _prices(place: Property, first: date, last: date) -> Price:
    """The price of a night by plan and type as the plans say it now, all inclusive taxes inside."""
    sheet = rate_sheet(SheetQuery(place=place, first=first, last=last + timedelta(days=60)))
    plans = {plan.code: plan for plan in sheet.plans.values()}
    ids = dict(RoomType.objects.at(place.pk).values_list("code", "pk"))
    unit = quantum(sheet.currency)

    @cache
    def price(type_code: str, plan_code: str, night: date, adults: int) -> Decimal:
        chain = sheet.lineage(plans[plan_code].id)[::-1]
        row = row_for(sheet.prices[chain[0].id, ids[type_code]], night)
        if row is None:
            raise LookupError(f"{plan_code} has no price for {type_code} on {night}.")
        party = Party(adults, (), ())
        return chain_prices(party_price(row, sheet.types[ids[type_code]], party), chain, unit)[-1].shown

    return price


def _shelf(place: Property, first: date, last: date) -> Shelf:
    """What the rooms allow on each night; overbooking is for people to decide."""
    codes: dict[int | None, str] = {None: "", **dict(RoomType.objects.at(place.pk).values_list("pk", "code"))}
    counts = night_counts(place.pk, first, last + timedelta(days=60))
    return Shelf(
        free={(codes[row.room_type_id], row.night): row.capacity - row.out_of_order for row in counts},
        takes={
            codes[type_id]: {codes[counter]: quantity for counter, quantity in vector.items()}
            for type_id, vector in vectors(place.pk).items()
        },
    )
