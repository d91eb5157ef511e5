from datetime import date

import pytest

from hotel.properties.models import BusinessDay, Property, PropertyGroup, PropertySetting
from tests.cast import TODAY
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import HOSTILE, CreateContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.factories.properties import chain_make, group_make, property_make

VIEW, MANAGE = "view_properties_area", "manage_properties_area"
NEW = {
    "code": "GAMMA",
    "name": "Gamma",
    "time_zone": "America/Puerto_Rico",
    "currency": "USD",
    "country": "PR",
}


@pytest.fixture
def manager(stage):
    return stage.client_of({VIEW, MANAGE}, stage.alpha, stage.beta)


def test_the_list_of_properties_is_that_of_the_caller(stage):
    assert_problem(stage.client().get("/api/v1/properties"), 401, "not_authenticated")
    everywhere = stage.client_of({VIEW}, stage.alpha, stage.beta)
    here = stage.client_of({VIEW})
    assert ids_of(everywhere.get("/api/v1/properties")) == [stage.alpha.pk, stage.beta.pk]
    assert ids_of(here.get("/api/v1/properties")) == [stage.alpha.pk]
    assert ids_of(everywhere.get("/api/v1/properties", {"property": stage.beta.pk})) == [stage.beta.pk]
    assert ids_of(everywhere.get("/api/v1/properties", {"code": "beta"})) == [stage.beta.pk]
    assert_problem(here.get(f"/api/v1/properties/{stage.beta.pk}"), 404, "not_found")
    assert_problem(stage.client_of({"view_rooms_area"}).get("/api/v1/properties"), 403)


def test_one_property_is_shown_with_its_version(stage):
    answer = stage.client_of({VIEW}).get(f"/api/v1/properties/{stage.alpha.pk}")
    assert answer["ETag"] == '"v1"'
    body = answer.json()
    assert (body["code"], body["currency"], body["business_date"]) == ("ALPHA", "EUR", "2027-03-14")
    assert (body["check_in_time"], body["logo"]) == ("15:00:00", None)


def test_a_property_is_opened_by_who_manages_the_whole_chain(stage, manager):
    body = {**NEW, "chain": stage.alpha.chain_id, "business_date": "2027-06-01"}

    refused = stage.client_of({VIEW, MANAGE}).post("/api/v1/properties", body)
    assert_problem(refused, 403, "permission_denied")
    assert_problem(stage.client_of({VIEW}).post("/api/v1/properties", body), 403)
    assert Property.objects.count() == 2

    answer = manager.post("/api/v1/properties", body)
    assert answer.status_code == 201, answer.content
    assert answer["ETag"] == '"v1"'
    place = Property.objects.get(pk=answer.json()["id"])
    assert BusinessDay.objects.get(property=place).business_date == date(2027, 6, 1)


def test_no_property_is_opened_in_a_foreign_chain(stage, manager):
    foreign = property_make(chain_make()).chain
    answer = manager.post("/api/v1/properties", {**NEW, "code": "X", "chain": foreign.pk})
    assert_problem(answer, 400, "invalid")
    assert Property.objects.count() == 3


def test_hostile_bodies_of_properties_get_an_answer_below_500(stage, manager):
    body = {**NEW, "chain": stage.alpha.chain_id, "business_date": "2027-06-01", "check_in_time": "15:00"}
    for name in body:
        for value in HOSTILE:
            assert manager.post("/api/v1/properties", {**body, name: value}).status_code < 500, (name, value)
            answer = manager.patch(f"/api/v1/properties/{stage.alpha.pk}", {name: value})
            assert answer.status_code < 500, (name, value)
    assert manager.patch(f"/api/v1/properties/{stage.alpha.pk}", []).status_code == 400


