"""Stays share a room through the API."""

import pytest

from hotel.rates.domain.quotes import Occupancy
from tests.contracts.base import assert_problem
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.reservations import house_make


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def pair(house):
    return [house.reserve(1, 2, occupancy=Occupancy(adults=1)) for _ in range(2)]


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_RIGHTS)


def path(row, command):
    return f"/api/v1/reservations/{row.pk}/{command}"


def test_two_stays_share_a_room_and_part_again(house, pair, client, stage):
    first, second = pair
    weights = [{"reservation": first.pk, "weight": "70"}, {"reservation": second.pk, "weight": "30"}]
    body = {"reservations": [second.pk], "split": "custom", "weights": weights}

    answer = client.post(path(first, "share"), body)

    assert answer.status_code == 200, answer.content
    shown = answer.json()["reservation"]
    assert shown["share"]["split"] == "custom"
    assert [(row["number"], row["share_weight"]) for row in shown["share"]["reservations"]] == [
        (first.number, "70.000"),
        (second.number, "30.000"),
    ]
    assert [(night["total"]["amount"], night["holds_room"]) for night in shown["nights"]] == [
        ("70.00", True)
    ] * 2
    assert [move["quantity"] for move in answer.json()["inventory"]] == [-1]
    version = shown["version"]
    again = client.post(path(first, "share"), body)
    assert (again.json()["reservation"]["version"], again.json()["inventory"]) == (version, [])
    actions = {row["name"]: row["is_allowed"] for row in shown["actions"]}
    assert (actions["unshare"], actions["split"], actions["combine"]) == (True, False, False)

    without = stage.client_of(ALL_RIGHTS - {"manage_reservations_area"})
    assert_problem(without.post(path(first, "unshare"), {}), 403, "permission_denied")
    apart = client.post(path(second, "unshare"), {})
    assert apart.json()["reservation"]["share"] is None
    assert [move["quantity"] for move in apart.json()["inventory"]] == [1]
    assert_problem(client.post(path(second, "unshare"), {}), 409, "not_shared")


def test_bad_input_is_refused_with_a_code(pair, client):
    first, second = pair
    assert_problem(client.post(path(first, "share"), {"reservations": []}), 400, "invalid")
    assert_problem(
        client.post(path(first, "share"), {"reservations": [second.pk], "split": "half"}), 400, "invalid"
    )
    twice = [{"reservation": first.pk, "weight": "1"}] * 2
    body = {"reservations": [second.pk], "split": "custom", "weights": twice}
    assert_problem(client.post(path(first, "share"), body), 400, "invalid")
    assert_problem(client.post(path(first, "share"), {**body, "weights": twice[:1]}), 400, "weights_invalid")
    body = {"reservations": [first.pk]}
    assert_problem(client.post(path(first, "share"), body), 400, "share_invalid")
