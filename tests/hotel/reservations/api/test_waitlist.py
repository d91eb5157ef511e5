"""The waiting list, its offers, and turned-away business through the API."""

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.models import Reservation, Turnaway, WaitlistOffer
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import CreateContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_VIEWS
from tests.factories.reservations import house_make, reservation_make, turnaway_make, waitlist_offer_make
from tests.hotel.reservations.api.bodies import day

URL, OFFERS, TURNED = "/api/v1/waitlist", "/api/v1/waitlist/offers", "/api/v1/turnaways"
SELLER = ALL_VIEWS | {codename("manage", "reservations")}


class TestWaitlist(ReadContract, QueryContract):
    model, url, area = Reservation, URL, "reservations"

    def make(self, place, n):
        return reservation_make(place, status="waitlisted")


class TestOffers(ReadContract, QueryContract):
    model, url, area = WaitlistOffer, OFFERS, "reservations"

    def make(self, place, n):
        return waitlist_offer_make(place)


class TestTurnaways(ReadContract, CreateContract, QueryContract):
    model, url, area = Turnaway, TURNED, "reservations"

    def make(self, place, n):
        return turnaway_make(place)

    def create(self, place):
        return {
            "property": place.pk,
            "arrival": "2027-04-01",
            "departure": "2027-04-03",
            "reason": "price",
            "rooms": 2,
            "market": "LEI",
            "channel_code": "web",
            "notes": "Wanted 90.",
        }


@pytest.fixture
def house(stage):
    return house_make(stage.alpha, doubles=1)


@pytest.fixture
def client(stage):
    return stage.client_of(SELLER)


def test_the_most_urgent_stand_first_then_who_waits_longest(house, client):
    first, second = (house.reserve(status="waitlisted") for _ in range(2))
    urgent = house.reserve(status="waitlisted", waitlist_priority=9)
    house.reserve(status="inquiry")

    rows = client.get(URL).json()["results"]

    assert [row["id"] for row in rows] == [urgent.pk, first.pk, second.pk]
    assert [row["waitlist_priority"] for row in rows] == [9, 0, 0]


def test_an_offer_holds_a_room_and_is_accepted(house, client):
    row = house.reserve(status="waitlisted")

    made = client.post(f"{URL}/{row.pk}/offer", {"hours": 2})
    assert made.status_code == 201, made.content
    assert (made.json()["status"], made.json()["reservation"]) == ("open", row.pk)
    assert house.counted("held", days=3) == [0, 1, 1]
    assert_problem(client.post(f"{URL}/{row.pk}/offer", {}), 409, "offer_open")

    accepted = client.post(f"{OFFERS}/{made.json()['id']}/accept", {})
    assert accepted.json()["reservation"]["status"] == "confirmed"
    assert [(m["bucket"], m["quantity"]) for m in accepted.json()["inventory"]] == [("held", -1), ("sold", 1)]
    assert (house.counted("held", days=3), house.counted("sold", days=3)) == ([0, 0, 0], [0, 1, 1])
    assert client.get(OFFERS, {"status": "accepted"}).json()["results"][0]["id"] == made.json()["id"]


def test_a_declined_offer_gives_the_room_back(house, client):
    offer = client.post(f"{URL}/{house.reserve(status='waitlisted').pk}/offer", {}).json()["id"]

    assert client.post(f"{OFFERS}/{offer}/decline", {}).json()["status"] == "declined"
    assert house.counted("held", days=3) == [0, 0, 0]
    assert_problem(client.post(f"{OFFERS}/{offer}/accept", {}), 409, "offer_ended")


def test_nothing_free_nothing_offered(house, client):
    house.reserve()

    answer = client.post(f"{URL}/{house.reserve(status='waitlisted').pk}/offer", {})

    assert_problem(answer, 409, "room_type_sold_out")
    assert not WaitlistOffer.objects.exists()


def test_filters(house, client):
    row, later = house.reserve(status="waitlisted"), house.reserve(9, status="waitlisted")

    assert ids_of(client.get(URL, {"arrival_to": day(house, 5)})) == [row.pk]
    assert ids_of(client.get(URL, {"arrival_from": day(house, 5), "room_type": house.double.pk})) == [
        later.pk
    ]


def test_a_turnaway_is_recorded_on_the_business_date(house, client):
    body = {**TestTurnaways().create(house.place), "room_type": house.double.pk}

    made = client.post(TURNED, body).json()

    assert {name: made[name] for name in body} == body
    assert made["business_date"] == "2027-03-14"
    found = client.get(TURNED, {"reason": "price", "arrival_from": "2027-04-01"})
    assert ids_of(found) == [made["id"]]
    assert ids_of(client.get(TURNED, {"reason": "sold_out"})) == []
    backwards = {**body, "departure": "2027-03-31"}
    assert_problem(client.post(TURNED, backwards), 400, "dates_invalid")
    assert Turnaway.objects.count() == 1


@pytest.mark.parametrize("command", ["offer", "accept", "decline"])
def test_permissions(stage, command):
    if command == "offer":
        row = reservation_make(stage.alpha, status="waitlisted")
        case = Case("post", f"{URL}/{row.pk}/offer", "manage_reservations_area", 201, {}, (404,))
    else:
        path = f"{OFFERS}/{waitlist_offer_make(stage.alpha).pk}/{command}"
        case = Case("post", path, "manage_reservations_area", 200, {}, (404,))
    assert_case(case, stage)
