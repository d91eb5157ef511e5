"""Guests come, move and leave over the API."""

from datetime import timedelta

import pytest

from hotel.folios.models import Folio, Posting
from hotel.folios.services.codes import standard_code
from hotel.properties.scoping import codename
from hotel.properties.services.business_days import business_day_close
from hotel.reservations.models import Reservation
from hotel.reservations.services.assignment import room_assign
from hotel.stays.domain.eligibility import STAY_COMMANDS
from hotel.stays.models import FixedCharge
from hotel.stays.services.check_in import check_in
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_RIGHTS
from tests.factories.reservations import house_make, reservation_make
from tests.factories.stays import bill_pay, fixed_charge_make

URL = "/api/v1/reservations"
DAY = timedelta(days=1)
BODIES = {
    "check-in": {},
    "revert-check-in": {},
    "move-room": {},
    "early-departure": {},
    "late-check-out": {"until": "15:00"},
    "extend": {"departure": str(TODAY + 9 * DAY)},
    "check-out": {},
    "reinstate-check-out": {},
}


def path(row, command):
    return f"{URL}/{row.pk}/{command}"


def state(row):
    return Reservation.objects.filter(pk=row.pk).values_list("status", "version", "departure").get()


@pytest.fixture
def house(stage):
    return house_make(stage.alpha, doubles=3)


@pytest.fixture
def client(stage):
    return stage.client_of(ALL_RIGHTS)


@pytest.fixture
def arriving(house):
    row = house.reserve(0, 2)
    room_assign(reservation=row, room=house.rooms[0], actor=None)
    return row


def test_a_stay_from_arrival_to_departure(house, client, arriving):
    here = client.post(path(arriving, "check-in"), {}, HTTP_IF_MATCH='"v2"')
    assert (here.status_code, here["ETag"], here.json()["reservation"]["status"]) == (200, '"v3"', "in_house")
    assert here.json()["reservation"]["front_desk_status"] == "arrived_today"
    moved = client.post(path(arriving, "move-room"), {"room": house.rooms[1].pk, "reason": "Noise"})
    assert [room["room_number"] for room in moved.json()["reservation"]["rooms"]] == ["102"]
    late = client.post(
        path(arriving, "late-check-out"), {"until": "15:00", "price": {"amount": "20.00", "currency": "EUR"}}
    )
    assert [posting["code"] for posting in late.json()["postings"]] == ["late_check_out"]
    longer = client.post(path(arriving, "extend"), {"departure": str(TODAY + 3 * DAY)})
    assert longer.json()["reservation"]["departure"] == str(TODAY + 3 * DAY)
    business_day_close(place=house.place)
    cost = client.get(path(arriving, "early-departure-fee")).json()
    early = client.post(path(arriving, "early-departure"), {"reason": "Ill"}).json()
    assert cost == early["fees"][0]
    assert early["reservation"]["departure"] == str(TODAY + DAY)
    assert_problem(client.post(path(arriving, "check-out")), 409, "not_settled")
    bill_pay(arriving)
    gone = client.post(path(arriving, "check-out"))
    assert gone.json()["reservation"]["status"] == "checked_out"
    again = client.post(path(arriving, "reinstate-check-out"), {"reason": "Came back"})
    assert again.json()["reservation"]["status"] == "in_house"


@pytest.mark.pdf
def test_the_pro_forma_of_a_stay_is_shown_and_printed(house, client, arriving):
    shown = client.get(path(arriving, "pro-forma"), {"language": "de"}).json()
    assert (shown["kind"], shown["number"], shown["totals"]["total"]) == ("pro_forma", "", "200.00")
    assert [line["text"] for line in shown["lines"]] == ["Zimmer"]
    file = client.get(path(arriving, "pro-forma/pdf"))
    assert (file["Content-Type"], file.content[:5]) == ("application/pdf", b"%PDF-")
    assert_problem(client.get(path(arriving, "pro-forma"), {"window": 2}), 404, "not_found")
    assert_problem(client.get(path(arriving, "pro-forma"), {"window": 0}), 400, "invalid")


def test_a_check_in_gives_the_room_and_is_undone(house, client):
    row = house.reserve(0, 1)
    here = client.post(path(row, "check-in"), {"room": house.rooms[2].pk})
    assert here.json()["reservation"]["rooms"][0]["room_number"] == "103"
    assert client.post(path(row, "revert-check-in")).json()["reservation"]["status"] == "confirmed"


def test_what_the_actions_deny_is_refused_with_their_code_and_changes_nothing(client, arriving):
    before = state(arriving)
    denied = [
        action
        for action in client.get(f"{URL}/{arriving.pk}").json()["actions"]
        if not action["is_allowed"] and action["name"] in STAY_COMMANDS
    ]
    assert len(denied) == 7
    for action in denied:
        body = (
            {**BODIES[action["name"]], "room": 1}
            if action["name"] != "move-room"
            else {"room": arriving.assignments.get().room_id}
        )
        answer = client.post(path(arriving, action["name"]), body)
        assert_problem(answer, 409, action["code"])
        assert answer.json()["detail"] == action["reason"]
    assert state(arriving) == before


def test_a_stale_version_is_refused(client, arriving):
    assert_problem(client.post(path(arriving, "check-in"), {}, HTTP_IF_MATCH='"v1"'), 412, "version_conflict")
    assert state(arriving)[0] == "confirmed"


def test_every_command_of_the_table_has_a_path():
    assert set(BODIES) == set(STAY_COMMANDS)


