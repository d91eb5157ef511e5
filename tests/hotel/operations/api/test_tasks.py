"""Tasks over the API."""

import pytest

from hotel.operations.models import Task, TaskChange
from hotel.operations.services.tasks import task_create, task_done, task_start
from hotel.properties.scoping import codename
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.operations import rule_set, task_change_make, task_make
from tests.factories.rooms import room_make

URL = "/api/v1/tasks/items"
VIEW, WORK, MANAGE = (codename(verb, "operations") for verb in ("view", "work", "manage"))


class TestTasks(ReadContract, QueryContract):
    model, url, area = Task, URL, "operations"

    def make(self, place, n):
        return task_make(place, n)


class TestTaskChanges(ReadContract, QueryContract):
    model, url, area = TaskChange, "/api/v1/tasks/changes", "operations"

    def make(self, place, n):
        return task_change_make(place, n)


@pytest.fixture
def attendant(stage):
    return stage.person({VIEW, WORK})


@pytest.fixture
def client(stage, attendant):
    return stage.client(attendant)


@pytest.fixture
def boss(stage):
    return stage.client_of({VIEW, MANAGE, codename("view", "rooms")})


def test_a_task_is_made_begun_and_done(stage, attendant, client):
    room = room_make(stage.alpha, housekeeping_status="dirty")
    maker = stage.client_of({VIEW, WORK, codename("view", "rooms")})
    body = {"property": stage.alpha.pk, "kind": "deep", "room": room.pk, "priority": 1}
    answer = maker.post(URL, body)
    assert (answer.status_code, answer["ETag"]) == (201, '"v1"')
    made = answer.json()
    assert (made["state"], made["credits"], made["priority"], made["source"]) == ("open", "2.00", 1, "person")
    path = f"{URL}/{made['id']}"
    begun = client.post(f"{path}/start", HTTP_IF_MATCH='"v1"')
    assert (begun.json()["state"], begun.json()["assignee"], begun["ETag"]) == (
        "started",
        attendant.pk,
        '"v2"',
    )
    assert_problem(client.post(f"{path}/start", HTTP_IF_MATCH='"v1"'), 412, "version_conflict")
    assert_problem(client.post(f"{path}/start"), 409, "task_not_open")
    done = client.post(f"{path}/done", {"note": "All well"}).json()
    assert (done["state"], done["ended_by"]) == ("done", attendant.pk)
    room.refresh_from_db()
    assert room.housekeeping_status == "clean"


def test_the_same_request_sent_twice_makes_one(stage, client):
    body = {"property": stage.alpha.pk, "kind": "other", "location": "Lobby"}
    first, second = (client.post(URL, body, key="once").json() for _ in range(2))
    assert (first["id"], Task.objects.count()) == (second["id"], 1)
    assert_problem(client.post(URL, body, key=""), 400, "idempotency_key_missing")


def test_it_is_given_up_and_handed_over(stage, client, boss):
    task, other = task_make(stage.alpha), task_make(stage.alpha, 1)
    skipped = client.post(f"{URL}/{task.pk}/skip", {"reason": "Closed today"}).json()
    assert (skipped["state"], skipped["because"]) == ("skipped", "Closed today")
    assert_problem(client.post(f"{URL}/{other.pk}/skip", {}), 400, "invalid")
    cancelled = boss.post(f"{URL}/{other.pk}/cancel", {"reason": "Twice"}).json()
    assert cancelled["state"] == "cancelled"
    third = task_make(stage.alpha, 2)
    assert boss.post(f"{URL}/{third.pk}/assign", {"assignee": None}).json()["assignee"] is None


def test_it_is_given_to_who_works_here(cast, api):
    task = task_make(cast.alpha)
    assert (
        api(cast.ada).post(f"{URL}/{task.pk}/assign", {"assignee": cast.di.pk}).json()["assignee"]
        == cast.di.pk
    )
    assert_problem(
        api(cast.ada).post(f"{URL}/{task.pk}/assign", {"assignee": cast.cy.pk}), 400, "not_an_attendant"
    )
    assert_problem(api(cast.ada).post(f"{URL}/{task.pk}/assign", {"assignee": 10**9}), 400, "invalid")


