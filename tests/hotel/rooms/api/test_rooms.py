"""Rooms, their commands and housekeeping through the API."""

from datetime import timedelta

import pytest

from hotel.properties.models import Building, Floor, Section
from hotel.properties.scoping import codename
from hotel.rooms import presence_ports
from hotel.rooms.models import Room, RoomFeature, RoomStatusChange
from hotel.rooms.services.blocks import BlockData, block_create, block_instants
from hotel.rooms.services.occupancy import room_claim
from hotel.rooms.services.status import room_status_set
from tests.cast import TODAY
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import HOSTILE, CrudContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.rooms import inventory_ready, room_make, room_type_make

TOMORROW = str(TODAY + timedelta(days=1))
STATUS = codename("status", "rooms")


def type_at(place, code="DBL"):
    from hotel.rooms.models import RoomType

    return RoomType.objects.filter(property=place, code=code).first() or room_type_make(place, code)


class TestRooms(CrudContract):
    model, url, area = Room, "/api/v1/rooms", "rooms"
    update = {"notes": "Creaky door", "is_smoking": True}
    max_queries = 14

    def make(self, place, n):
        return room_make(place, type_at(place), f"{100 + n}")

    def create(self, place):
        building = Building.objects.create(property=place, code="A", name="Main")
        feature = RoomFeature.objects.create(property=place, code="LAKE", name="Lake view")
        return {
            "property": place.pk,
            "number": "501",
            "room_type": type_at(place).pk,
            "building": building.pk,
            "floor": Floor.objects.create(property=place, building=building, level=5).pk,
            "section": Section.objects.create(property=place, code="S5", name="Fifth").pk,
            "features": [feature.pk],
            "beds": [{"kind": "king", "quantity": 1}],
            "parts": [],
            "connects_to": [room_make(place, type_at(place), "502").pk],
            "opened_on": "2027-04-01",
            "is_accessible": True,
            "is_smoking": False,
            "notes": "Quiet",
        }

    def test_the_answer_shows_what_was_sent(self, stage):
        body = self.create(stage.alpha)
        answer = self.writer(stage).post(self.url, body)
        assert {name: answer.json()[name] for name in body} == body
        assert (answer.json()["closed_on"], answer.json()["housekeeping_status"]) == (None, "clean")

    def test_what_changes_by_command_does_not_change_here(self, stage):
        room, client = self.make(stage.alpha, 1), self.writer(stage)
        other = type_at(stage.alpha, "SUP")
        assert_problem(client.patch(self.one(room), {"room_type": other.pk}), 400, "invalid")
        part = self.make(stage.alpha, 2)
        assert_problem(client.patch(self.one(room), {"parts": [part.pk]}), 400, "invalid")
        beds = [{"kind": "king", "quantity": 1}] * 2
        assert_problem(client.patch(self.one(room), {"beds": beds}), 400, "invalid")
        client.patch(self.one(room), {"housekeeping_status": "dirty", "closed_on": TOMORROW})
        fresh = self.fresh(room)
        assert (fresh.housekeeping_status, fresh.closed_on, fresh.room_type) == (
            "clean",
            None,
            room.room_type,
        )

    def test_references_stay_within_the_property(self, stage):
        room, foreign = self.make(stage.alpha, 1), self.make(stage.beta, 2)
        both = stage.client_of(self.writer_rights(), stage.alpha, stage.beta)
        answer = both.patch(self.one(room), {"connects_to": [foreign.pk]})
        assert_problem(answer, 400, "invalid")
        assert not room.connects_to.exists()

    def test_a_suite_shows_its_parts(self, stage):
        parts = (self.make(stage.alpha, 1), self.make(stage.alpha, 2))
        kind = room_type_make(stage.alpha, "STE", kind="component", parts={type_at(stage.alpha): 2})
        body = {
            "property": stage.alpha.pk,
            "number": "S1",
            "room_type": kind.pk,
            "parts": [part.pk for part in parts],
        }
        client = self.writer(stage)
        made = client.post(self.url, body)
        assert made.status_code == 201, made.content
        assert made.json()["parts"] == [part.pk for part in parts]
        again = client.patch(f"{self.url}/{made.json()['id']}", {"parts": body["parts"], "notes": "x"})
        assert again.status_code == 200, again.content
        assert_problem(client.post(self.url, {**body, "number": "S2", "parts": []}), 422, "room_refused")

    def test_closing_retyping_and_reopening(self, stage):
        room, other = self.make(stage.alpha, 1), type_at(stage.alpha, "SUP")
        inventory_ready(stage.alpha, TODAY, TODAY + timedelta(days=3))
        client = self.writer(stage)
        closed = client.post(f"{self.one(room)}/close", {"on": TOMORROW})
        assert (closed.status_code, closed.json()["closed_on"]) == (200, TOMORROW)
        assert client.post(f"{self.one(room)}/reopen").json()["closed_on"] is None
        made = client.post(f"{self.one(room)}/retype", {"room_type": other.pk, "on": TOMORROW})
        assert made.status_code == 201, made.content
        assert (made.json()["number"], made.json()["room_type"]) == (room.number, other.pk)
        assert self.fresh(room).closed_on == TODAY + timedelta(days=1)
        assert_problem(client.post(f"{self.one(room)}/reopen"), 409, "room_number_taken")
        foreign = type_at(stage.beta)
        both = stage.client_of(self.writer_rights(), stage.alpha, stage.beta)
        answer = both.post(
            f"{self.url}/{made.json()['id']}/retype", {"room_type": foreign.pk, "on": TOMORROW}
        )
        assert_problem(answer, 400, "invalid")

    def test_closing_is_refused_with_the_stays_to_plan_anew(self, stage):
        room = self.make(stage.alpha, 1)
        start, end = block_instants(stage.alpha, TODAY, TODAY + timedelta(days=3))
        claim = room_claim(room=room, start=start, end=end, kind="stay")
        answer = self.writer(stage).post(f"{self.one(room)}/close", {"on": TOMORROW})
        assert_problem(answer, 409, "room_taken")
        assert answer.json()["extra"]["taken"][0]["occupancy"] == claim.pk
        assert self.fresh(room).closed_on is None

    @pytest.mark.parametrize("command", ["close", "reopen", "retype"])
    def test_commands_need_manage_here(self, stage, command):
        room = self.make(stage.alpha, 1)
        path = f"{self.one(room)}/{command}"
        before = self.rows()
        assert_problem(stage.client().post(path, {}), 401, "not_authenticated")
        assert_problem(self.not_writing(stage).post(path, {}), 403, "permission_denied")
        assert_problem(self.outsider(stage).post(path, {}), 404, "not_found")
        assert self.rows() == before

    def test_hostile_commands_get_an_answer_below_500(self, stage):
        room = self.make(stage.alpha, 1)
        client = stage.client_of(self.writer_rights() | {STATUS})
        for value in HOSTILE:
            for command, field in (
                ("close", "on"),
                ("retype", "on"),
                ("retype", "room_type"),
                ("status", "status"),
            ):
                answer = client.post(f"{self.one(room)}/{command}", {"on": TOMORROW, field: value})
                assert answer.status_code < 500, (command, field, value, answer.content)


