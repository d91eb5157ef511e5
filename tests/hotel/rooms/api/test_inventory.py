"""Holds, counters and overbooking through the API."""

from datetime import timedelta

import pytest

from hotel.properties.scoping import codename
from hotel.rooms.models import InventoryNight, RoomBlock, RoomType
from hotel.rooms.services.blocks import BlockData, block_create
from hotel.rooms.services.inventory import Bucket, Move, inventory_move
from tests.cast import TODAY
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import HOSTILE, CreateContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.rooms import inventory_ready, room_make, room_type_make, rooms_make


def day(step: int) -> str:
    return str(TODAY + timedelta(days=step))


def type_at(place, code="DBL"):
    return RoomType.objects.filter(property=place, code=code).first() or room_type_make(place, code)


class TestBlocks(ReadContract, CreateContract, QueryContract):
    model, url, area, write = RoomBlock, "/api/v1/rooms/blocks", "rooms", "block"

    def make(self, place, n):
        room = room_make(place, type_at(place), f"{100 + n}")
        data = BlockData("out_of_order", TODAY, TODAY + timedelta(days=2), "paint")
        return block_create(room=room, data=data)

    def create(self, place):
        room = room_make(place, type_at(place), "501")
        return {
            "property": place.pk,
            "room": room.pk,
            "kind": "out_of_inventory",
            "start_on": day(1),
            "end_on": day(4),
            "reason": "New bathroom",
            "return_status": "dirty",
        }

    def test_a_key_is_required(self, stage):
        body = self.create(stage.alpha)
        answer = self.writer(stage).post(self.url, body, key="")
        assert_problem(answer, 400, "idempotency_key_missing")
        assert not RoomBlock.objects.exists()

    def test_nights_without_a_night_are_refused(self, stage):
        body = self.create(stage.alpha)
        for change in ({"end_on": day(1)}, {"end_on": "2099-01-01"}):
            assert_problem(self.writer(stage).post(self.url, {**body, **change}), 400, "invalid")
        answer = self.writer(stage).post(self.url, {**body, "start_on": day(-1)})
        assert_problem(answer, 422, "block_refused")
        assert not RoomBlock.objects.exists()

    def test_sold_out_nights_are_refused_with_a_list(self, stage):
        body = self.create(stage.alpha)
        inventory_ready(stage.alpha, TODAY, TODAY + timedelta(days=5))
        night = TODAY + timedelta(days=2)
        move = Move(type_at(stage.alpha).pk, night, night + timedelta(days=1), Bucket.SOLD, 1)
        inventory_move(property_id=stage.alpha.pk, moves=[move])
        answer = self.writer(stage).post(self.url, body)
        assert_problem(answer, 409, "capacity_in_use")
        assert {row["night"] for row in answer.json()["extra"]["nights"]} == {day(2)}
        assert not RoomBlock.objects.exists()

    def test_rescheduling_and_releasing(self, stage):
        block, client = self.make(stage.alpha, 0), self.writer(stage)
        moved = client.post(f"{self.one(block)}/reschedule", {"end_on": day(5)})
        assert (moved.status_code, moved.json()["end_on"]) == (200, day(5))
        assert_problem(client.post(f"{self.one(block)}/reschedule", {}), 400, "invalid")
        released = client.post(f"{self.one(block)}/release", {"return_status": "inspected"})
        assert (released.status_code, released.json()["end_on"]) == (200, day(0))
        assert released.json()["released_at"] is not None
        block.room.refresh_from_db()
        assert block.room.housekeeping_status == "inspected"
        assert_problem(client.post(f"{self.one(block)}/release", {}), 409, "block_released")
        assert_problem(
            client.post(f"{self.one(block)}/reschedule", {"end_on": day(6)}), 409, "block_released"
        )

    @pytest.mark.parametrize("command", ["release", "reschedule"])
    def test_commands_need_block_here(self, stage, command):
        block = self.make(stage.alpha, 0)
        path, before = f"{self.one(block)}/{command}", self.rows()
        assert_problem(stage.client().post(path, {}), 401, "not_authenticated")
        assert_problem(self.not_writing(stage).post(path, {}), 403, "permission_denied")
        assert_problem(self.outsider(stage).post(path, {}), 404, "not_found")
        client = self.writer(stage)
        for value in HOSTILE:
            for field in ("start_on", "end_on", "return_status"):
                answer = client.post(f"{self.one(block)}/reschedule", {field: value})
                assert answer.status_code < 500, (field, value, answer.content)
        assert self.rows() == before

    def test_filters(self, stage):
        block = self.make(stage.alpha, 0)
        client = self.reader(stage)
        for query, expected in (
            ({"room": block.room_id}, [block.pk]),
            ({"is_active": "true"}, [block.pk]),
            ({"is_active": "false"}, []),
            ({"touching_from": day(1), "touching_to": day(1)}, [block.pk]),
            ({"touching_from": day(2)}, []),
            ({"kind": "out_of_service"}, []),
        ):
            assert ids_of(client.get(self.url, query)) == expected, query


