from hotel.properties.models import AgeBand, Building, BusinessDay, Floor, Section
from tests.contracts.base import assert_problem
from tests.contracts.crud import CrudContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.scoping import ScopedModelContract
from tests.factories.properties import age_band_make, building_make, floor_make, section_make


class TestBuildings(CrudContract, ScopedModelContract):
    model, url, area = Building, "/api/v1/buildings", "properties"
    update = {"name": "West wing"}

    def make(self, place, n):
        return building_make(place, code=f"B{n}")

    def create(self, place):
        return {"property": place.pk, "code": "EAST", "name": "East wing"}


class TestFloors(CrudContract, ScopedModelContract):
    model, url, area = Floor, "/api/v1/floors", "properties"
    update = {"name": "Garden", "level": -1}

    def make(self, place, n):
        building = Building.objects.filter(property=place).first() or building_make(place)
        return floor_make(place, building=building, level=n)

    def create(self, place):
        return {"property": place.pk, "building": building_make(place).pk, "level": 3, "name": ""}


class TestSections(CrudContract, ScopedModelContract):
    model, url, area = Section, "/api/v1/sections", "properties"
    update = {"name": "South side"}

    def make(self, place, n):
        return section_make(place, code=f"S{n}")

    def create(self, place):
        return {"property": place.pk, "code": "S9", "name": "Section 9"}


class TestAgeBands(CrudContract, ScopedModelContract):
    model, url, area = AgeBand, "/api/v1/age-bands", "properties"
    update = {"name": "Baby", "takes_bed": False}

    def make(self, place, n):
        AgeBand.objects.filter(property=place, code="child").delete()
        return AgeBand.objects.create(
            property=place, code=f"age-{n}", name=f"Age {n}", min_age=n, max_age=n, takes_bed=True
        )

    def create(self, place):
        AgeBand.objects.filter(property=place, code="child").update(min_age=3)
        return {"property": place.pk, "code": "infant", "name": "Infant", "min_age": 0, "max_age": 2}


class TestBusinessDays(ReadContract, QueryContract):
    model, url, area = BusinessDay, "/api/v1/business-days", "properties"

    def make(self, place, n):
        from datetime import timedelta

        from hotel.core.clock import now

        day = place.business_date - timedelta(days=n + 1)
        return BusinessDay.objects.create(property=place, business_date=day, closed_at=now())


def test_business_days_take_no_writes(stage):
    client = stage.client_of({"view_properties_area", "manage_properties_area"})
    day = BusinessDay.objects.get(property=stage.alpha)
    for call in (client.patch, client.put, client.delete):
        assert call(f"/api/v1/business-days/{day.pk}").status_code == 405
    assert client.post("/api/v1/business-days", {}).status_code == 405


def test_open_days_can_be_asked_for(stage):
    client = stage.client_of({"view_properties_area"})
    found = client.get("/api/v1/business-days", {"is_open": "true"}).json()["results"]
    assert [row["business_date"] for row in found] == ["2027-03-14"]


def test_a_floor_never_joins_a_building_of_another_property(stage):
    theirs = building_make(stage.beta)
    client = stage.client_of({"view_properties_area", "manage_properties_area"}, stage.alpha, stage.beta)

    answer = client.post("/api/v1/floors", {"property": stage.alpha.pk, "building": theirs.pk, "level": 1})

    assert_problem(answer, 400, "invalid")
    assert "building" in answer.json()["fields"]
    assert not Floor.objects.exists()


def test_a_building_with_floors_stays(stage):
    floor = floor_make(stage.alpha)
    client = stage.client_of({"view_properties_area", "manage_properties_area"})

    assert_problem(client.delete(f"/api/v1/buildings/{floor.building_id}"), 409, "in_use")
    assert Building.objects.filter(pk=floor.building_id).exists()


def test_age_bands_never_overlap(stage):
    client = stage.client_of({"view_properties_area", "manage_properties_area"})
    body = {"property": stage.alpha.pk, "code": "teen", "name": "Teen", "min_age": 11, "max_age": 17}

    answer = client.post("/api/v1/age-bands", body)

    assert_problem(answer, 400, "invalid")
    assert answer.json()["fields"] == {"min_age": ["Another band counts some of these ages."]}
    assert AgeBand.objects.filter(property=stage.alpha).count() == 2


def test_the_adult_band_and_the_codes_of_bands_stay(stage):
    client = stage.client_of({"view_properties_area", "manage_properties_area"})
    adult = AgeBand.objects.get(property=stage.alpha, code="adult")

    assert_problem(client.delete(f"/api/v1/age-bands/{adult.pk}"), 422, "adult_band_fixed")
    assert_problem(client.patch(f"/api/v1/age-bands/{adult.pk}", {"code": "senior"}), 400, "invalid")
    assert_problem(client.patch(f"/api/v1/age-bands/{adult.pk}", {"max_age": 3}), 400, "invalid")
    adult.refresh_from_db()
    assert (adult.code, adult.min_age, adult.max_age) == ("adult", 12, 199)


def test_a_band_may_move_within_its_own_ages(stage):
    child = age_band_make(stage.alpha)
    client = stage.client_of({"view_properties_area", "manage_properties_area"})

    answer = client.patch(f"/api/v1/age-bands/{child.pk}", {"max_age": 0})

    assert answer.status_code == 200, answer.content
    assert answer.json()["max_age"] == 0
