"""The least guarantee over the API: set by date, named by offers, asked for by bookings."""

import pytest

from hotel.properties.scoping import codename
from hotel.rates.models import Restriction
from hotel.reservations.models import Booking
from tests.contracts.base import assert_problem
from tests.contracts.stage import ALL_VIEWS
from tests.factories.reservations import house_make
from tests.hotel.reservations.api.bodies import booking_body, day, stay_body

ENOUGH = ["credit_card", "company", "ota", "prepayment"]


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_VIEWS | {codename("manage", area) for area in ("reservations", "rates")})


def rule_set(client, house, **over):
    change = {
        "kind": "min_guarantee",
        "start_on": day(house, 2),
        "end_on": day(house, 3),
        "rate_plan": house.plan.pk,
    }
    return client.post(
        "/api/v1/restrictions/set", {"property": house.place.pk, "changes": [{**change, **over}]}
    )


def test_it_is_set_named_and_asked_for(house, client):
    made = rule_set(client, house, guarantee="credit_card")
    assert made.status_code < 300, made.content
    assert Restriction.objects.get().guarantee == "credit_card"

    asked = {**stay_body(house), "property": house.place.pk, "rate_plans": [house.plan.pk]}
    (offer,) = client.post("/api/v1/quotes", {**asked, "room_types": [house.double.pk]}).json()
    assert (offer["is_bookable"], offer["guarantees"]) == (True, ENOUGH)

    refused = client.post("/api/v1/bookings", booking_body(house.place))
    assert_problem(refused, 422, "guarantee_too_low")
    assert refused.json()["extra"]["allowed"] == ENOUGH
    assert not Booking.objects.exists()

    stay = stay_body(house, guarantee="credit_card")
    assert client.post("/api/v1/bookings", booking_body(house.place, stay)).status_code == 201


def test_without_a_rule_everything_is_enough(house, client):
    asked = {**stay_body(house), "property": house.place.pk, "room_types": [house.double.pk]}
    (offer,) = client.post("/api/v1/quotes", asked).json()
    assert offer["guarantees"] == ["none", "hold_6pm", *ENOUGH]


@pytest.mark.parametrize(
    "over",
    [
        {},
        {"guarantee": "company", "value": 2},
        {"guarantee": "company", "pattern": [2]},
        {"guarantee": "company", "kind": "closed"},
        {"guarantee": "company", "kind": "min_los", "value": 2},
    ],
    ids=["none named", "a value too", "a pattern too", "of a flag", "of a length"],
)
def test_a_rule_takes_what_its_kind_takes(house, client, over):
    assert_problem(rule_set(client, house, **over), 400, "restriction_value")
    assert not Restriction.objects.exists()