def test_a_change_needs_the_right_and_the_version(stage, manager):
    url = f"/api/v1/properties/{stage.alpha.pk}"
    assert_problem(stage.client_of({VIEW}).patch(url, {"name": "X"}), 403)
    assert_problem(stage.client_of({VIEW, MANAGE}, stage.beta).patch(url, {"name": "X"}), 404)

    answer = manager.patch(url, {"name": "Alpha Grand"}, HTTP_IF_MATCH='"v1"')
    assert answer.status_code == 200, answer.content
    assert (answer.json()["name"], answer["ETag"]) == ("Alpha Grand", '"v2"')
    assert_problem(manager.patch(url, {"name": "Y"}, HTTP_IF_MATCH='"v1"'), 412, "version_conflict")
    stage.alpha.refresh_from_db()
    assert stage.alpha.name == "Alpha Grand"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("business_date", "2027-03-15"),
        ("currency", "USD"),
        ("time_zone", "UTC"),
        ("code", "NEW"),
        ("chain", 0),
    ],
)
def test_the_business_date_and_other_fixed_fields_never_change_by_patch(stage, manager, field, value):
    url = f"/api/v1/properties/{stage.alpha.pk}"
    before = Property.objects.filter(pk=stage.alpha.pk).values().get()

    answer = manager.patch(url, {"name": "X", field: value})

    assert_problem(answer, 400, "invalid")
    assert list(answer.json()["fields"]) == [field]
    assert Property.objects.filter(pk=stage.alpha.pk).values().get() == before
    same = manager.get(url).json()
    assert manager.patch(url, {**same, "phone": "1"}).status_code == 200


def test_a_property_is_never_deleted(stage, manager):
    assert_problem(manager.delete(f"/api/v1/properties/{stage.alpha.pk}"), 405, "method_not_allowed")
    assert_problem(manager.put(f"/api/v1/properties/{stage.alpha.pk}", {}), 405, "method_not_allowed")


def test_chains_are_those_of_ones_properties(stage):
    foreign = property_make(chain_make()).chain
    client = stage.client_of({VIEW})
    assert ids_of(client.get("/api/v1/chains")) == [stage.alpha.chain_id]
    assert ids_of(client.get("/api/v1/chains", {"property": stage.alpha.pk})) == [stage.alpha.chain_id]
    assert_problem(client.get(f"/api/v1/chains/{foreign.pk}"), 404)
    assert_problem(client.post("/api/v1/chains", {"code": "Z", "name": "Z"}), 405)


class TestSettings(ReadContract, CreateContract, QueryContract):
    model, url, area = PropertySetting, "/api/v1/properties/settings", "properties"

    def make(self, place, n):
        return PropertySetting.objects.create(
            property=place, key="rooms.turn_minutes", value=n, valid_from=date(2027, 4, 1 + n)
        )

    def create(self, place):
        return {
            "property": place.pk,
            "key": "rooms.turn_minutes",
            "value": 45,
            "valid_from": "2027-04-01",
        }


def test_settings_are_replaced_and_taken_back_but_not_patched(stage, manager):
    body = {"property": stage.alpha.pk, "key": "rooms.turn_minutes", "value": 45, "valid_from": "2027-04-01"}
    first = manager.post("/api/v1/properties/settings", body).json()
    again = manager.post("/api/v1/properties/settings", {**body, "value": 50}).json()
    url = f"/api/v1/properties/settings/{first['id']}"

    assert (again["id"], manager.get(url).json()["value"]) == (first["id"], 50)
    assert_problem(manager.patch(url, {"value": 1}), 405)
    past = manager.post("/api/v1/properties/settings", {**body, "valid_from": "2027-03-13"})
    assert_problem(past, 422, "setting_in_the_past")
    wrong = manager.post("/api/v1/properties/settings", {**body, "value": "many"})
    assert_problem(wrong, 400, "setting_value")
    assert_problem(stage.client_of({VIEW}).delete(url), 403)
    assert manager.delete(url).status_code == 204
    assert not PropertySetting.objects.exists()


def test_current_settings_of_a_day(stage, manager):
    PropertySetting.objects.create(
        property=stage.alpha, key="rooms.turn_minutes", value=45, valid_from=date(2027, 4, 1)
    )
    url = "/api/v1/properties/settings/current"

    today = manager.get(url, {"property": stage.alpha.pk}).json()
    assert (today["day"], today["values"]["rooms.turn_minutes"]) == (str(TODAY), 60)
    later = manager.get(url, {"property": stage.alpha.pk, "day": "2027-04-02"}).json()
    assert later["values"]["rooms.turn_minutes"] == 45

    assert_problem(manager.get(url), 400, "invalid")
    assert_problem(manager.get(url, {"property": stage.alpha.pk, "day": "x"}), 400, "invalid")
    outsider = stage.client_of({VIEW}, stage.beta)
    assert_problem(outsider.get(url, {"property": stage.alpha.pk}), 400, "invalid")


