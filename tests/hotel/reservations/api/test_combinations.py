"""Several stays become one, or are linked, through the API."""

import pytest

from tests.contracts.base import assert_problem
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.guests import guest_make
from tests.factories.reservations import house_make
from tests.hotel.reservations.api.bodies import day


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_RIGHTS)


def path(row, command):
    return f"/api/v1/reservations/{row.pk}/{command}"


def test_two_stays_of_a_guest_are_combined(house, client, stage):
    guest = guest_make(house.place)
    first, second = (house.reserve(offset, 2, primary_guest=guest) for offset in (1, 3))

    answer = client.post(path(first, "combine"), {"reservations": [second.pk]})

    assert answer.status_code == 200, answer.content
    shown = answer.json()["reservation"]
    assert (shown["arrival"], shown["departure"], len(shown["nights"])) == (day(house, 1), day(house, 5), 4)
    assert (answer.json()["inventory"], answer.json()["fees"]) == ([], [])
    assert_problem(client.post(path(first, "combine"), {"reservations": []}), 400, "invalid")
    assert_problem(client.post(path(first, "combine"), {"reservations": [second.pk]}), 409, "status_forbids")
    without = stage.client_of(ALL_RIGHTS - {"manage_reservations_area"})
    assert_problem(
        without.post(path(first, "combine"), {"reservations": [second.pk]}), 403, "permission_denied"
    )


def test_stays_are_linked_shown_and_taken_apart(house, client, stage):
    first, second = house.reserve(1, 2), house.reserve(3, 2)
    body = {"kind": "back_to_back", "reservations": [second.pk]}

    answer = client.post(path(first, "link"), body)

    assert answer.status_code == 200, answer.content
    (shown,) = client.get(f"/api/v1/reservations/{second.pk}").json()["links"]
    assert (shown["kind"], [row["number"] for row in shown["reservations"]]) == (
        "back_to_back",
        [first.number, second.number],
    )
    assert_problem(client.post(path(first, "link"), {**body, "kind": "friends"}), 400, "invalid")
    without = stage.client_of(ALL_RIGHTS - {"manage_reservations_area"})
    assert_problem(without.post(path(first, "unlink"), {"kind": "back_to_back"}), 403, "permission_denied")
    apart = client.post(path(first, "unlink"), {"kind": "back_to_back"})
    assert apart.json()["reservation"]["links"] == []
    assert_problem(client.post(path(first, "unlink"), {"kind": "back_to_back"}), 409, "not_linked")
