"""Rooms for many stays through the API: planned, applied as shown, or done at once."""

import pytest

from hotel.properties.scoping import codename
from hotel.reservations.models import RoomAssignment
from hotel.rooms.models import RoomFeature
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.contracts.stage import ALL_VIEWS
from tests.factories.reservations import house_make, room_assignment_make

URL = "/api/v1/room-assignments"
ASSIGNER = ALL_VIEWS | {codename("assign", "reservations")}


class TestRoomAssignments(ReadContract, QueryContract):
    model, url, area = RoomAssignment, URL, "reservations"

    def make(self, place, n):
        return room_assignment_make(place, n)


@pytest.fixture
def house(stage):
    return house_make(stage.alpha)


@pytest.fixture
def client(stage):
    return stage.client_of(ASSIGNER)


def held() -> dict[int, str]:
    rows = RoomAssignment.objects.filter(released_at=None).select_related("room")
    return {row.reservation_id: row.room.number for row in rows}


def test_a_plan_is_shown_and_applied_as_it_was_shown(house, client):
    sea = RoomFeature.objects.create(property=house.place, code="SEA", name="Sea view")
    house.rooms[1].features.add(sea)
    plain, wishing = house.reserve(0, 2), house.reserve(0, 2, room_wishes={"SEA": 60})

    plan = client.post(f"{URL}/plan", {"property": house.place.pk})

    assert plan.status_code == 200, plan.content
    assert {m["reservation"]: m["to_room"] for m in plan.json()["moves"]} == {
        plain.pk: "101",
        wishing.pk: "102",
    }
    assert held() == {}
    moves = [{"reservation": m["reservation"], "room": m["room"]} for m in plan.json()["moves"]]
    applied = client.post(f"{URL}/apply", {"property": house.place.pk, "moves": moves})
    assert applied.status_code == 200, applied.content
    assert [(row["reservation"], row["room_number"]) for row in applied.json()] == [
        (plain.pk, "101"),
        (wishing.pk, "102"),
    ]
    assert held() == {plain.pk: "101", wishing.pk: "102"}


def test_a_must_leaves_a_stay_without_a_room_rather_than_in_the_wrong_one(house, client):
    RoomFeature.objects.create(property=house.place, code="LIFT", name="By the lift")
    row = house.reserve(0, 2, room_wishes={"LIFT": 100})

    plan = client.post(f"{URL}/plan", {"property": house.place.pk, "reservations": [row.pk]}).json()

    assert (plan["moves"], plan["unplaced"]) == ([], [row.pk])


def test_a_plan_the_house_has_outrun_moves_nobody(house, client):
    row, rival = house.reserve(0, 2), house.reserve(0, 2)
    moves = [{"reservation": row.pk, "room": house.rooms[0].pk}]
    client.post(f"/api/v1/reservations/{rival.pk}/assign", {"room": house.rooms[0].pk})

    answer = client.post(f"{URL}/apply", {"property": house.place.pk, "moves": moves})

    assert_problem(answer, 409, "plan_outdated")
    assert answer.json()["extra"]["cause"] == "room_taken"
    assert held() == {rival.pk: "101"}


def test_all_arrivals_get_rooms_in_one_call(house, client):
    today, tomorrow = house.reserve(0, 1), house.reserve(1, 1)

    first = client.post(f"{URL}/due", {"property": house.place.pk})
    assert [m["reservation"] for m in first.json()["moves"]] == [today.pk]
    second = client.post(f"{URL}/due", {"property": house.place.pk, "days": 2})
    assert [m["reservation"] for m in second.json()["moves"]] == [tomorrow.pk]
    assert set(held()) == {today.pk, tomorrow.pk}


def test_only_stays_that_need_a_room_are_planned(house, client):
    inquiry, placed = house.reserve(0, 1, status="inquiry"), house.reserve(0, 1)
    client.post(f"/api/v1/reservations/{placed.pk}/assign", {"room": house.rooms[0].pk})

    for ids in ([inquiry.pk], [placed.pk], [2**61]):
        answer = client.post(f"{URL}/plan", {"property": house.place.pk, "reservations": ids})
        assert_problem(answer, 400, "invalid")


def test_what_is_applied_names_each_stay_once_and_only_of_the_property(house, client, stage):
    row = house.reserve(0, 1)
    twice = [{"reservation": row.pk, "room": room.pk} for room in house.rooms[:2]]
    foreign = room_assignment_make(stage.beta)
    both = stage.client_of(ASSIGNER, stage.alpha, stage.beta)

    assert_problem(client.post(f"{URL}/apply", {"property": house.place.pk, "moves": twice}), 400, "invalid")
    for move in (
        {"reservation": foreign.reservation_id, "room": house.rooms[0].pk},
        {"reservation": row.pk, "room": foreign.room_id},
    ):
        answer = both.post(f"{URL}/apply", {"property": house.place.pk, "moves": [move]})
        assert_problem(answer, 400, "other_property")
    assert set(held()) == {foreign.reservation_id}