def test_groups_are_seen_by_any_member_and_changed_by_managers_of_all(stage, manager):
    group = group_make(stage.alpha, stage.beta)
    url = f"/api/v1/groups/{group.pk}"
    here = stage.client_of({VIEW, MANAGE})

    assert here.get(url).json()["properties"] == [stage.alpha.pk]
    assert manager.get(url).json()["properties"] == [stage.alpha.pk, stage.beta.pk]
    assert_problem(here.patch(url, {"name": "Mine"}), 404)
    assert_problem(here.delete(url), 404)
    assert_problem(stage.client_of({VIEW}, stage.alpha, stage.beta).patch(url, {"name": "M"}), 403)
    group.refresh_from_db()
    assert group.name == "Group"

    assert manager.patch(url, {"name": "Both"}).json()["name"] == "Both"
    assert manager.patch(url, {"properties": [stage.beta.pk]}).json()["properties"] == [stage.beta.pk]
    assert ids_of(here.get("/api/v1/groups")) == []
    assert manager.delete(url).status_code == 204
    assert not PropertyGroup.objects.exists()


def test_groups_are_made_of_properties_one_manages(stage, manager):
    body = {"chain": stage.alpha.chain_id, "name": "Duo", "properties": [stage.alpha.pk, stage.beta.pk]}
    here = stage.client_of({VIEW, MANAGE})
    assert_problem(here.post("/api/v1/groups", body), 400, "invalid")
    assert_problem(manager.post("/api/v1/groups", {**body, "properties": []}), 400, "invalid")
    assert not PropertyGroup.objects.exists()

    answer = manager.post("/api/v1/groups", body)
    assert answer.status_code == 201, answer.content
    assert ids_of(manager.get("/api/v1/groups", {"property": stage.beta.pk})) == [answer.json()["id"]]
    assert_problem(manager.post("/api/v1/groups", body), 400, "invalid")
    for name in body:
        for value in HOSTILE:
            assert manager.post("/api/v1/groups", {**body, name: value}).status_code < 500, (name, value)


def test_a_group_stays_in_its_chain(stage, manager):
    foreign = property_make(stage.alpha.chain)
    group = group_make(stage.alpha)
    other = chain_make()
    foreign.chain = other
    foreign.save()
    boss = stage.client_of({VIEW, MANAGE}, stage.alpha, foreign)
    url = f"/api/v1/groups/{group.pk}"

    assert_problem(boss.patch(url, {"chain": other.pk}), 400, "invalid")
    assert_problem(boss.patch(url, {"properties": [foreign.pk]}), 400, "group_of_another_chain")
    assert list(group.properties.all()) == [stage.alpha]


def test_the_fiscal_day_of_a_property_is_told(stage):
    url = f"/api/v1/properties/{stage.alpha.pk}/fiscal"
    client = stage.client_of({VIEW})

    shown = client.get(url).json()

    assert shown == {
        "day": "2027-03-14",
        "year": 2027,
        "quarter": 1,
        "period": 3,
        "year_span": {"first": "2027-01-01", "last": "2027-12-31"},
        "quarter_span": {"first": "2027-01-01", "last": "2027-03-31"},
        "period_span": {"first": "2027-03-01", "last": "2027-03-31"},
        "comparable": "2026-03-15",
    }
    assert client.get(url, {"day": "2028-02-29"}).json()["comparable"] == "2027-03-02"
    assert_problem(client.get(url, {"day": "0001-01-01"}), 400, "dates_invalid")
    assert_problem(client.get(url, {"day": "soon"}), 400, "invalid")
    assert_problem(stage.client_of({VIEW}, stage.beta).get(url), 404, "not_found")
    assert_problem(stage.client_of({"view_rooms_area"}).get(url), 403)
