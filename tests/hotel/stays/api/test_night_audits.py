"""Night audits over the API."""

from hotel.stays.models import NightAudit
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.stays import night_audit_make

URL = "/api/v1/night-audits"


class TestNightAudits(ReadContract, QueryContract):
    model, url, area = NightAudit, URL, "stays"

    def make(self, place, n):
        return night_audit_make(place)


def test_an_audit_shows_its_steps_in_order_and_what_blocks_it(stage):
    row = night_audit_make(
        stage.alpha, blockers=[{"code": "guests_due_out", "text": "1 guest", "reservations": [7]}]
    )
    shown = stage.client_of({"view_stays_area"}).get(f"{URL}/{row.pk}").json()
    assert [step["name"] for step in shown["steps"]] == [
        "checks", "no_shows", "nights", "fixed_charges", "rooms", "statistics", "proof", "roll",
    ]  # fmt: skip
    assert shown["blockers"] == [{"code": "guests_due_out", "text": "1 guest", "reservations": [7]}]
    assert (shown["status"], shown["steps"][0]["title"]) == ("requested", "Look for what blocks the day")