@pytest.mark.parametrize("command", BODIES)
def test_a_command_needs_its_verb_here(stage, command):
    row = reservation_make(stage.alpha)
    before, right = state(row), codename(STAY_COMMANDS[command].verb, "stays")
    assert_problem(stage.client().post(path(row, command), {}), 401, "not_authenticated")
    assert_problem(
        stage.client_of(ALL_RIGHTS - {right}).post(path(row, command), {}), 403, "permission_denied"
    )
    elsewhere = stage.client_of(ALL_RIGHTS, stage.beta).post(path(row, command), BODIES[command])
    assert_problem(elsewhere, 404)
    assert state(row) == before


def test_reading_a_cost_needs_the_right_to_view(stage):
    row = reservation_make(stage.alpha)
    url = path(row, "early-departure-fee")
    assert stage.client_of({"view_stays_area"}).get(url).status_code == 200
    assert_problem(stage.client_of(ALL_RIGHTS - {"view_stays_area"}).get(url), 403, "permission_denied")
    assert_problem(stage.client_of(ALL_RIGHTS, stage.beta).get(url), 404, "not_found")


def test_hostile_bodies_get_an_answer_below_500(client, arriving):
    fields = {
        "check-in": ("room", "override_reason"), "move-room": ("room", "rate"), "late-check-out": ("until", "price"),
        "extend": ("departure",), "early-departure": ("reason", "is_fee_waived"),
    }  # fmt: skip
    for command, names in fields.items():
        for name in names:
            for value in (None, [], {}, "\x00", "x" * 5_000, 10**30, -1, "NaN", "0001-01-01", "9999-12-31"):
                answer = client.post(path(arriving, command), {name: value})
                assert answer.status_code < 500, (command, name, str(value)[:40], answer.content)


def walk_in_body(house, **over):
    stay = {
        "room_type": house.double.pk, "rate_plan": house.plan.pk, "arrival": str(TODAY),
        "departure": str(TODAY + DAY), "adults": 2,
    }  # fmt: skip
    return {"property": house.place.pk, "room": house.rooms[0].pk, "reservations": [stay], **over}


def test_a_walk_in_is_in_house_at_once_and_once_under_its_key(house, client):
    first = client.post("/api/v1/walk-ins", walk_in_body(house), key="w-1")
    again = client.post("/api/v1/walk-ins", walk_in_body(house), key="w-1")
    assert (first.status_code, first.json()["reservation"]["status"]) == (201, "in_house")
    assert first.json()["reservation"]["is_walk_in"] is True
    assert again.json()["reservation"]["id"] == first.json()["reservation"]["id"]
    assert Reservation.objects.count() == 1


def test_a_walk_in_needs_a_key_a_right_and_a_free_room(house, client, stage, arriving):
    check_in(reservation=arriving, actor=None)
    body, url = walk_in_body(house), "/api/v1/walk-ins"
    assert_problem(client.post(url, body, key=""), 400, "idempotency_key_missing")
    assert_problem(client.post(url, body), 409, "room_taken")
    without = stage.client_of(ALL_RIGHTS - {"manage_stays_area"})
    assert_problem(without.post(url, body), 403, "permission_denied")
    assert_problem(stage.client_of(ALL_RIGHTS, stage.beta).post(url, body), 400)
    two = walk_in_body(house, reservations=walk_in_body(house)["reservations"] * 2)
    assert_problem(client.post(url, two), 400, "one_stay")
    assert Reservation.objects.count() == 1


class TestFixedCharges(ReadContract, QueryContract):
    model, url, area = FixedCharge, f"{URL}/fixed-charges", "stays"

    def make(self, place, n):
        return fixed_charge_make(place)


def test_a_charge_is_agreed_and_ended(house, client, arriving):
    body = {
        "reservation": arriving.pk,
        "code": standard_code(house.place, "service").pk,
        "amount": {"amount": "15.00", "currency": "EUR"},
        "description": "Parking",
        "every_nights": 2,
    }
    made = client.post(f"{URL}/fixed-charges", body)
    assert made.status_code == 201, made.content
    assert (made.json()["first_night"], made.json()["until"], made.json()["code_name"]) == (
        str(TODAY),
        None,
        "service",
    )
    assert_problem(client.post(f"{URL}/fixed-charges", {**body, "every_nights": 0}), 400)
    assert_problem(client.post(f"{URL}/fixed-charges", {**body, "until": "2020-01-01"}), 400, "dates_invalid")
    ended = client.post(f"{URL}/fixed-charges/{made.json()['id']}/end", {"until": str(TODAY + DAY)})
    assert ended.json()["until"] == str(TODAY + DAY)
    assert (FixedCharge.objects.count(), Posting.objects.count(), Folio.objects.count()) == (1, 0, 0)


def test_agreeing_and_ending_need_the_right_to_manage_here(stage, house, arriving):
    charge = fixed_charge_make(stage.alpha)
    code = standard_code(stage.alpha, "service").pk
    body = {"reservation": arriving.pk, "code": code, "amount": {"amount": "1.00", "currency": "EUR"}}
    without = stage.client_of(ALL_RIGHTS - {"manage_stays_area"})
    for url, sent in ((f"{URL}/fixed-charges", body), (f"{URL}/fixed-charges/{charge.pk}/end", {})):
        assert_problem(without.post(url, sent), 403, "permission_denied")
        assert stage.client_of(ALL_RIGHTS, stage.beta).post(url, sent).status_code in {400, 404}
    assert FixedCharge.objects.filter(until=None).count() == FixedCharge.objects.count() == 1
