"""My rooms: by plain forms, and as the browser's own list of acts sends them."""

import uuid

import pytest
from django.test import Client

from hotel.operations.models import Discrepancy, Task, TaskChange, WorkOrder
from hotel.operations.services.tasks import task_assign, task_create
from tests.factories.operations import rule_set

PATH = "/dashboard/hk/rooms"


@pytest.fixture
def di(cast, signed_in):
    return signed_in(cast.di)


@pytest.fixture
def clean(cast, house):
    values = {"kind": "deep", "room": house.rooms[0], "assignee": cast.di}
    return task_create(place=house.place, values=values)


def sent(of, act, key=None, **more):
    fields = {
        "key": key or uuid.uuid4(),
        "task": of.pk,
        "version": Task.objects.get(pk=of.pk).version,
        **more,
    }
    return {"do": act, **{f"{act}-{name}": value for name, value in fields.items()}}


def put(client, of, act, path=PATH, **more):
    return client.post(path, sent(of, act, **more), follow=True).content.decode()


def reply(client, of, act, **more):
    more = {"at": "2027-03-14T09:00:00.000Z", **more}
    answer = client.post(PATH, sent(of, act, **more), headers={"Accept": "application/json"})
    return answer.status_code, answer.json()


def state(task):
    return Task.objects.get(pk=task.pk).state


def test_the_next_step_by_plain_forms(di, clean):
    page = di.get(PATH).content.decode()
    assert page.count('class="job card"') == 1
    assert 'id="hk-net"' in page
    assert "101: begun." in put(di, clean, "start")
    assert "101: done." in put(di, clean, "done")
    assert state(clean) == "done"
    assert "Floor done." in di.get(PATH).content.decode()


def test_other_acts(di, clean, house):
    assert "101: noted." in put(di, clean, "note", note="A stain")
    assert "not to be disturbed" in put(di, clean, "dnd")
    assert "the repair is reported" in put(di, clean, "problem", title="Tap", category="plumbing", severity=2)
    assert "as the front office has it" in put(di, clean, "found", occupied="no")
    assert "told that it differs" in put(di, clean, "found", occupied="yes", persons=2)
    assert "not done this time" in put(di, clean, "skip", reason="Declined")
    assert list(WorkOrder.objects.values_list("title", "room", "severity")) == [("Tap", house.rooms[0].pk, 2)]
    assert list(Discrepancy.objects.values_list("kind", "persons")) == [("sleep", 2)]
    assert list(TaskChange.objects.order_by("pk").values_list("kind", "note")) == [
        ("noted", "A stain"), ("dnd", ""), ("skipped", "Declined"),
    ]  # fmt: skip


def test_a_refusal_is_told_and_changes_nothing(di, clean):
    assert "Look at it again" in put(di, clean, "done")
    assert "changed this meanwhile" in put(di, clean, "start", version=0)
    assert "required" in put(di, clean, "skip", reason="")
    assert (state(clean), TaskChange.objects.count()) == ("open", 0)


