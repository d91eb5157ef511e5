"""What the hot requests of a machine cost: exact numbers of statements, rate sheets warm, savepoints left out."""

import re
from datetime import timedelta

import pytest
from rest_framework.test import APIClient

from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.properties.scoping import codename
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.api.bodies import booking_body, day, stay_body

RIGHTS = {codename(verb, area) for verb, area in (("view", "reservations"), ("manage", "reservations"))}
NAMED = re.compile(r"(?:FROM|INTO|UPDATE)\s+([a-z]+_\w+)|SELECT\s+((?!jsonb_)[a-z]+_\w+)(?=[(.])")
VIEWS = {codename("view", area) for area in ("guests", "rooms", "rates")}


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def machine(stage):
    """A client that signs in with a token, as channels do."""
    token = token_issue(
        user=stage.person(RIGHTS | VIEWS),
        name="Engine",
        codenames=RIGHTS | VIEWS,
        properties=[stage.alpha],
        expires_at=now() + timedelta(days=1),
    )
    return APIClient(HTTP_AUTHORIZATION=f"Bearer {token.secret}")


def tables(statements: list[str]) -> list[str]:
    """The first table, or the function, that each statement names."""
    return [next(filter(None, NAMED.search(sql.replace('"', "")).groups())) for sql in statements]


def test_a_booking_by_the_service(house):
    guest = guest_make(house.place)
    house.book(booker=guest)
    assert tables(queries_of(lambda: house.book(booker=guest))) == [
        "rates_revision",
        "reservations_booking",
        "reservations_reservation",
        "reservations_reservationnight",
        "reservations_reservationguest",
        "reservations_reservationchange",
        "rooms_inventory_move",
        "core_outboxmessage",
    ]


def test_a_booking_by_the_api_asks_who_comes_and_what_is_named_and_reads_nothing_twice(house, machine):
    guest = guest_make(house.place)

    def book(key: str) -> None:
        body = booking_body(house.place, stay_body(house, nights=1), booker=guest.pk)
        answer = machine.post("/api/v1/bookings", body, HTTP_IDEMPOTENCY_KEY=key)
        assert answer.status_code == 201, answer.content

    book("first")
    assert tables(queries_of(lambda: book("second"))) == [
        "accounts_apitoken_properties",
        "properties_propertygroupobjectpermission",
        "core_idempotencyrecord",
        "properties_property",
        "guests_guest",
        "rooms_roomtype",
        "rates_rateplan",
        "rates_revision",
        "reservations_booking",
        "reservations_reservation",
        "reservations_reservationnight",
        "reservations_reservationguest",
        "reservations_reservationchange",
        "rooms_inventory_move",
        "core_outboxmessage",
        "core_idempotencyrecord",
    ]


def test_availability_by_the_api(house, machine):
    asked = {"property": house.place.pk, "arrival": day(house, 1), "departure": day(house, 31)}

    def ask() -> None:
        assert machine.get("/api/v1/availability", asked).status_code == 200

    ask()
    assert tables(queries_of(ask)) == [
        "accounts_apitoken_properties",
        "properties_propertygroupobjectpermission",
        "properties_property",
        "rooms_roomtype",
        "rooms_roomtypeconsumption",
    ]


def test_a_quote_by_the_api(house, machine):
    asked = {
        "property": house.place.pk,
        "arrival": day(house, 1),
        "departure": day(house, 3),
        "adults": 2,
    }

    def ask() -> None:
        assert len(machine.post("/api/v1/quotes", asked).json()) == 2

    ask()
    assert tables(queries_of(ask)) == [
        "accounts_apitoken_properties",
        "properties_propertygroupobjectpermission",
        "properties_property",
        "rooms_roomtype",
        "rooms_roomtype",
        "rates_revision",
        "rooms_roomtypeconsumption",
    ]
