"""Hotels full of guests for the night audit, next to the generated ones; booked by the service, in house by SQL."""

from datetime import time, timedelta
from decimal import Decimal
from typing import Any

from moneyed import Money

from benchmarks.generate import OPENED, plan_make
from benchmarks.sizes import TODAY

ROOMS = (50, 200, 800)
NIGHTS = 5  # of each stay: the audit is run on the first ones


def houses() -> dict[int, Any]:
    """One full hotel of each size, by its rooms."""
    from hotel.properties.models import Chain

    chain = Chain.objects.get(code="BENCH")
    return {rooms: house(chain, rooms) for rooms in ROOMS}


def house(chain: Any, rooms: int) -> Any:
    """A hotel with a guest of the chain in each room, who came today; contained VAT, and a city tax per night."""
    from hotel.properties.services.properties import property_create
    from hotel.rates.models import TaxRule
    from hotel.rooms.models import Room
    from hotel.rooms.services.inventory import inventory_open
    from hotel.rooms.services.room_types import RoomTypeContents, room_type_create

    values = {
        "code": f"F{rooms:03}", "name": f"Full {rooms}", "time_zone": "Europe/Vienna", "currency": "EUR",
        "country": "AT",
    }  # fmt: skip
    place = property_create(chain=chain, values=values, business_date=TODAY)
    double = {"code": "DBL", "name": "Double", "max_occupancy": 2, "max_adults": 2}
    room_type = room_type_create(place=place, contents=RoomTypeContents(values=double))
    Room.objects.bulk_create(
        Room(property=place, room_type=room_type, number=str(1000 + n), opened_on=OPENED)
        for n in range(rooms)
    )
    plan_make(place)
    inventory_open(place=place, until=TODAY + timedelta(days=2 * NIGHTS))
    common = {"property": place, "valid_from": OPENED}
    TaxRule.objects.create(
        **common, code="VAT", name="VAT", method="percent", rate=Decimal("0.10"), groups=["room"]
    )
    TaxRule.objects.create(
        **common, code="CITY", name="City tax", method="per_person_night", amount=Money(2, "EUR"),
        is_inclusive=False,
    )  # fmt: skip
    _book(place, room_type, rooms)
    _come(place)
    return place


def _book(place: Any, room_type: Any, rooms: int) -> None:
    from hotel.guests.models import Guest
    from hotel.rates.domain.quotes import Occupancy
    from hotel.rates.models import RatePlan
    from hotel.reservations.services.booking_data import BookingData, ReservationData
    from hotel.reservations.services.bookings import booking_create

    stay = ReservationData(
        room_type=room_type, rate_plan=RatePlan.objects.at(place.pk).get(), arrival=TODAY,
        departure=TODAY + timedelta(days=NIGHTS), occupancy=Occupancy(adults=2),
    )  # fmt: skip
    for guest in Guest.objects.filter(chain=place.chain).order_by("pk")[:rooms]:
        booking_create(place=place, data=BookingData(reservations=(stay,), booker=guest), actor=None)


def _come(place: Any) -> None:
    """All guests at once: what their check-in leaves behind, but for the folio and the change log."""
    from django.db import connection

    from hotel.properties.business_date import local_instant

    values = {
        "place": place.pk,
        "start": local_instant(place, TODAY, time(15)),
        "end": local_instant(place, TODAY + timedelta(days=NIGHTS), time(11)),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH stay AS (
                SELECT id, arrival, departure, row_number() OVER (ORDER BY id) AS nth
                  FROM reservations_reservation WHERE property_id = %(place)s
            ), room AS (
                SELECT id, row_number() OVER (ORDER BY id) AS nth FROM rooms_room WHERE property_id = %(place)s
            ), claim AS (
                INSERT INTO rooms_roomoccupancy (property_id, room_id, during, kind, created_at, updated_at)
                SELECT %(place)s, id, tstzrange(%(start)s, %(end)s), 'stay', now(), now() FROM room
                RETURNING id, room_id
            )
            INSERT INTO reservations_roomassignment (property_id, reservation_id, room_id, arrival, departure,
                                                     occupancy_id, is_locked, created_at, updated_at)
            SELECT %(place)s, stay.id, room.id, arrival, departure, claim.id, false, now(), now()
              FROM stay JOIN room USING (nth) JOIN claim ON claim.room_id = room.id
            """,
            values,
        )
        cursor.execute(
            "UPDATE reservations_reservation SET status = 'in_house' WHERE property_id = %(place)s", values
        )