class TestStatusCommand:
    def rights(self):
        return {STATUS}

    def test_the_status_is_set_by_whoever_holds_status(self, stage):
        room = room_make(stage.alpha, type_at(stage.alpha), "101")
        user = stage.person({STATUS})
        body = {"status": "dirty", "note": "Late check-out"}
        answer = stage.client(user).post(f"/api/v1/rooms/{room.pk}/status", body)
        assert (answer.status_code, answer.json()["housekeeping_status"]) == (200, "dirty")
        change = RoomStatusChange.objects.get()
        assert (change.changed_by, change.source, change.note) == (user, "housekeeping", "Late check-out")

    def test_a_status_that_moved_meanwhile_is_refused(self, stage):
        room = room_make(stage.alpha, type_at(stage.alpha), "101", housekeeping_status="inspected")
        client = stage.client_of({STATUS})
        body = {"status": "dirty", "expected_status": "clean"}
        answer = client.post(f"/api/v1/rooms/{room.pk}/status", body)
        assert_problem(answer, 409, "room_status_moved")
        room.refresh_from_db()
        assert room.housekeeping_status == "inspected"

    def test_others_may_not(self, stage):
        room = room_make(stage.alpha, type_at(stage.alpha), "101")
        path = f"/api/v1/rooms/{room.pk}/status"
        manager = stage.client_of({codename("manage", "rooms"), codename("view", "rooms")})
        assert_problem(manager.post(path, {"status": "dirty"}), 403, "permission_denied")
        elsewhere = stage.client_of({STATUS}, stage.beta)
        assert_problem(elsewhere.post(path, {"status": "dirty"}), 404, "not_found")
        assert not RoomStatusChange.objects.exists()


