"""Makes the generated databases: structure by the services, the mass of reservations by SQL; always the same.

Run as ``python -m benchmarks.generate base`` on an empty database, or ``… <size>`` on a copy of the base.
"""

import sys
import time
from collections.abc import Iterable
from datetime import date, timedelta

import django
from django.db import connection, transaction
from moneyed import Money

from benchmarks.sizes import BUSY, FREE_FROM, OPEN_DAYS, PROPERTIES, SIZES, TODAY, Size
from hotel.properties.tenancy import EVERYTHING, narrow

OPENED = date(2015, 1, 1)
TYPES = (("STD", 24, 2), ("SUP", 16, 2), ("DLX", 12, 3), ("FAM", 6, 4), ("SUI", 2, 4))
SETTINGS = {
    "statement_timeout": "0",
    "lock_timeout": "0",
    "work_mem": "256MB",
    "maintenance_work_mem": "512MB",
}
MASS = (
    "guests_guest", "guests_profileatproperty", "reservations_booking", "reservations_reservation",
    "reservations_reservationnight", "reservations_reservationguest", "reservations_reservationchange",
    "reservations_roomassignment", "rooms_roomoccupancy", "core_outboxmessage",
)  # fmt: skip


def generate(what: str) -> None:
    """The base, or the mass of one size on top of it."""
    settings_apply()
    if what == "base":
        base()
    else:
        fill(SIZES[what])


def settings_apply() -> None:
    """No limits and more memory for this connection."""
    with connection.cursor() as cursor:
        for name, value in SETTINGS.items():
            cursor.execute("SELECT set_config(%s, %s, false)", [name, value])


def base() -> None:
    """Tables and hotels, without a reservation."""
    from django.core.management import call_command

    step("migrations", lambda: call_command("migrate", verbosity=0))
    step("hotels", hotels)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE core_outboxmessage CASCADE")


def fill(size: Size) -> None:
    """Reservations, then indexes, counters and statistics."""
    from benchmarks import mass

    step("prices", prices)
    with transaction.atomic():
        saved = step("indexes dropped", indexes_drop, MASS)
        with connection.cursor() as cursor:  # nobody made these rows, so the trail has nothing to say of them
            guards(cursor, MASS, "DISABLE")
            mass.load(size, step)
            guards(cursor, MASS, "ENABLE")
        step("indexes made again", indexes_make, saved)
    step("counters", counters)
    with connection.cursor() as cursor:
        step("vacuum and analyze", cursor.execute, "VACUUM (ANALYZE, FREEZE)")


def step(name: str, function, *values, to=None):
    """Run one step and say, on the output unless told, how long it took."""
    started = time.monotonic()
    result = function(*values)
    print(f"  {name}: {time.monotonic() - started:.1f} s", file=to, flush=True)
    return result


def hotels() -> None:
    """One chain of hotels with 60 rooms of five types, each with a machine user.

    The busy ones have all the demo's plans, prices, rules and taxes; the others one plan, so that they can be booked.
    """
    from hotel.accounts.models import User
    from hotel.accounts.services.roles import role_assign, roles_seed
    from hotel.properties.services.properties import chain_create, property_create
    from hotel.rates.services.demo import demo_seed

    chain = chain_create(code="BENCH", name="Bench Hotels")
    places = []
    for number in range(1, PROPERTIES + 1):
        values = {
            "code": f"B{number:02}", "name": f"Bench {number}", "time_zone": "Europe/Vienna", "currency": "EUR",
            "country": "AT",
        }  # fmt: skip
        places.append(property_create(chain=chain, values=values, business_date=TODAY))
        if number <= BUSY:
            rooms_make(places[-1])
    demo_seed(say=lambda text: None)
    for place in places[BUSY:]:
        rooms_make(place)
        plan_make(place)
    roles = roles_seed(chain=chain)
    for place in places[:BUSY]:
        user = User.objects.create_user(username=f"desk-{place.code}", chain=chain, is_staff=True)
        role_assign(user=user, role=roles["general_manager"], place=place)


def plan_make(place) -> None:
    """One plan with one price per type."""
    from hotel.rates.models import RatePlan, RatePlanRoomType, RatePrice
    from hotel.rooms.models import RoomType

    plan = RatePlan.objects.create(property=place, code="BAR", name="Best flexible rate")
    for room_type in RoomType.objects.at(place.pk):
        RatePlanRoomType.objects.create(property=place, rate_plan=plan, room_type=room_type)
        RatePrice.objects.create(
            property=place, rate_plan=plan, room_type=room_type, weekdays=127, amount=Money(120, "EUR")
        )


def rooms_make(place) -> None:
    """Sixty rooms, open since long ago."""
    from hotel.rooms.models import Room
    from hotel.rooms.services.room_types import RoomTypeContents, room_type_create

    number = 100
    for position, (code, count, adults) in enumerate(TYPES):
        values = {
            "code": code, "name": code.title(), "sort_order": position, "max_occupancy": adults, "max_adults": adults,
            "max_children": adults - 1,
        }  # fmt: skip
        room_type = room_type_create(place=place, contents=RoomTypeContents(values=values))
        Room.objects.bulk_create(
            Room(property=place, room_type=room_type, number=str(number + n), opened_on=OPENED)
            for n in range(count)
        )
        number += count


