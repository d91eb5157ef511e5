"""Notes, traces and alerts through the API."""

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.models import ReservationNote
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_RIGHTS, ALL_VIEWS
from tests.factories.reservations import house_make, note_make, reservation_make

URL = "/api/v1/reservations/notes"
DESK = ALL_VIEWS | {codename("manage", "reservations")}


class TestNotes(ReadContract, QueryContract):
    model, url, area = ReservationNote, URL, "reservations"

    def make(self, place, n):
        return note_make(place)


@pytest.fixture
def row(stage):
    return house_make(stage.alpha).reserve()


@pytest.fixture
def client(stage):
    return stage.client_of(DESK)


def test_a_trace_goes_to_a_department_on_a_day_and_is_ticked_off_once(row, client, stage):
    body = {
        "reservation": row.pk,
        "kind": "trace",
        "text": "Flowers",
        "department": "fb",
        "due_on": "2027-03-15",
    }

    made = client.post(URL, body)

    assert made.status_code == 201, made.content
    assert {name: made.json()[name] for name in body} == body
    assert ids_of(client.get(URL, {"is_done": False, "department": "fb", "due_to": "2027-03-15"})) == [
        made.json()["id"]
    ]
    done = client.post(f"{URL}/{made.json()['id']}/done", {})
    other = stage.client_of(DESK).post(f"{URL}/{made.json()['id']}/done", {})
    assert done.json()["done_at"] is not None
    assert other.json() == done.json()
    assert ids_of(client.get(URL, {"is_done": False})) == []
    assert ids_of(client.get(URL, {"reservation": row.pk, "kind": "trace"})) == [made.json()["id"]]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"kind": "trace", "text": "x", "department": "fb"}, "trace_incomplete"),
        ({"kind": "alert", "text": "x"}, "alert_incomplete"),
        ({"kind": "shout", "text": "x"}, "invalid"),
        ({"text": ""}, "invalid"),
        ({"text": "\x00"}, "malformed"),
        ({"text": "x", "department": "y" * 41}, "invalid"),
    ],
    ids=["half a trace", "alert without screen", "kind", "empty", "null byte", "too long"],
)
def test_what_makes_no_note_is_refused(row, client, body, code):
    assert_problem(client.post(URL, {"reservation": row.pk, **body}), 400, code)
    assert not ReservationNote.objects.exists()


def test_writing_needs_manage_at_the_property_of_the_stay(stage, row):
    body = {"reservation": row.pk, "text": "Late."}
    case = Case("post", URL, "manage_reservations_area", 201, body, (400, 404))
    assert_case(case, stage)
    mixed = stage.client_of(ALL_RIGHTS, stage.beta)
    assert_problem(mixed.post(URL, body), 400, "invalid")
    assert ReservationNote.objects.count() == 1


def test_ticking_off_needs_manage(stage):
    note = note_make(stage.alpha)
    assert_case(Case("post", f"{URL}/{note.pk}/done", "manage_reservations_area", 200, {}, (404,)), stage)


def test_a_view_of_the_stay_is_not_enough_to_write_a_note_there(stage):
    """Seen at Alpha, managed at Beta only: the reference is found, the right is not."""
    user = stage.person(ALL_VIEWS)
    both = stage.person(ALL_RIGHTS, stage.beta)
    user.propertyuserobjectpermission_set.update(user=both)

    answer = stage.client(both).post(URL, {"reservation": reservation_make(stage.alpha).pk, "text": "Late."})

    assert_problem(answer, 403, "permission_denied")
    assert not ReservationNote.objects.exists()
