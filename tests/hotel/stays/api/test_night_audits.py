"""Night audits over the API: asked for, worked by a worker, read while they run."""

from datetime import timedelta

from hotel.core.models import OutboxMessage
from hotel.stays.models import NightAudit
from hotel.stays.services.check_in import check_in
from hotel.stays.tasks import night_audit_work
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.reservations import house_make
from tests.factories.stays import night_audit_make

URL = "/api/v1/night-audits"
STEPS = [
    "checks",
    "no_shows",
    "nights",
    "fixed_charges",
    "allowances",
    "rooms",
    "statistics",
    "proof",
    "roll",
]


class TestNightAudits(ReadContract, QueryContract):
    model, url, area = NightAudit, URL, "stays"

    def make(self, place, n):
        return night_audit_make(place)


def test_an_audit_shows_its_steps_in_order_and_what_blocks_it(stage):
    row = night_audit_make(
        stage.alpha, blockers=[{"code": "guests_due_out", "text": "1 guest", "reservations": [7]}]
    )
    shown = stage.client_of({"view_stays_area"}).get(f"{URL}/{row.pk}").json()
    assert [step["name"] for step in shown["steps"]] == STEPS
    assert shown["blockers"] == [{"code": "guests_due_out", "text": "1 guest", "reservations": [7]}]
    assert (shown["status"], shown["steps"][0]["title"]) == ("requested", "Look for what blocks the day")


def test_an_audit_is_asked_for_and_its_progress_read(stage):
    client = stage.client_of(ALL_RIGHTS)
    asked = client.post(URL, {"property": stage.alpha.pk})
    assert (asked.status_code, asked.json()["status"], asked.json()["business_date"]) == (
        202,
        "requested",
        str(TODAY),
    )
    assert OutboxMessage.objects.filter(topic="NightAuditRequested").count() == 1

    night_audit_work(asked.json()["id"])

    shown = client.get(f"{URL}/{asked.json()['id']}").json()
    assert (shown["status"], {step["status"] for step in shown["steps"]}) == ("finished", {"done"})


def test_asking_needs_the_right_to_audit_here(stage):
    body = {"property": stage.alpha.pk}
    assert_problem(stage.client().post(URL, body), 401, "not_authenticated")
    without = stage.client_of(ALL_RIGHTS - {"audit_stays_area"})
    assert_problem(without.post(URL, body), 403, "permission_denied")
    assert_problem(stage.client_of(ALL_RIGHTS, stage.beta).post(URL, body), 400)
    for hostile in ({}, {"property": None}, {"property": "x"}, {"property": 10**30}, []):
        assert 400 <= stage.client_of(ALL_RIGHTS).post(URL, hostile).status_code < 500
    assert not NightAudit.objects.exists()


def test_the_checklist_says_what_blocks_and_who_is_missing(stage):
    house = house_make(stage.alpha)
    guest, missing = house.reserve(0, 1), house.reserve(0, 1)
    check_in(reservation=guest, actor=None, room=house.rooms[0])
    type(guest).objects.filter(pk=guest.pk).update(
        arrival=TODAY - timedelta(days=1), departure=TODAY, policy_arrival=TODAY - timedelta(days=1)
    )
    client = stage.client_of({"view_stays_area"})

    shown = client.get(f"{URL}/checklist", {"property": stage.alpha.pk}).json()

    assert shown["business_date"] == str(TODAY)
    assert [(b["code"], b["reservations"]) for b in shown["blockers"]] == [("guests_due_out", [guest.pk])]
    assert shown["missing_arrivals"] == [missing.pk]
    assert_problem(client.get(f"{URL}/checklist", {"property": stage.beta.pk}), 400)
    assert_problem(stage.client().get(f"{URL}/checklist"), 401, "not_authenticated")