def test_filters_and_history(house, client):
    row = house.reserve(1, 2)
    for room in house.rooms[:2]:
        client.post(f"/api/v1/reservations/{row.pk}/assign", {"room": room.pk})

    def rooms(**query):
        return [r["room_number"] for r in client.get(URL, {"ordering": "arrival", **query}).json()["results"]]

    assert rooms() == ["101", "102"]
    assert rooms(is_active=True) == ["102"]
    assert rooms(room=house.rooms[0].pk) == ["101"]
    assert rooms(arrival_to="2027-03-14") == []
    assert rooms(departure_from="2027-03-17", reservation=row.pk) == ["101", "102"]


def test_a_room_for_some_nights_and_the_nights_without_one_are_shown(house, client):
    row = house.reserve(1, 5)  # nights 15–19
    path = f"/api/v1/reservations/{row.pk}"

    answer = client.post(f"{path}/assign", {"room": house.rooms[0].pk, "departure": "2027-03-18"})
    assert answer.status_code == 200, answer.content
    shown = answer.json()["reservation"]
    assert [(r["room_number"], r["arrival"], r["departure"]) for r in shown["rooms"]] == [
        ("101", "2027-03-15", "2027-03-18")
    ]
    assert shown["without_room"] == [{"arrival": "2027-03-18", "departure": "2027-03-20"}]
    assert [r["id"] for r in client.get("/api/v1/reservations?moves_on=2027-03-18").json()["results"]] == [
        row.pk
    ]
    outside = client.post(f"{path}/assign", {"room": house.rooms[0].pk, "departure": "2027-03-30"})
    assert_problem(outside, 400, "part_outside_stay")

    plan = client.post(f"{URL}/plan", {"property": house.place.pk, "days": 2}).json()
    (move,) = plan["moves"]
    assert (move["from_room"], move["arrival"], move["departure"]) == (None, "2027-03-18", "2027-03-20")
    done = client.post(f"{URL}/apply", {"property": house.place.pk, "moves": [move, move]})
    assert_problem(done, 400, "invalid")
    done = client.post(f"{URL}/apply", {"property": house.place.pk, "moves": [move]})
    assert [(r["room_number"], r["arrival"], r["departure"]) for r in done.json()] == [
        ("101", "2027-03-15", "2027-03-20")
    ]

    taken = client.post(f"{path}/unassign", {"arrival": "2027-03-16", "departure": "2027-03-17"}).json()
    assert taken["reservation"]["without_room"] == [{"arrival": "2027-03-16", "departure": "2027-03-17"}]
    assert len(taken["reservation"]["rooms"]) == 2


def test_why_a_stay_has_its_room_is_explained(house, client, stage):
    row, rival = house.reserve(1, 2), house.reserve(2, 2)
    for stay, room in ((row, house.rooms[1]), (rival, house.rooms[0])):
        client.post(f"/api/v1/reservations/{stay.pk}/assign", {"room": room.pk})
    path = f"/api/v1/reservations/{row.pk}/assignment/explain"

    answer = client.get(path)

    assert answer.status_code == 200, answer.content
    (part,) = answer.json()
    assert (part["arrival"], part["departure"], part["is_locked"]) == ("2027-03-15", "2027-03-17", False)
    assert [(r["number"], r["is_held"], r["is_free"], r["points"]) for r in part["rooms"]] == [
        ("102", True, True, 0),
        ("101", False, False, 0),
        ("901", False, False, 0),
    ]
    (claim,) = part["rooms"][1]["claims"]
    assert (claim["kind"], claim["reservation"]) == ("stay", rival.number)
    assert part["rooms"][2]["hindrances"] == [{"kind": "other_type", "subject": ""}]
    assert_case(Case("get", path, "view_reservations_area", 200, outsider=(404,)), stage)


@pytest.mark.parametrize("action", ["plan", "due"])
def test_permissions(stage, action):
    house_make(stage.alpha)
    case = Case(
        "post", f"{URL}/{action}", "assign_reservations_area", 200, {"property": stage.alpha.pk}, (400,)
    )
    assert_case(case, stage)


def test_applying_needs_assign_here(stage):
    house = house_make(stage.alpha)
    body = {
        "property": stage.alpha.pk,
        "moves": [{"reservation": house.reserve().pk, "room": house.rooms[0].pk}],
    }
    assert_case(Case("post", f"{URL}/apply", "assign_reservations_area", 200, body, (400,)), stage)
