"""Bookings by many processes: by the service, by a naive check-then-insert, by a bare psycopg program.

Run as ``python -m benchmarks.writers <writers> <seconds> <rounds>`` with the places of ``access`` on standard input;
prints one line of JSON: way of booking to its rounds, each bookings per second and CPU seconds per booking. Each round
runs every way once, so that whatever else the machine does meanwhile hits all alike.
"""

import json
import multiprocessing
import os
import random
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import django
import psycopg

from benchmarks.databases import RAW_OPTIONS
from benchmarks.requests import NIGHTS
from benchmarks.transaction import Written, day_range, learn, statements
from benchmarks.web import cpu_seconds, postgres_pid
from hotel.properties.tenancy import EVERYTHING, narrow

Places = list[dict[str, Any]]
WARM = 5  # bookings of each process before the clock starts
Book = Callable[[random.Random], None]


def service(places: Places) -> Book:
    """``booking_create`` as the API calls it: property, guest, type and plan are in the caller's hands."""
    from hotel.accounts.models import User
    from hotel.guests.models import Guest
    from hotel.properties.models import Property
    from hotel.rates.domain.quotes import Occupancy
    from hotel.rates.models import RatePlan
    from hotel.reservations.services.booking_data import BookingData, ReservationData
    from hotel.reservations.services.bookings import booking_create
    from hotel.rooms.models import RoomType

    known = [
        {
            "place": Property.objects.get(pk=place["property"]),
            "user": User.objects.get(pk=place["user"]),
            "guests": list(Guest.objects.filter(pk__in=place["guests"])),
            "types": list(RoomType.objects.filter(pk__in=place["room_types"])),
            "plan": RatePlan.objects.get(pk=place["rate_plan"]),
        }
        for place in places
    ]
    first, days = day_range()

    def book(dice: random.Random) -> None:
        house = dice.choice(known)
        day = first + timedelta(days=dice.randrange(days))
        stay = ReservationData(
            room_type=dice.choice(house["types"]), rate_plan=house["plan"], arrival=day,
            departure=day + timedelta(days=NIGHTS), occupancy=Occupancy(adults=2),
        )  # fmt: skip
        data = BookingData(reservations=(stay,), booker=dice.choice(house["guests"]))
        booking_create(place=house["place"], data=data, actor=house["user"])

    return book


def naive(places: Places) -> Book:
    """The same code and the same rows, but free rooms are counted from the nights sold, and nothing is locked."""
    from django.db.models import Count

    from hotel.reservations.choices import TAKES_INVENTORY
    from hotel.reservations.models import ReservationNight
    from hotel.reservations.services import commands
    from hotel.rooms.models import Room
    from hotel.rooms.services.inventory import RoomTypeSoldOut

    allowance = 1_000_000  # as the counters of these nights have it

    def check(*, property_id: int, moves: Any) -> None:
        for move in moves:
            rooms = Room.objects.at(property_id).filter(room_type=move.room_type_id, closed_on=None).count()
            sold = ReservationNight.objects.at(property_id).filter(
                night__gte=move.start, night__lt=move.end, room_type=move.room_type_id,
                reservation__status__in=TAKES_INVENTORY,
            )  # fmt: skip
            counts = (
                sold.order_by().values("night").annotate(rooms=Count("pk")).values_list("rooms", flat=True)
            )
            if max(counts, default=0) + move.quantity > rooms + allowance:
                raise RoomTypeSoldOut("Sold out.")

    book = service(places)

    def naively(dice: random.Random) -> None:
        kept, commands.inventory_move = commands.inventory_move, check
        try:
            book(dice)
        finally:
            commands.inventory_move = kept

    return naively


