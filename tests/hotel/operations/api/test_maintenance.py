"""Work orders over the API."""

from datetime import timedelta

import pytest

from hotel.operations.models import WorkOrder
from hotel.properties.scoping import codename
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.operations import work_order_make
from tests.factories.rooms import room_make
from tests.hotel.operations.api.test_tasks import MANAGE, VIEW, WORK

URL = "/api/v1/maintenance/work-orders"
HOLD = {"kind": "out_of_service", "end_on": str(TODAY + timedelta(days=2))}


class TestWorkOrders(ReadContract, QueryContract):
    model, url, area = WorkOrder, URL, "operations"

    def make(self, place, n):
        return work_order_make(place, n)


def test_its_whole_life(cast, api):
    boss, di, room = api(cast.ada), api(cast.di), room_make(cast.alpha)
    body = {
        "property": cast.alpha.pk,
        "room": room.pk,
        "category": "plumbing",
        "severity": 1,
        "title": "A leak",
    }
    answer = di.post(URL, body, HTTP_IDEMPOTENCY_KEY="once")
    assert (answer.status_code, answer["ETag"], answer.json()["state"]) == (201, '"v1"', "new")
    assert di.post(URL, body, HTTP_IDEMPOTENCY_KEY="once").json()["id"] == answer.json()["id"]
    path = f"{URL}/{answer.json()['id']}"
    assert boss.post(f"{path}/assign", {"assignee": cast.di.pk}).json()["assignee"] == cast.di.pk
    assert_problem(di.post(f"{path}/start", HTTP_IF_MATCH='"v1"'), 412, "version_conflict")
    assert di.post(f"{path}/start", HTTP_IF_MATCH='"v2"').json()["state"] == "doing"
    assert boss.post(f"{path}/hold", HOLD).json()["hold"] is not None
    assert di.post(f"{path}/wait", {"reason": "A part"}).json()["state"] == "waiting"
    di.post(f"{path}/start")
    done = di.post(f"{path}/done", {"reason": "Sealed", "minutes_spent": 40}).json()
    assert (done["state"], done["minutes_spent"], [row["state"] for row in done["changes"]]) == (
        "done", 40, ["new", "assigned", "doing", "doing", "waiting", "doing", "done"],
    )  # fmt: skip
    room.refresh_from_db()
    assert room.housekeeping_status == "dirty"
    assert_problem(boss.post(f"{path}/cancel", {"reason": "x"}), 409, "order_state")
    again = boss.post(f"{path}/reopen", {"reason": "It leaks again"}).json()
    assert (again["state"], again["ended_at"], again["changes"][-1]["note"]) == (
        "new",
        None,
        "It leaks again",
    )


def test_to_hold_a_room_takes_the_right_to_block_rooms(stage):
    order = work_order_make(stage.alpha, room=room_make(stage.alpha))
    without = stage.client_of({VIEW, WORK})
    assert_problem(without.post(f"{URL}/{order.pk}/hold", HOLD), 403, "permission_denied")
    assert WorkOrder.objects.get().hold is None
    with_it = stage.client_of({VIEW, WORK, codename("block", "rooms")})
    assert with_it.post(f"{URL}/{order.pk}/hold", HOLD).status_code == 200


@pytest.mark.parametrize(
    ("command", "body", "right"),
    [
        ("start", {}, WORK), ("wait", {"reason": "x"}, WORK), ("done", {"reason": "x", "minutes_spent": 1}, WORK),
        ("hold", HOLD, WORK), ("cancel", {"reason": "x"}, MANAGE), ("assign", {"assignee": 1}, MANAGE),
        ("reopen", {"reason": "x"}, MANAGE),
    ],
)  # fmt: skip
def test_each_command_needs_its_right_at_the_hotel_of_the_order(stage, command, body, right):
    order = work_order_make(stage.alpha)
    without = stage.client_of({VIEW, WORK, MANAGE} - {right})
    assert_problem(without.post(f"{URL}/{order.pk}/{command}", body), 403, "permission_denied")
    elsewhere = stage.client_of({VIEW, right}, stage.beta)
    assert_problem(elsewhere.post(f"{URL}/{order.pk}/{command}", body), 404, "not_found")
    assert WorkOrder.objects.get().version == 1
