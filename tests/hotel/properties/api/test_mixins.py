"""What every resource of a property has of the mixins alone: the wall of the database knows no areas."""

from django.contrib.auth.models import Permission

from hotel.properties.models import PropertyUserObjectPermission, Section
from tests.contracts.base import assert_problem
from tests.factories.properties import section_make

URL = "/api/v1/sections"


def test_rows_are_shown_where_the_right_to_their_area_is_held(stage):
    here, there = section_make(stage.alpha), section_make(stage.beta)
    both = stage.client_of({"view_properties_area"}, stage.alpha, stage.beta)
    assert [row["id"] for row in both.get(URL).json()["results"]] == [here.pk, there.pk]

    person = stage.person({"view_properties_area"}, stage.alpha)
    other = Permission.objects.get(codename="view_rooms_area")
    PropertyUserObjectPermission.objects.create(user=person, permission=other, content_object=stage.beta)
    client = stage.client(person)
    assert [row["id"] for row in client.get(URL).json()["results"]] == [here.pk]
    assert_problem(client.get(f"{URL}/{there.pk}"), 404, "not_found")


def test_a_row_stays_at_its_property(stage):
    row = section_make(stage.alpha)
    client = stage.client_of({"view_properties_area", "manage_properties_area"}, stage.alpha, stage.beta)
    answer = client.patch(f"{URL}/{row.pk}", {"property": stage.beta.pk, "name": "Elsewhere"})
    assert_problem(answer, 400, "invalid")
    assert answer.json()["fields"]["property"] == ["A row stays at its property."]
    assert Section.objects.values_list("property", "name").get(pk=row.pk) == (stage.alpha.pk, row.name)