class TestNights(ReadContract, QueryContract):
    model, url, area = InventoryNight, "/api/v1/inventory/nights", "rooms"

    def make(self, place, n):
        double = type_at(place)
        inventory_ready(place, TODAY + timedelta(days=n), TODAY + timedelta(days=n + 1))
        return InventoryNight.objects.get(room_type=double, night=TODAY + timedelta(days=n))

    def test_counters_of_a_type_and_of_the_house(self, stage):
        double = type_at(stage.alpha)
        rooms_make(stage.alpha, double, 4)
        inventory_ready(stage.alpha, TODAY, TODAY + timedelta(days=3))
        moves = [
            Move(double.pk, TODAY, TODAY + timedelta(days=1), Bucket.SOLD, 1),
            Move(double.pk, TODAY, TODAY + timedelta(days=1), Bucket.HELD, 1),
        ]
        inventory_move(property_id=stage.alpha.pk, moves=moves)
        client = self.reader(stage)
        query = {"property": stage.alpha.pk, "start": day(0), "end": day(1)}
        rows = client.get(self.url, query).json()["results"]
        assert {
            row["room_type"]: (row["capacity"], row["sold"], row["held"], row["free"]) for row in rows
        } == {
            None: (4, 1, 1, 2),
            double.pk: (4, 1, 1, 2),
        }
        assert len(ids_of(client.get(self.url, {"is_house": "true"}))) == 3
        assert len(ids_of(client.get(self.url, {"room_type": double.pk}))) == 3


class TestOverbooking:
    url = "/api/v1/inventory/overbooking"

    def body(self, place, **over):
        return {
            "property": place.pk,
            "room_type": None,
            "start": day(0),
            "end": day(2),
            "quantity": 3,
            **over,
        }

    @pytest.fixture
    def opened(self, stage):
        for place in (stage.alpha, stage.beta):
            rooms_make(place, type_at(place), 2)
            inventory_ready(place, TODAY, TODAY + timedelta(days=3))

    def limits(self, place) -> list[tuple]:
        rows = InventoryNight.objects.filter(property=place).exclude(overbooking=0).order_by("pk")
        return list(rows.values_list("room_type__code", "night", "overbooking"))

    def test_limits_of_the_house_and_of_a_type(self, stage, opened):
        client = stage.client_of({codename("manage", "rooms"), codename("view", "rooms")})
        double = type_at(stage.alpha)
        assert client.post(self.url, self.body(stage.alpha)).status_code == 200
        body = self.body(stage.alpha, room_type=double.pk, start=day(1), quantity=1)
        assert client.post(self.url, body).json() == body
        assert sorted(self.limits(stage.alpha), key=str) == [
            ("DBL", TODAY + timedelta(days=1), 1),
            (None, TODAY, 3),
            (None, TODAY + timedelta(days=1), 3),
        ]

    def test_refusals_change_nothing(self, stage, opened):
        manager = {codename("manage", "rooms"), codename("view", "rooms")}
        both = stage.client_of(manager, stage.alpha, stage.beta)
        foreign = type_at(stage.beta)
        body = self.body(stage.alpha)
        assert_problem(stage.client().post(self.url, body), 401, "not_authenticated")
        assert_problem(stage.client_of({codename("view", "rooms")}).post(self.url, body), 403)
        assert_problem(stage.client_of(manager, stage.beta).post(self.url, body), 400, "invalid")
        assert_problem(both.post(self.url, {**body, "room_type": foreign.pk}), 400, "invalid")
        assert_problem(both.post(self.url, {**body, "end": day(0)}), 400, "invalid")
        assert_problem(both.post(self.url, {**body, "end": day(9)}), 409, "nights_not_open")
        for name in body:
            for value in HOSTILE:
                if name == "room_type" and value in (None, ""):
                    continue
                answer = both.post(self.url, {**body, name: value})
                assert answer.status_code < 500, (name, value, answer.content)
        assert self.limits(stage.beta) == []