def prices() -> None:
    """What one night of each type costs, as a real quote of the first hotel says; the same in all hotels."""
    from psycopg.types.json import Jsonb

    from hotel.rates.domain.quotes import Occupancy, night_price_dump
    from hotel.rates.models import RatePlan
    from hotel.rates.selectors.quotes import QuoteRequest, quote_stay
    from hotel.rooms.models import RoomType

    plan = RatePlan.objects.select_related("property").filter(code="BAR").order_by("property").first()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMP TABLE quoted"
            " (code text, net numeric, gross numeric, total numeric, detail jsonb, policies jsonb)"
        )
        for room_type in RoomType.objects.at(plan.property_id):
            quote = quote_stay(
                QuoteRequest(
                    place=plan.property, rate_plan=plan, room_type=room_type, arrival=TODAY + timedelta(days=1),
                    departure=TODAY + timedelta(days=2), occupancy=Occupancy(adults=2), booked_on=TODAY,
                )
            )  # fmt: skip
            [night] = quote.nights
            amounts = [night.room_net.amount, night.room_gross.amount, night.total.amount]
            documents = [Jsonb(night_price_dump(night)), Jsonb(quote.policies)]
            cursor.execute(
                "INSERT INTO quoted VALUES (%s, %s, %s, %s, %s, %s)", [room_type.code, *amounts, *documents]
            )
        cursor.execute(
            """
            CREATE TEMP TABLE price AS
            SELECT type.property_id, type.id AS room_type_id, plan.id AS rate_plan_id, net, gross, total, policies,
                   detail || jsonb_build_object('room_type_id', type.id, 'rate_plan_id', plan.id) AS detail
              FROM rooms_roomtype AS type JOIN quoted USING (code)
              JOIN rates_rateplan AS plan ON plan.property_id = type.property_id AND plan.code = 'BAR'
            """
        )


def indexes_drop(tables) -> list[tuple[str, str]]:
    """Drop foreign keys of tables that are filled and those that lead to them, other constraints, then indexes.

    Returns:
        Names and the statements that make them again, foreign keys last.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = ANY (%s::regclass[]) AND contype IN ('u', 'x')"
            "    OR (conrelid = ANY (%s::regclass[]) OR confrelid = ANY (%s::regclass[])) AND contype = 'f'"
            " ORDER BY contype = 'f' DESC, oid",
            [list(tables)] * 3,
        )
        constraints = cursor.fetchall()
        for table, name, _ in constraints:
            cursor.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"')
        cursor.execute(
            "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index"
            " WHERE indrelid = ANY (%s::regclass[]) AND NOT indisprimary ORDER BY indexrelid",
            [list(tables)],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
    made = [(name, definition) for name, definition in indexes]
    foreign_last = reversed(constraints)
    return made + [
        (name, f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {text}') for table, name, text in foreign_last
    ]


def guards(cursor, tables: Iterable[str], what: str) -> None:
    """Turn the triggers of tables, but those of foreign keys, off (``DISABLE``) or on (``ENABLE``)."""
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} {what} TRIGGER USER")


def indexes_make(saved: list[tuple[str, str]]) -> None:
    """Make them again; foreign keys come last and are checked row by row."""
    with connection.cursor() as cursor:
        for _, statement in saved:
            cursor.execute(statement)


@transaction.atomic
def counters() -> None:
    """Open the nights by the function, then count what is sold in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rooms_inventory_open(property_id, least(min(arrival), %s), %s, 0)"
            "  FROM reservations_reservation GROUP BY property_id",
            [TODAY, TODAY + timedelta(days=OPEN_DAYS)],
        )
        cursor.execute("SELECT set_config('auberge.inventory_writer', 'on', true)")
        cursor.execute(
            """
            UPDATE rooms_inventorynight AS counter SET sold = used.rooms
              FROM (SELECT night.property_id, coalesce(night.room_type_id, 0) AS counter, night.night,
                           count(*) AS rooms
                      FROM reservations_reservationnight AS night
                      JOIN reservations_reservation AS stay ON stay.id = night.reservation_id
                     WHERE stay.status IN ('confirmed', 'in_house', 'checked_out')
                     GROUP BY GROUPING SETS ((1, night.room_type_id, 3), (1, 3))) AS used
             WHERE counter.property_id = used.property_id AND counter.night = used.night
               AND coalesce(counter.room_type_id, 0) = used.counter
            """
        )
        cursor.execute(
            "UPDATE rooms_inventorynight SET overbooking = 1000000 WHERE night >= %s",
            [TODAY + timedelta(days=FREE_FROM)],
        )


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    generate(sys.argv[1])
