import uuid

import pytest

from hotel.operations.models import HousekeepingRound, Task
from hotel.operations.services.tasks import task_create
from tests.factories.operations import discrepancy_make, housekeeping_round_make

PATH = "/dashboard/rounds"


@pytest.fixture
def boss(cast, signed_in):
    return signed_in(cast.ada)


@pytest.fixture
def task(house):
    return task_create(place=house.place, values={"kind": "deep", "room": house.rooms[0]})


def put(client, act, path=PATH, row=None, **more):
    fields = {"key": uuid.uuid4(), **more}
    if row is not None:
        fields |= {"row": row.pk, "version": more.get("version", getattr(row, "version", 1))}
    sent = {"do": act, **{f"{act}-{name}": value for name, value in fields.items()}}
    return client.post(path, sent, follow=True).content.decode()


def test_a_round_is_opened_filled_and_evened_by_hand(cast, boss, house, task):
    assert "Nobody has a round today." in boss.get(PATH).content.decode()
    assert "di has a round today." in put(boss, "open", attendant=cast.di.pk, credit_target="12")
    page = boss.get(PATH).content.decode()
    assert ("1 task is nobody’s." in page, "→ <strong>2.00</strong>" in page) == (True, True)
    assert "1 task is handed out." in put(boss, "apply")
    task.refresh_from_db()
    assert task.assignee == cast.di
    assert "is given to bo." in put(boss, "give", row=task, assignee=cast.bo.pk)
    task.refresh_from_db()
    assert task.assignee == cast.bo
    assert "is given to nobody." in put(boss, "give", row=task, assignee="")
    sheet = HousekeepingRound.objects.get()
    assert "A full round of di are 7 credits." in put(boss, "target", row=sheet, credit_target="7")
    assert HousekeepingRound.objects.get().credit_target == 7


def test_what_is_refused_changes_nothing(cast, boss, house, task):
    housekeeping_round_make(house.place, attendant=cast.di)
    assert "has a round today" in put(boss, "open", attendant=cast.di.pk, credit_target="12")
    assert "changed this meanwhile" in put(boss, "give", row=task, assignee=cast.bo.pk, version=9)
    assert 'role="alert"' in put(boss, "give", row=task, assignee=cast.cy.pk)
    assert (HousekeepingRound.objects.get().credit_target, Task.objects.get().version) == (10, 1)


def test_rounds_are_for_those_who_manage(cast, signed_in, house):
    assert signed_in(cast.di).get(PATH).status_code == 403
    assert signed_in(cast.eve).get(PATH).status_code == 403


def test_what_was_found_otherwise_stands_on_the_status_board(cast, boss, house, signed_in):
    assert "Found otherwise" not in boss.get("/dashboard/rooms").content.decode()
    row = discrepancy_make(house.place)
    page = signed_in(cast.di).get("/dashboard/rooms").content.decode()
    assert ("Found otherwise" in page, "99 persons" in page, 'name="resolve-reason"' in page) == (
        True, True, False,
    )  # fmt: skip
    assert 'role="alert"' in put(boss, "resolve", path="/dashboard/rooms", row=row, reason="")
    assert "101: resolved." in put(boss, "resolve", path="/dashboard/rooms", row=row, reason="A party")
    row.refresh_from_db()
    assert (row.because, row.resolved_by) == ("A party", cast.ada)
    assert "Found otherwise" not in boss.get("/dashboard/rooms").content.decode()