def test_what_the_browser_kept_counts_once_however_often_it_is_sent(di, clean):
    key = uuid.uuid4()
    body = sent(clean, "start", key=key, at="2027-03-14T09:00:00.000Z")
    answers = [di.post(PATH, body, headers={"Accept": "application/json"}) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert list(TaskChange.objects.values_list("kind", flat=True)) == ["started"]
    other = di.post(PATH, {**body, "start-version": 9}, headers={"Accept": "application/json"})
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_what_became_somebody_elses_is_refused_with_words(cast, di, clean):
    seen = clean.version
    task_assign(task=clean, assignee=cast.bo, actor=cast.ada)
    status, told = reply(di, clean, "start", version=seen)
    assert (status, told["code"], told["is_kept"]) == (409, "task_of_another", False)
    assert told["message"] == "It is a task of bo now."
    assert state(clean) == "open"


@pytest.mark.parametrize(
    ("act", "more", "status", "code"),
    [
        ("explode", {}, 403, "permission_denied"), ("pass", {}, 403, "permission_denied"),
        ("start", {"task": 10**9}, 404, "not_found"), ("start", {"at": "yesterday"}, 400, "invalid"),
        ("done", {}, 409, "task_not_started"),
    ],
)  # fmt: skip
def test_what_is_refused_for_good(di, clean, act, more, status, code):
    answer = reply(di, clean, act, **more)
    assert (answer[0], answer[1]["code"], answer[1]["is_kept"]) == (status, code, False)
    assert not TaskChange.objects.exists()


def test_who_manages_looks_at_anybodys_rooms_and_others_do_not(cast, di, clean, signed_in):
    boss = signed_in(cast.ada)
    assert 'class="job card"' not in boss.get(PATH).content.decode()
    page = boss.get(f"{PATH}?of={cast.di.pk}").content.decode()
    assert ("Rooms of di" in page, 'class="job card"' in page) == (True, True)
    assert boss.get(f"{PATH}?of={cast.eve.pk}").status_code == 404
    other = signed_in(cast.bo).get(f"{PATH}?of={cast.di.pk}").content.decode()
    assert ("My rooms" in other, 'class="job card"' in other) == (True, False)
    assert "begun" in put(boss, clean, "start", path=f"{PATH}?of={cast.di.pk}")


def test_an_inspection_is_for_who_manages(cast, di, clean, house, signed_in):
    rule_set(house.place, "operations.inspection", "all")
    put(di, clean, "start")
    put(di, clean, "done")
    inspection = Task.objects.get(inspects=clean)
    assert "A supervisor inspects this." in di.get(PATH).content.decode()
    assert "to be done once more" in put(signed_in(cast.ada), inspection, "fail", reason="Hair")
    assert (state(clean), state(inspection)) == ("open", "done")


def test_nobody_reads_or_writes_at_another_hotel(cast, clean, signed_in):
    eve = signed_in(cast.eve)
    assert "Nothing is yours yet today" in eve.get(PATH).content.decode()
    assert eve.post(PATH, sent(clean, "start")).status_code == 404
    assert state(clean) == "open"
    assert signed_in(cast.cy).get(PATH).status_code == 403


def test_the_worker_serves_this_page_only_and_is_never_kept(di, cast):
    answer = di.get("/dashboard/hk/worker.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-store")
    assert 'PAGE = "/dashboard/hk/rooms"' in answer.content.decode()
    assert Client().get("/dashboard/hk/worker.js").status_code == 302


def test_signing_out_wipes_what_the_browser_kept_and_others_are_left_alone(di, cast, signed_in):
    di.get(PATH)
    assert di.cookies["hk-kept"]["httponly"]
    answer = di.post("/logout")
    assert (answer["Clear-Site-Data"], answer.cookies["hk-kept"].value) == ('"storage"', "")
    assert "Clear-Site-Data" not in signed_in(cast.bo).post("/logout")


def test_no_name_of_a_guest_is_on_the_page(di, cast, house, clean):
    from hotel.stays.services.check_in import check_in
    from tests.factories.guests import guest_make

    stay = house.reserve(0, 2, primary_guest=guest_make(house.place, last_name="Zebrowski"))
    check_in(reservation=stay, actor=None, room=house.rooms[0])
    page = di.get(PATH).content.decode()
    assert ("occupied" in page, "Zebrowski" in page, stay.number in page) == (True, False, False)


def test_who_does_not_manage_leaves_tasks_of_others_alone(cast, clean, signed_in):
    bo = signed_in(cast.bo)
    for act, more in (("start", {}), ("skip", {"reason": "x"}), ("note", {"note": "x"})):
        assert "It is a task of di now." in put(bo, clean, act, **more)
    assert (state(clean), TaskChange.objects.count()) == ("open", 0)