def bare(places: Places, written: list[Written], url: str) -> Book:
    """Psycopg alone with prepared statements: the rows that the service writes, in the same transaction."""
    names = {
        name: f"%({name})s::{kind}"
        for name, kind in (
            ("property", "bigint"), ("number", "text"), ("guest", "bigint"), ("user", "bigint"), ("type", "bigint"),
            ("booking", "bigint"), ("reservation", "bigint"), ("plan", "bigint"), ("day", "date"),
        )
    }  # fmt: skip
    escaped = [
        Written(
            row.table,
            row.columns,
            row.types,
            tuple(tuple(v and v.replace("%", "%%") for v in r) for r in row.rows),
        )
        for row in written
    ]
    steps = statements(escaped, names)
    connection = psycopg.connect(url, prepare_threshold=0, options=RAW_OPTIONS)
    first, days = day_range()

    def book(dice: random.Random) -> None:
        place = dice.choice(places)
        values = {
            "property": place["property"], "number": f"BARE-{secrets.token_hex(8)}",
            "guest": dice.choice(place["guests"]),
            "user": place["user"], "type": dice.choice(place["room_types"]), "plan": place["rate_plan"],
            "day": first + timedelta(days=dice.randrange(days)), "booking": None, "reservation": None,
        }  # fmt: skip
        with connection.transaction():
            for step in steps:
                cursor = connection.execute(step, values)
                if step.endswith("RETURNING id"):
                    name = "reservation" if values["booking"] else "booking"
                    values[name] = cursor.fetchone()[0]

    return book


def run(make: Callable[[], Book], writers: int, seconds: float, seed: int) -> tuple[float, float]:
    """So many processes that begin together: bookings per second, CPU seconds per booking (theirs and PostgreSQL's)."""
    context = multiprocessing.get_context("fork")
    barrier, counts = context.Barrier(writers + 1), context.Array("q", writers)

    def work(number: int) -> None:
        dice, book = random.Random(seed * 1000 + number), make()
        for _ in range(WARM):  # connects, and has its statements prepared
            book(dice)
        barrier.wait()
        past = time.perf_counter() + seconds
        while time.perf_counter() < past:
            book(dice)
            counts[number] += 1

    processes = [context.Process(target=work, args=(number,)) for number in range(writers)]
    for process in processes:
        process.start()
    barrier.wait(120)
    began, used = time.perf_counter(), cpu_seconds(os.getpid(), postgres_pid())
    for process in processes:
        process.join()
    failed = [process.exitcode for process in processes if process.exitcode]
    assert not failed, f"writers failed: {failed}"  # noqa: S101
    used, made = cpu_seconds(os.getpid(), postgres_pid()) - used, max(sum(counts), 1)
    return made / (time.perf_counter() - began), used / made


@contextmanager
def raw_connection() -> Iterator[psycopg.Connection]:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True, options=RAW_OPTIONS) as connection:
        yield connection


def learnt(places: Places) -> list[Written]:
    """Make one booking by the service and learn its rows."""
    with raw_connection() as connection:
        [(outbox,)] = connection.execute("SELECT coalesce(max(id), 0) FROM core_outboxmessage").fetchall()
        service(places)(random.Random(1))
        [(booking,)] = connection.execute("SELECT max(id) FROM reservations_booking").fetchall()
        return learn(connection, booking, outbox)


def sheets_warm(places: Places) -> None:
    """Read every rate sheet once before the writers are forked, as in a server that has run for a while."""
    from hotel.properties.models import Property
    from hotel.rates.selectors.kept_sheets import kept_rate_sheet
    from hotel.rates.selectors.sheets import SheetQuery

    first, days = day_range()
    for place in Property.objects.filter(pk__in=[place["property"] for place in places]):
        for step in range(days):
            day = first + timedelta(days=step)
            kept_rate_sheet(SheetQuery(place=place, first=day, last=day + timedelta(days=NIGHTS)))


def main(writers: int, seconds: float, rounds: int) -> None:
    from django.conf import settings
    from django.db import connections

    settings.OUTBOX_HINTS = False  # a message to the broker after the commit is no part of the transaction
    places = json.load(sys.stdin)
    written = learnt(places)
    sheets_warm(places)
    connections.close_all()
    url = os.environ["DATABASE_URL"]
    ways = {
        "service": lambda: service(places),
        "naive": lambda: naive(places),
        "bare": lambda: bare(places, written, url),
    }
    rates: dict[str, list[tuple[float, float]]] = {name: [] for name in ways}
    for number in range(rounds):
        for name, make in ways.items():
            rates[name].append(run(make, writers, seconds, number))
    json.dump(rates, sys.stdout)


if __name__ == "__main__":
    django.setup()
    narrow(EVERYTHING)
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]))
