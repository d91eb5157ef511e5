import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory
from django.urls import reverse

from hotel.properties.models import Building, BusinessDay, Section
from tests.factories.properties import building_make


@pytest.fixture
def signed_in():
    def client(user) -> Client:
        made = Client()
        made.force_login(user)
        return made

    return client


def as_user(user, **data):
    request = RequestFactory().get("/", data)
    request.user = user
    return request


@pytest.mark.parametrize("app", ["properties"])
def test_every_admin_page_opens_for_a_manager_who_is_no_superuser(cast, signed_in, app):
    building_make(cast.alpha)
    client = signed_in(cast.ada)
    for model, model_admin in admin.site._registry.items():
        if model._meta.app_label != app:
            continue
        name = f"admin:{app}_{model._meta.model_name}"
        assert client.get(reverse(f"{name}_changelist")).status_code == 200, model
        if model_admin.has_add_permission(as_user(cast.ada)):
            assert client.get(reverse(f"{name}_add")).status_code == 200, model
        row = model_admin.get_queryset(as_user(cast.ada)).first()
        if row is not None:
            assert client.get(reverse(f"{name}_change", args=[row.pk])).status_code == 200, model


def test_a_staff_user_sees_only_rows_of_his_properties(cast, signed_in):
    building_make(cast.alpha, name="Alpha house")
    there = building_make(cast.beta, name="Beta house")

    page = signed_in(cast.bo).get(reverse("admin:properties_building_changelist"))

    assert b"Alpha house" in page.content
    assert b"Beta house" not in page.content
    url = reverse("admin:properties_building_change", args=[there.pk])
    assert signed_in(cast.bo).get(url).status_code == 302
    assert signed_in(cast.eve).get(url).status_code == 200


def test_someone_without_a_role_sees_no_app(cast, signed_in):
    assert b"Buildings" not in signed_in(cast.ida).get(reverse("admin:index")).content
    assert b"Buildings" in signed_in(cast.bo).get(reverse("admin:index")).content
    assert signed_in(cast.ida).get(reverse("admin:properties_building_changelist")).status_code == 403


def test_viewing_is_not_changing(cast, signed_in):
    house = building_make(cast.alpha)
    url = reverse("admin:properties_building_change", args=[house.pk])

    answer = signed_in(cast.bo).post(url, {"code": "NEW", "name": "New"})

    assert answer.status_code == 403
    house.refresh_from_db()
    assert (house.code, house.name) == ("MAIN", "Main house")
    assert signed_in(cast.bo).get(reverse("admin:properties_building_add")).status_code == 403


def test_a_row_is_added_only_where_the_right_is_held_and_stays_there(cast, signed_in):
    cast.ada.role_assignments.get(property=cast.beta).delete()
    from hotel.accounts.services.grants import role_materialise

    role_materialise(role=cast.ada.role_assignments.get().role)
    client = signed_in(cast.ada)

    client.post(
        reverse("admin:properties_building_add"), {"property": cast.beta.pk, "code": "X", "name": "X"}
    )
    assert not Building.objects.exists()
    client.post(
        reverse("admin:properties_building_add"), {"property": cast.alpha.pk, "code": "X", "name": "X"}
    )
    house = Building.objects.get()
    assert house.property == cast.alpha

    url = reverse("admin:properties_building_change", args=[house.pk])
    client.post(url, {"property": cast.beta.pk, "code": "Y", "name": "Y"})
    house.refresh_from_db()
    assert (house.property, house.code) == (cast.alpha, "Y")


def test_who_was_slower_at_the_same_row_is_told_and_nothing_of_his_is_kept(cast, signed_in, monkeypatch):
    checked = Building.validate_constraints

    def overtaken(self, **kwargs):
        checked(self, **kwargs)
        building_make(cast.alpha, code="X", name="Faster")

    monkeypatch.setattr(Building, "validate_constraints", overtaken)
    client, url = signed_in(cast.ada), reverse("admin:properties_building_add")

    answer = client.post(url, {"property": cast.alpha.pk, "code": "X", "name": "Slower"}, follow=True)

    assert answer.redirect_chain == [(url, 302)]
    words = "This would contradict what is stored already. Nothing was changed: look how it stands now, then try again."
    assert [str(message) for message in answer.context["messages"]] == [words]
    assert not Building.objects.filter(name="Slower").exists()


def test_mass_deletion_refuses_rows_that_may_only_be_viewed(cast, signed_in):
    house = building_make(cast.alpha)
    url = reverse("admin:properties_building_changelist")
    data = {"action": "delete_selected", "_selected_action": [house.pk], "post": "yes"}

    signed_in(cast.bo).post(url, data)
    assert Building.objects.filter(pk=house.pk).exists()

    signed_in(cast.ada).post(url, data)
    assert not Building.objects.filter(pk=house.pk).exists()


def test_the_property_filter_offers_only_own_properties(cast, signed_in):
    building_make(cast.alpha)
    building_make(cast.beta)

    page = signed_in(cast.bo).get(reverse("admin:properties_building_changelist"))

    assert b"Beta" not in page.content


def test_references_offer_only_rows_one_may_see(cast):
    here, there = building_make(cast.alpha), building_make(cast.beta)
    from hotel.properties.models import Floor

    form = admin.site._registry[Floor].get_form(as_user(cast.bo))
    assert set(form.base_fields["building"].queryset) == {here}
    form = admin.site._registry[Floor].get_form(as_user(cast.ada))
    assert set(form.base_fields["building"].queryset) == {here, there}


def test_read_only_means_superusers_too(cast, django_user_model):
    root = django_user_model.objects.create_superuser("root", password="x")
    days, sections = admin.site._registry[BusinessDay], admin.site._registry[Section]

    assert days.has_view_permission(as_user(root))
    assert not days.has_change_permission(as_user(root))
    assert not days.has_delete_permission(as_user(root))
    assert sections.has_delete_permission(as_user(root))


def test_a_verb_of_the_area_is_a_permission_of_actions(cast):
    sections = admin.site._registry[Section]

    assert sections.has_manage_permission(as_user(cast.ada))
    assert not sections.has_manage_permission(as_user(cast.bo))


def test_amounts_are_offered_in_the_currencies_of_own_properties(cast, django_assert_num_queries):
    from hotel.rates.models import RatePlan

    plans, floor = admin.site._registry[RatePlan], RatePlan._meta.get_field("floor_amount")
    at_one, at_both = as_user(cast.bo), as_user(cast.ada)
    with django_assert_num_queries(4):  # for each his rights and his properties
        fields = [plans.formfield_for_dbfield(floor, one) for one in (at_one, at_one, at_both)]
    assert [[code for code, _ in field.widget.widgets[1].choices] for field in fields] == [
        ["EUR"],
        ["EUR"],
        ["EUR", "JPY"],
    ]
    assert fields[0].widget.decompress(None) == [None, "EUR"]
    with pytest.raises(ValidationError):
        fields[0].clean(["10", "JPY"])
