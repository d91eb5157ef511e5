"""Rounds and discrepancies over the API."""

import pytest

from hotel.operations.models import Discrepancy, HousekeepingRound, Task
from hotel.operations.services.tasks import task_create
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.operations import discrepancy_make, housekeeping_round_make
from tests.factories.rooms import room_make, room_type_make
from tests.hotel.operations.api.test_tasks import MANAGE, VIEW, WORK

ROUNDS, DISCREPANCIES = "/api/v1/housekeeping/rounds", "/api/v1/housekeeping/discrepancies"


class TestRounds(ReadContract, QueryContract):
    model, url, area = HousekeepingRound, ROUNDS, "operations"

    def make(self, place, n):
        return housekeeping_round_make(place, n)


class TestDiscrepancies(ReadContract, QueryContract):
    model, url, area = Discrepancy, DISCREPANCIES, "operations"

    def make(self, place, n):
        return discrepancy_make(place, n)


def test_a_round_is_opened_and_filled(cast, api):
    room = room_make(cast.alpha)
    task = task_create(place=cast.alpha, values={"kind": "deep", "room": room})
    boss = api(cast.ada)
    body = {"property": cast.alpha.pk, "attendant": cast.di.pk, "credit_target": "8.00"}
    answer = boss.post(ROUNDS, body)
    assert (answer.status_code, answer["ETag"], answer.json()["credits"]) == (201, '"v1"', "0.00")
    assert_problem(boss.post(ROUNDS, body), 409, "round_exists")
    path = f"{ROUNDS}/{answer.json()['id']}/target"
    changed = boss.post(path, {"credit_target": "4.00"}, HTTP_IF_MATCH='"v1"')
    assert (changed.json()["credit_target"], changed["ETag"]) == ("4.00", '"v2"')
    assert_problem(boss.post(path, {"credit_target": "4.00"}, HTTP_IF_MATCH='"v1"'), 412, "version_conflict")
    split = {
        "tasks": [{"task": task.pk, "attendant": cast.di.pk}],
        "rounds": [{"attendant": cast.di.pk, "credits": "2.00"}],
        "spread": "0.00",
    }
    assert boss.post(f"{ROUNDS}/propose", {"property": cast.alpha.pk}).json() == split
    assert Task.objects.get().assignee is None
    assert boss.post(f"{ROUNDS}/apply", {"property": cast.alpha.pk}).json() == split
    assert Task.objects.get().assignee == cast.di
    assert boss.get(ROUNDS).json()["results"][0]["credits"] == "2.00"


@pytest.mark.parametrize("path", ["", "/propose", "/apply"])
def test_who_only_works_here_splits_nothing(stage, path):
    client = stage.client_of({VIEW, WORK})
    assert_problem(client.post(ROUNDS + path, {"property": stage.alpha.pk}), 403, "permission_denied")
    elsewhere = stage.client_of({VIEW, MANAGE}, stage.beta)
    assert_problem(elsewhere.post(ROUNDS + path, {"property": stage.alpha.pk}), 400, "invalid")


def test_a_room_is_found_and_its_discrepancy_resolved(cast, api):
    room = room_make(cast.alpha, room_type_make(cast.alpha, "X"), "7")
    body = {"property": cast.alpha.pk, "room": room.pk, "is_occupied": True, "persons": 1}
    found = api(cast.di).post(f"{DISCREPANCIES}/found", body).json()["discrepancy"]
    assert (found["kind"], found["found_by"]) == ("sleep", cast.di.pk)
    path = f"{DISCREPANCIES}/{found['id']}/resolve"
    assert_problem(api(cast.di).post(path, {"reason": "x"}), 403, "permission_denied")
    resolved = api(cast.ada).post(path, {"reason": "Staff nap"}).json()
    assert (resolved["because"], resolved["resolved_by"]) == ("Staff nap", cast.ada.pk)
    empty = {**body, "is_occupied": False, "persons": None}
    assert api(cast.di).post(f"{DISCREPANCIES}/found", empty).json() == {"discrepancy": None}
    foreign = room_make(cast.beta)
    assert_problem(api(cast.ada).post(f"{DISCREPANCIES}/found", {**body, "room": foreign.pk}), 400, "invalid")
