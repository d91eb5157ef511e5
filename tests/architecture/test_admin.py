"""Every page of the administration opens for those who may, and shows nobody another property's rows."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.test import Client, RequestFactory
from django.urls import reverse

from hotel.properties.admin_base import ScopedPermissions, ScopedRelatedFilter, is_scoped
from tests.architecture.exempt import UNSEARCHABLE
from tests.architecture.survey import factories, models
from tests.factories.reservations import house_make

REGISTRY = sorted(admin.site._registry, key=lambda model: model._meta.label)


def named(model) -> str:
    return f"admin:{model._meta.app_label}_{model._meta.model_name}"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked_by(user):
    request = RequestFactory().get("/admin/")
    request.user = user
    return request


def pages_of(model, user):
    """The addresses of list, add form and first row, as far as the person may open them."""
    pages, request = admin.site._registry[model], asked_by(user)
    yield reverse(f"{named(model)}_changelist")
    if pages.has_add_permission(request):
        yield reverse(f"{named(model)}_add")
    row = pages.get_queryset(request).first()
    if row is not None and pages.has_view_permission(request, row):
        yield reverse(f"{named(model)}_change", args=[row.pk])


@pytest.fixture
def hotels(cast):
    """Both properties sell; each has a booking."""
    for place in (cast.alpha, cast.beta):
        house_make(place).reserve(1, 2)
    cast.root = type(cast.ada).objects.create_superuser("root", password="x")
    return cast


@pytest.mark.parametrize("who", ["root", "ada"])
def test_every_page_opens(hotels, who):
    person = getattr(hotels, who)
    client = signed_in(person)
    request = asked_by(person)

    answers = {
        page: client.get(page).status_code
        for model in REGISTRY
        if admin.site._registry[model].has_view_permission(request)
        for page in pages_of(model, person)
    }

    assert len(answers) > 20
    assert {page: status for page, status in answers.items() if status != 200} == {}


def test_nobody_sees_rows_of_another_property(hotels):
    seen = 0
    for model in REGISTRY:
        pages = admin.site._registry[model]
        if not isinstance(pages, ScopedPermissions):
            continue
        everything = pages.get_queryset(asked_by(hotels.root))
        mine = set(pages.get_queryset(asked_by(hotels.eve)).values_list("pk", flat=True))
        for row in everything:
            if set(pages.property_ids_of(row)) == {hotels.alpha.pk}:
                seen += 1
                assert row.pk not in mine, (model, row)
    assert seen > 5


@pytest.mark.parametrize("model", [m for m in REGISTRY if m in models()], ids=lambda m: m._meta.label)
def test_our_own_pages_use_the_look_of_the_house(model):
    from unfold.admin import ModelAdmin

    assert isinstance(admin.site._registry[model], ModelAdmin)


def test_the_admins_log_in_is_the_one_that_slows_guessers_down(client):
    answer = client.get("/admin/login/?next=/admin/")

    assert (answer.status_code, answer["Location"]) == (302, "/login?next=/admin/")


def test_each_model_is_in_the_admin_by_itself_or_as_a_part_of_another():
    parts = {inline.model for owner in admin.site._registry.values() for inline in owner.inlines}
    missing = [m._meta.label for m in models() if m not in parts and not admin.site.is_registered(m)]
    assert missing == [], "register them in admin.py"


@pytest.mark.parametrize("model", [m for m in REGISTRY if m in models()], ids=lambda m: m._meta.label)
def test_each_list_shows_columns_and_can_be_searched(model, db):
    pages = admin.site._registry[model]
    assert list(pages.list_display) != ["__str__"]
    assert bool(pages.search_fields) != (model._meta.label in UNSEARCHABLE)
    found, _ = pages.get_search_results(RequestFactory().get("/"), model._default_manager.all(), "x")
    assert list(found) == []


@pytest.mark.parametrize(
    "model", sorted((m for m in factories() if m in REGISTRY), key=lambda m: m._meta.label), ids=str
)
def test_a_row_is_seen_by_the_manager_of_its_property_only(model, cast):
    row, pages = factories()[model](cast.alpha), admin.site._registry[model]
    assert row in pages.get_queryset(asked_by(cast.ada)), "there must be something to see"
    assert pages.has_view_permission(asked_by(cast.ada), row)
    for user in (cast.ida, cast.eve):
        assert row not in pages.get_queryset(asked_by(user))
        assert not pages.has_view_permission(asked_by(user), row)


@pytest.mark.parametrize("model", REGISTRY, ids=lambda model: model._meta.label)
def test_a_filter_by_other_rows_offers_only_those_that_the_person_may_see(model, rf):
    filters = dict(
        one if isinstance(one, tuple) else (one, None)
        for one in admin.site._registry[model].get_list_filter(rf.get("/"))
        if isinstance(one, str | tuple)
    )
    leaky = [
        name
        for name, kind in filters.items()
        if is_scoped(get_fields_from_path(model, name)[-1])
        and not (kind and issubclass(kind, ScopedRelatedFilter))
    ]
    assert leaky == [], "names rows of other hotels"


def test_filters_by_other_rows_are_looked_at(rf):
    narrow = [
        kind
        for pages in admin.site._registry.values()
        for _, kind in filter(lambda one: isinstance(one, tuple), pages.get_list_filter(rf.get("/")))
        if issubclass(kind, ScopedRelatedFilter)
    ]
    assert len(narrow) > 90
