"""Room types and features through the API."""

from datetime import timedelta

from hotel.properties.models import AgeBand
from hotel.rooms.models import RoomFeature, RoomType
from tests.cast import TODAY
from tests.contracts.base import assert_problem
from tests.contracts.crud import CrudContract
from tests.factories.rooms import inventory_ready, room_type_make, rooms_make


class TestRoomFeatures(CrudContract):
    model, url, area = RoomFeature, "/api/v1/room-features", "rooms"
    update = {"name": "Balcony to the lake"}

    def make(self, place, n):
        return RoomFeature.objects.create(property=place, code=f"F{n}", name=f"Feature {n}")

    def create(self, place):
        return {"property": place.pk, "code": "BALCONY", "name": "Balcony"}


class TestRoomTypes(CrudContract):
    model, url, area = RoomType, "/api/v1/room-types", "rooms"
    update = {"name": "Double with a view", "day_use_limit": 2}
    max_queries = 14

    def make(self, place, n):
        return room_type_make(place, f"T{n}")

    def create(self, place):
        feature = RoomFeature.objects.create(property=place, code="LAKE", name="Lake view")
        part = room_type_make(place, "PART")
        band = AgeBand.objects.get(property=place, code="adult")
        return {
            "property": place.pk,
            "code": "STE",
            "name": "Suite",
            "kind": "component",
            "room_class": "Suites",
            "description": "Two rooms and a door between.",
            "standard_occupancy": 2,
            "max_occupancy": 4,
            "max_adults": 4,
            "max_children": 2,
            "occupancies": [{"age_band": band.pk, "max_count": 4}],
            "base_type": None,
            "parts": [{"part_type": part.pk, "quantity": 2}],
            "features": [feature.pk],
            "housekeeping_credits": "2.50",
            "sort_order": 10,
            "is_active": True,
            "day_use_limit": 0,
        }

    def test_the_answer_shows_what_was_sent(self, stage):
        body = self.create(stage.alpha)
        answer = self.writer(stage).post(self.url, body)
        assert {name: answer.json()[name] for name in body} == body

    def test_a_structure_that_cannot_be_counted_is_refused(self, stage):
        body = {**self.create(stage.alpha), "parts": []}
        before = self.rows()
        assert_problem(self.writer(stage).post(self.url, body), 422, "room_type_structure_invalid")
        assert self.rows() == before

    def test_orders_repetitions_and_strangers_are_refused(self, stage):
        body, client, before = self.create(stage.alpha), self.writer(stage), None
        foreign = room_type_make(stage.beta, "FOREIGN")
        both = stage.client_of(self.writer_rights(), stage.alpha, stage.beta)
        before = self.rows()
        part = body["parts"][0]
        for changed in (
            {"max_adults": 5},
            {"parts": [part, part]},
            {"parts": [{"part_type": foreign.pk, "quantity": 1}]},
            {"code": "lower case"},
            {"housekeeping_credits": "-1"},
        ):
            assert_problem(client.post(self.url, {**body, **changed}), 400, "invalid")
            assert_problem(both.post(self.url, {**body, **changed}), 400, "invalid")
        assert self.rows() == before

    def test_a_type_in_use_keeps_its_structure_and_is_not_deleted(self, stage):
        double = room_type_make(stage.alpha)
        rooms_make(stage.alpha, double, 1)
        inventory_ready(stage.alpha, TODAY, TODAY + timedelta(days=1))
        client = self.writer(stage)
        assert_problem(client.patch(self.one(double), {"kind": "pseudo"}), 409, "room_type_in_use")
        assert_problem(client.delete(self.one(double)), 409, "room_type_in_use")
        assert self.fresh(double).kind == "standard"