class TestHousekeeping(ReadContract, QueryContract):
    model, url, area = Room, "/api/v1/housekeeping", "rooms"

    def make(self, place, n):
        return room_make(place, type_at(place), f"{100 + n}")

    def test_the_list_says_who_is_in_and_what_is_held(self, stage, monkeypatch):
        free, taken, held = (self.make(stage.alpha, n) for n in range(3))
        room_make(stage.alpha, type_at(stage.alpha), "900", closed_on=TODAY)
        block_create(room=held, data=BlockData("out_of_order", TODAY, TODAY + timedelta(days=2), "paint"))
        monkeypatch.setattr(presence_ports, "_sources", [lambda rooms: Room.objects.filter(pk=taken.pk)])
        client = self.reader(stage)
        rows = {row["number"]: row for row in client.get(self.url).json()["results"]}
        assert {number: (row["is_occupied"], row["hold"]) for number, row in rows.items()} == {
            "100": (False, None),
            "101": (True, None),
            "102": (False, "out_of_order"),
        }
        assert rows["102"]["hold_ends_on"] == str(TODAY + timedelta(days=2))
        assert ids_of(client.get(self.url, {"is_occupied": "true"})) == [taken.pk]
        assert ids_of(client.get(self.url, {"is_held": "true"})) == [held.pk]
        assert ids_of(client.get(self.url, {"is_held": "false"})) == [free.pk, taken.pk]

    def test_several_rooms_get_a_status_at_once(self, stage):
        rooms = [self.make(stage.alpha, n) for n in range(3)]
        body = {"property": stage.alpha.pk, "rooms": [room.pk for room in rooms], "status": "inspected"}
        answer = stage.client_of({STATUS}).post(f"{self.url}/status", body)
        assert answer.status_code == 200, answer.content
        assert [row["housekeeping_status"] for row in answer.json()] == ["inspected"] * 3
        assert RoomStatusChange.objects.count() == 3

    def test_rooms_of_another_property_are_refused(self, stage):
        mine, theirs = self.make(stage.alpha, 0), self.make(stage.beta, 1)
        body = {"property": stage.alpha.pk, "rooms": [mine.pk, theirs.pk], "status": "dirty"}
        client = stage.client_of({STATUS}, stage.alpha, stage.beta)
        assert_problem(client.post(f"{self.url}/status", body), 400, "invalid")
        assert_problem(self.reader(stage).post(f"{self.url}/status", body), 403, "permission_denied")
        for name in body:
            for value in HOSTILE:
                answer = client.post(f"{self.url}/status", {**body, name: value})
                assert answer.status_code < 500, (name, value, answer.content)
        theirs.refresh_from_db()
        assert theirs.housekeeping_status == "clean"


class TestStatusChanges(ReadContract, QueryContract):
    model, url, area = RoomStatusChange, "/api/v1/rooms/status-changes", "rooms"

    def make(self, place, n):
        room = room_make(place, type_at(place), f"{100 + n}")
        room_status_set(room=room, status="dirty")
        return room.status_changes.get()
