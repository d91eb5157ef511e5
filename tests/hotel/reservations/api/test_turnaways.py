"""A sale refused over the API is a turnaway when the refusal has been answered."""

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.models import Booking, PriceHold, Turnaway
from tests.contracts.base import assert_problem
from tests.contracts.stage import ALL_VIEWS
from tests.factories.reservations import house_make
from tests.hotel.reservations.api.bodies import booking_body, stay_body

BOOKINGS, HOLDS = "/api/v1/bookings", "/api/v1/holds"


@pytest.fixture
def house(stage):
    made = house_make(stage.alpha, doubles=1)
    made.reserve()
    return made


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_VIEWS | {codename("manage", "reservations")})


def test_a_refused_booking_is_answered_recorded_once_and_found(house, client):
    body = booking_body(house.place, channel_code="web", source="google")

    for _ in range(2):
        assert_problem(client.post(BOOKINGS, body, key="k1"), 409, "room_type_sold_out")
    assert_problem(client.post(BOOKINGS, body, key="k2"), 409, "room_type_sold_out")

    found = client.get("/api/v1/turnaways", {"channel_code": "web", "room_type": house.double.pk})
    told = [(row["reason"], row["adults"], row["children"], row["source"]) for row in found.json()["results"]]
    assert told == [("sold_out", 2, 0, "google")] * 2
    assert Booking.objects.count() == 1


def test_a_key_used_again_for_other_dates_is_another_wish(house, client):
    client.post(BOOKINGS, booking_body(house.place), key="k1")
    other = booking_body(house.place, stay_body(house, nights=1))
    assert_problem(client.post(BOOKINGS, other, key="k1"), 409, "room_type_sold_out")
    assert Turnaway.objects.count() == 2


def test_questions_and_bad_input_turn_nobody_away(house, client):
    asked = {**stay_body(house), "property": house.place.pk}
    assert client.post("/api/v1/quotes", {**asked, "rooms": 2}).status_code == 200
    assert client.get("/api/v1/availability", asked).status_code == 200
    assert_problem(
        client.post(BOOKINGS, booking_body(house.place, stay_body(house, nights=0))), 400, "dates_invalid"
    )
    assert not Turnaway.objects.exists()


def test_a_refused_hold_is_recorded_and_leaves_no_hold(house, client):
    body = {**stay_body(house), "property": house.place.pk}
    assert_problem(client.post(HOLDS, body), 409, "room_type_sold_out")
    assert Turnaway.objects.get().reason == "sold_out"
    assert not PriceHold.objects.exists()
