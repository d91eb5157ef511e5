"""Hot questions find rows of big tables by the property, or by the key of a row already found, never by reading all."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hotel.core.clock import now
from hotel.reservations.models import Reservation
from hotel.reservations.selectors import front_desk
from hotel.reservations.selectors.releases import release_days
from hotel.reservations.services.assignment import room_assign
from hotel.reservations.services.offers import offers_end
from hotel.reservations.services.releases import unguaranteed_release
from hotel.reservations.services.waitlist import waitlist_offer, waitlist_work
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.structure import by_owner

BIG = {
    "reservations_booking",
    "reservations_reservation",
    "reservations_reservationnight",
    "reservations_waitlistoffer",
    "rooms_inventorynight",
    "rooms_roomoccupancy",
    "guests_guest",
    "guests_profileatproperty",
}
BY_KEY = {"id", "reservation_id", "booking_id", "guest_id", "room_id", "hold_id"}
ROWS = 1_000_000


@pytest.fixture
def house(cast):
    house = house_make(cast.alpha, doubles=8)
    stays = [house.reserve(0, nights, primary_guest=guest_make(cast.alpha)) for nights in range(1, 7)]
    # A table that has never had a row is empty for the planner, whatever it is told.
    room_assign(reservation=stays[0], room=house.rooms[0], actor=None)
    waitlist_offer(reservation=house.reserve(0, 1, status="waitlisted"), actor=None)
    return house


@pytest.fixture
def first_columns(house):
    """Index to its first column; the planner is told that the big tables have a million rows."""
    with by_owner(), connection.cursor() as cursor:
        if connection.pg_version < 180000:
            pytest.skip("needs the statistics functions of PostgreSQL 18")
        for table in {*BIG, "rooms_room"}:
            cursor.execute(
                "SELECT pg_restore_relation_stats('schemaname', 'public', 'relname', %s::text,"
                " 'relpages', 1::integer, 'reltuples', %s::real)",
                [table, ROWS],
            )
        cursor.execute(
            "SELECT indexrelid::regclass::text, attname FROM pg_index JOIN pg_attribute"
            " ON attrelid = indrelid AND attnum = indkey[0]"
        )
        return dict(cursor.fetchall())


def nodes(plan):
    yield plan
    for part in plan.get("Plans", ()):
        yield from nodes(part)


def faults(ask, first_columns):
    """What is read of big tables in another way; and which big tables were read at all."""
    with CaptureQueriesContext(connection) as captured:
        ask()
    found, seen = [], set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL enable_seqscan = off"
        )  # a test's tables are too small for an index otherwise
        # Nobody has looked at the values, so joins of whole tables would seem as good as look-ups by key.
        cursor.execute("SET LOCAL enable_mergejoin = off; SET LOCAL enable_hashjoin = off")
        for query in captured:
            if not query["sql"].lstrip().startswith("SELECT"):
                continue
            cursor.execute("EXPLAIN (FORMAT JSON) " + query["sql"].replace("%", "%%"), [])
            answer = cursor.fetchone()[0]
            plan = json.loads(answer) if isinstance(answer, str) else answer
            table = ""
            for node in nodes(plan[0]["Plan"]):
                table = node.get("Relation Name", table)
                if table not in BIG or node["Node Type"] == "Bitmap Heap Scan":
                    continue
                if "Index Name" in node:
                    column = first_columns.get(node["Index Name"])
                    if column not in {"property_id", *BY_KEY} or "Index Cond" not in node:
                        found.append((node["Index Name"], query["sql"][:200]))
                elif node["Node Type"] == "Seq Scan":
                    found.append((table, query["sql"][:200]))
                seen.add(table)
    return found, seen


def test_the_lists_of_a_day_are_found_by_the_property(house, first_columns):
    place, past = house.place.pk, TODAY + timedelta(days=14)
    for ask in (
        lambda: list(front_desk.arrivals(place, TODAY)),
        lambda: list(front_desk.departures(place, TODAY)),
        lambda: list(front_desk.in_house(place)),
        lambda: front_desk.day_figures(place, TODAY),
        lambda: front_desk.rack(place, TODAY, past),
    ):
        found, seen = faults(ask, first_columns)
        assert found == []
        assert "reservations_reservation" in seen


@pytest.mark.parametrize(
    ("path", "table"),
    [
        ("availability?property={place}&arrival={first}&departure={past}", "rooms_inventorynight"),
        ("quotes?property={place}&arrival={first}&departure={past}&adults=2", "rooms_inventorynight"),
        ("reservations?property={place}&arrival={first}&status=confirmed", "reservations_reservation"),
        ("guests?property={place}&search=gus", "guests_guest"),
    ],
)
def test_hot_requests_find_their_rows_by_the_property(cast, house, api, first_columns, path, table):
    client = api(cast.ada)
    url = "/api/v1/" + path.format(place=house.place.pk, first=TODAY, past=TODAY + timedelta(days=14))
    assert client.get(url).status_code == 200
    found, seen = faults(lambda: client.get(url), first_columns)
    assert found == []
    assert table in seen


def test_offers_to_those_who_wait_are_found_by_the_property(house, first_columns):
    row = house.reserve(0, 1, status="waitlisted")
    for ask in (lambda: offers_end(row), lambda: waitlist_work(place=house.place)):
        found, seen = faults(ask, first_columns)
        assert found == []
        assert "reservations_waitlistoffer" in seen


def test_arrivals_to_let_go_are_found_by_the_property(house, first_columns):
    house.reserve(0, 1, guarantee="hold_6pm")
    with time_machine.travel(datetime(2027, 3, 14, 20, tzinfo=UTC), tick=False):
        for ask in (
            lambda: release_days(house.place, now()),
            lambda: unguaranteed_release(place=house.place),
        ):
            found, seen = faults(ask, first_columns)
            assert found == []
            assert "reservations_reservation" in seen


def test_a_question_without_the_property_is_caught(house, first_columns):
    found, seen = faults(lambda: list(Reservation.objects.filter(adults=2).order_by()), first_columns)
    assert seen == {"reservations_reservation"}
    assert found
