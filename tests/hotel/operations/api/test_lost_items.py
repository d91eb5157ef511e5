"""Lost and found over the API."""

from datetime import timedelta

import pytest

from hotel.operations.models import LostItem
from hotel.properties.models import Property
from hotel.properties.scoping import codename
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.operations import lost_item_make
from tests.factories.reservations import house_make
from tests.factories.rooms import room_make

URL = "/api/v1/housekeeping/lost-items"
VIEW, WORK, MANAGE = (codename(verb, "operations") for verb in ("view", "work", "manage"))
GUESTS = codename("view", "guests")


class TestLostItems(ReadContract, QueryContract):
    model, url, area = LostItem, URL, "operations"

    def make(self, place, n):
        return lost_item_make(place, n)


def test_a_thing_is_recorded_moved_and_handed_over(stage):
    room = room_make(stage.alpha)
    client = stage.client_of({VIEW, WORK, GUESTS, codename("view", "rooms")})
    body = {
        "property": stage.alpha.pk, "kind": "bag", "description": "A red bag", "room": room.pk, "storage": "Shelf",
    }  # fmt: skip
    answer = client.post(URL, body, key="once")
    assert (answer.status_code, answer["ETag"], answer.json()["keep_until"]) == (
        201, '"v1"', (TODAY + timedelta(days=90)).isoformat(),
    )  # fmt: skip
    assert client.post(URL, body, key="once").json()["id"] == answer.json()["id"]
    path = f"{URL}/{answer.json()['id']}"
    assert client.post(f"{path}/move", {"storage": "Safe"}, HTTP_IF_MATCH='"v1"').json()["storage"] == "Safe"
    assert_problem(
        client.post(f"{path}/return", {"signed_name": "Anna"}, HTTP_IF_MATCH='"v1"'), 412, "version_conflict"
    )
    given = client.post(f"{path}/return", {"signed_name": "Anna Moser"}).json()
    assert (given["state"], given["signed_name"]) == ("returned", "Anna Moser")
    assert_problem(client.post(f"{path}/ship", {"ship_to": "Graz"}), 409, "lost_item_gone")


def test_who_may_not_view_guests_reads_no_name_and_no_address(stage):
    item = lost_item_make(stage.alpha)
    knows, works = stage.client_of({VIEW, WORK, GUESTS}), stage.client_of({VIEW, WORK})
    knows.post(f"{URL}/{item.pk}/ship", {"ship_to": "Anna Moser, Graz", "carrier_reference": "RR1"})
    assert knows.get(f"{URL}/{item.pk}").json()["ship_to"] == "Anna Moser, Graz"
    seen = works.get(f"{URL}/{item.pk}").json()
    assert (seen["ship_to"], seen["signed_name"], seen["carrier_reference"]) == ("", "", "RR1")


def test_a_stay_owns_it_and_its_time_must_be_over(stage):
    item = lost_item_make(stage.alpha)
    stay = house_make(stage.alpha).reserve(0, 2)
    client = stage.client_of({VIEW, WORK, MANAGE, codename("view", "reservations")})
    path = f"{URL}/{item.pk}"
    assert client.post(f"{path}/owner", {"reservation": stay.pk}).json()["reservation"] == stay.pk
    assert client.post(f"{path}/owner", {"reservation": None}).json()["reservation"] is None
    assert_problem(client.post(f"{path}/dispose", {"reason": "Charity"}), 409, "lost_item_too_early")
    Property.objects.filter(pk=stage.alpha.pk).update(business_date=TODAY + timedelta(days=90))
    assert client.post(f"{path}/dispose", {"reason": "Charity"}).json()["state"] == "disposed"


def test_filters(stage):
    lost_item_make(stage.alpha, 0)
    lost_item_make(stage.alpha, 1, kind="bag")
    client = stage.client_of({VIEW})
    late = (TODAY + timedelta(days=90)).isoformat()
    for query, count in (
        ("kind=bag", 1), ("state=kept", 2), ("state=returned", 0), ("search=umbrella 1", 1),
        (f"keep_until_before={late}", 2), (f"found_on_after={late}", 0),
    ):  # fmt: skip
        assert len(client.get(f"{URL}?{query}").json()["results"]) == count, query


@pytest.mark.parametrize(
    ("command", "body", "right"),
    [
        ("move", {"storage": "x"}, WORK), ("owner", {"reservation": None}, WORK), ("ship", {"ship_to": "x"}, WORK),
        ("return", {"signed_name": "x"}, WORK), ("dispose", {"reason": "x"}, MANAGE),
    ],
)  # fmt: skip
def test_each_command_needs_its_right_at_the_hotel_of_the_thing(stage, command, body, right):
    item = lost_item_make(stage.alpha)
    without = stage.client_of({VIEW, WORK, MANAGE} - {right})
    assert_problem(without.post(f"{URL}/{item.pk}/{command}", body), 403, "permission_denied")
    elsewhere = stage.client_of({VIEW, right}, stage.beta)
    assert_problem(elsewhere.post(f"{URL}/{item.pk}/{command}", body), 404, "not_found")
    assert LostItem.objects.get().version == 1
