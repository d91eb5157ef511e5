"""Properties in the admin: what has consequences goes through the services, which are quoted when they refuse."""

from datetime import timedelta

import pytest
from django.test import Client

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.core.days import day_words
from hotel.core.models import OutboxMessage
from hotel.properties.models import AgeBand, PropertyGroup, PropertySetting
from hotel.properties.scoping import grants_of
from tests.cast import TODAY
from tests.factories.accounts import role_make
from tests.factories.properties import group_make, property_setting_make


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


MASTER = {
    "name": "Alpha Grand",
    "country": "AT",
    "language": "de",
    "check_in_time": "14:00",
    "check_out_time": "11:00",
    "fiscal_year_start_month": "4",
    "brand_name": "Grand",
    "brand_colour": "#1f6feb",
    "address": "",
    "phone": "",
    "email": "",
    "tax_number": "",
    "is_active": "on",
}


def test_master_data_is_changed_and_the_house_is_told(cast, desk):
    body = {**MASTER, "currency": "USD", "time_zone": "UTC", "business_date": "2030-01-01"}
    answer = desk.post(f"/admin/properties/property/{cast.alpha.pk}/change/", body)
    assert answer.status_code == 302
    cast.alpha.refresh_from_db()
    assert (cast.alpha.name, cast.alpha.fiscal_year_start_month, cast.alpha.version) == ("Alpha Grand", 4, 2)
    fixed = (str(cast.alpha.currency), cast.alpha.time_zone, cast.alpha.business_date)
    assert fixed == ("EUR", "Europe/Vienna", TODAY)
    assert OutboxMessage.objects.filter(topic="PropertyChanged").count() == 1
    assert desk.get("/admin/properties/property/add/").status_code == 403


def test_settings_count_from_the_open_day_on(cast, desk):
    url = "/admin/properties/propertysetting/"
    body = {"property": cast.alpha.pk, "key": "reservations.option_hours", "value": "12", "valid_from": TODAY}
    assert desk.post(f"{url}add/", body).status_code == 302
    row = PropertySetting.objects.get()
    assert (row.value, row.valid_from) == (12, TODAY)
    late = desk.post(f"{url}add/", {**body, "valid_from": TODAY - timedelta(days=1)}, follow=True)
    assert (
        said(late)[-1] == f"Settings change from the open business date ({day_words(TODAY)}) on, not before."
    )
    wrong = desk.post(
        f"{url}add/", {**body, "value": '"soon"', "valid_from": TODAY + timedelta(days=1)}, follow=True
    )
    assert len(said(wrong)) == 1
    assert PropertySetting.objects.count() == 1
    assert desk.post(f"{url}{row.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not PropertySetting.objects.exists()


def test_a_value_that_has_counted_stays(cast, desk):
    row = property_setting_make(cast.alpha, valid_from=TODAY - timedelta(days=1))
    answer = desk.post(f"/admin/properties/propertysetting/{row.pk}/delete/", {"post": "yes"}, follow=True)
    assert said(answer) == [
        f"Settings change from the open business date ({day_words(TODAY)}) on, not before."
    ]
    bulk = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    refused = desk.post("/admin/properties/propertysetting/", bulk, follow=True)
    assert said(refused) == said(answer)
    assert PropertySetting.objects.get() == row


def test_the_adult_band_stays(cast, desk):
    adult = AgeBand.objects.get(property=cast.alpha, code="adult")
    answer = desk.post(f"/admin/properties/ageband/{adult.pk}/delete/", {"post": "yes"}, follow=True)
    assert said(answer) == ["The adult band cannot be deleted; change its ages instead."]
    assert AgeBand.objects.filter(pk=adult.pk).exists()


def test_roles_follow_the_members_of_a_group(cast, desk):
    group = group_make(cast.alpha)
    role_assign(user=cast.ida, role=role_make(cast.chain, "rooms.view"), group=group)
    url = f"/admin/properties/propertygroup/{group.pk}/change/"
    body = {"name": "Both", "properties": [cast.alpha.pk, cast.beta.pk]}
    assert desk.post(url, body).status_code == 302
    held = grants_of(User.objects.get(pk=cast.ida.pk)).property_ids("view", "rooms")
    assert held == {cast.alpha.pk, cast.beta.pk}
    assert said(desk.post(url, {"name": "Both", "properties": []}, follow=True)) != []
    assert PropertyGroup.objects.get().properties.count() == 2


def test_a_group_is_changed_only_by_who_manages_all_its_members(cast, desk):
    group = group_make(cast.alpha, cast.beta)
    cast.ada.role_assignments.get(property=cast.beta).delete()
    from hotel.accounts.services.grants import roles_materialise

    roles_materialise(roles=cast.chain.roles.all())
    url = f"/admin/properties/propertygroup/{group.pk}/"
    assert desk.get(f"{url}change/").status_code == 200
    assert desk.post(f"{url}change/", {"name": "Mine", "properties": [cast.alpha.pk]}).status_code == 403
    assert desk.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    assert PropertyGroup.objects.get().name == "Group"


def test_the_page_of_a_group_shows_only_the_members_that_one_may_see(cast, desk):
    group = group_make(cast.alpha, cast.beta)
    url = f"/admin/properties/propertygroup/{group.pk}/change/"
    bo = Client()
    bo.force_login(cast.bo)
    assert b"Beta" in desk.get(url).content, "there must be something to see"
    page = bo.get(url)
    assert (page.status_code, b"Alpha" in page.content, b"Beta" in page.content) == (200, True, False)