@pytest.mark.parametrize(
    ("command", "body", "rights"),
    [
        ("start", {}, {WORK}), ("skip", {"reason": "x"}, {WORK}), ("done", {}, {WORK}),
        ("note", {"note": "x"}, {WORK}),
        ("cancel", {"reason": "x"}, {MANAGE}), ("assign", {"assignee": None}, {MANAGE}),
    ],
)  # fmt: skip
def test_each_command_needs_its_right_at_the_hotel_of_the_task(stage, command, body, rights):
    task, path = task_make(stage.alpha), command
    without = stage.client_of({VIEW, WORK, MANAGE} - rights)
    assert_problem(without.post(f"{URL}/{task.pk}/{path}", body), 403, "permission_denied")
    elsewhere = stage.client_of(rights | {VIEW}, stage.beta)
    assert_problem(elsewhere.post(f"{URL}/{task.pk}/{path}", body), 404, "not_found")
    assert Task.objects.get(pk=task.pk).version == 1
    assert not TaskChange.objects.exists()


def test_a_note_is_written_whatever_the_state(stage, client):
    task = task_make(stage.alpha)
    client.post(f"{URL}/{task.pk}/skip", {"reason": "Closed"})
    answer = client.post(f"{URL}/{task.pk}/note", {"note": "Behind the desk"}, HTTP_IF_MATCH='"v2"')
    assert (answer.status_code, answer["ETag"], answer.json()["state"]) == (200, '"v3"', "skipped")
    assert_problem(client.post(f"{URL}/{task.pk}/note", {"note": ""}), 400, "invalid")
    assert list(TaskChange.objects.order_by("pk").values_list("kind", "note"))[1:] == [
        ("noted", "Behind the desk")
    ]


def test_filters(stage, attendant, client):
    begun, waiting = task_make(stage.alpha), task_make(stage.alpha, 1)
    client.post(f"{URL}/{begun.pk}/start")
    over = task_make(stage.alpha, 2)
    client.post(f"{URL}/{over.pk}/skip", {"reason": "x"})

    def ids(**query):
        return {row["id"] for row in client.get(URL, query).json()["results"]}

    assert ids(is_unfinished="true") == {begun.pk, waiting.pk}
    assert ids(is_unfinished="false") == {over.pk}
    assert ids(is_assigned="true") == ids(assignee=attendant.pk) == {begun.pk}
    assert ids(state="open") == {waiting.pk}
    assert ids(business_date_after="2027-03-15") == set()
    assert ids(search="Parcel 2") == {over.pk}


def test_an_inspection_passes_or_fails(cast, api):
    rule_set(cast.alpha, "operations.inspection", "all")
    room = room_make(cast.alpha, housekeeping_status="dirty")
    clean = task_create(place=cast.alpha, values={"kind": "deep", "room": room})
    task_done(task=task_start(task=clean, actor=cast.di), actor=cast.di)
    inspection = clean.inspections.get()
    assert_problem(api(cast.di).post(f"{URL}/{inspection.pk}/pass"), 403, "permission_denied")
    failed = api(cast.ada).post(f"{URL}/{inspection.pk}/fail", {"reason": "Dust"})
    assert (failed.json()["because"], failed.json()["inspects"], failed["ETag"]) == ("Dust", clean.pk, '"v2"')
    task_done(task=task_start(task=clean, actor=cast.di), actor=cast.di)
    again = clean.inspections.get(state="open")
    assert api(cast.ada).post(f"{URL}/{again.pk}/pass").json()["state"] == "done"
    room.refresh_from_db()
    assert room.housekeeping_status == "inspected"


def test_a_door_that_says_not_to_disturb(cast, api):
    task = task_create(place=cast.alpha, values={"kind": "stayover", "room": room_make(cast.alpha)})
    answer = api(cast.di).post(f"{URL}/{task.pk}/do-not-disturb", {"note": "Sign"})
    assert (answer.json()["state"], answer.json()["dnd_at"] is None, answer["ETag"]) == (
        "open",
        False,
        '"v2"',
    )
