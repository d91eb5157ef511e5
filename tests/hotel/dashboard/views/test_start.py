"""Where one lands after signing in, and the way on from a page one may not open."""

import pytest

from hotel.accounts.models import Role
from hotel.accounts.services.roles import role_assign
from tests.factories.accounts import role_make

PASSWORD = "a long enough password"


@pytest.fixture
def assign(cast):
    role_make(cast.chain, "properties.view", "rooms.view", "rooms.block", "dashboard.view", code="pageless")

    def run(user, code, place):
        role_assign(user=user, role=Role.objects.get(chain=place.chain, code=code), place=place)

    return run


def test_who_may_open_no_page_lands_on_a_page_that_says_what_he_may_do(cast, client, assign):
    assign(cast.ida, "pageless", cast.alpha)
    cast.ida.set_password(PASSWORD)
    cast.ida.save()

    answer = client.post("/login", {"username": "ida", "password": PASSWORD}, follow=True)

    page = answer.content.decode()
    assert (answer.status_code, answer.redirect_chain) == (200, [("/", 302)])
    assert "Rooms" in page
    assert 'href="/api/docs"' in page
    assert 'action="/logout"' in page
    assert "Alpha" in page


def test_the_page_names_the_rights_at_this_property_and_no_others(cast, signed_in, assign):
    assign(cast.ida, "pageless", cast.alpha)

    answer = signed_in(cast.ida).get("/")

    assert answer.context["shell"].rights == [
        ("properties", ["view"]),
        ("rooms", ["view", "block"]),
        ("dashboard", ["view"]),
    ]


def test_who_has_no_home_lands_on_what_there_is(cast, signed_in, assign):
    role_make(cast.chain, "properties.view", "messaging.view", "dashboard.view", code="writer")
    assign(cast.ida, "writer", cast.alpha)
    assert signed_in(cast.ida).get("/").headers["Location"] == "/dashboard/messages"


@pytest.mark.parametrize(
    ("who", "role", "lands"),
    [
        ("bo", "", "/dashboard"),
        ("cy", "", "/dashboard"),
        ("di", "", "/dashboard/hk/rooms"),
        ("ida", "maintenance", "/dashboard/hk/rooms"),
        ("ida", "it_security", "/dashboard/monitoring/"),
        ("ida", "marketing", "/dashboard/loyalty/members"),
    ],
)
def test_others_land_on_the_first_page_of_their_navigation(cast, signed_in, assign, who, role, lands):
    if role:
        assign(cast.ida, role, cast.alpha)

    answer = signed_in(getattr(cast, who)).get("/", follow=True)

    assert (answer.status_code, answer.redirect_chain) == (200, [(lands, 302)])


def test_the_administration_is_no_page_of_somebody_who_is_not_staff(cast, signed_in, assign):
    assign(cast.ida, "pageless", cast.alpha)
    cast.ida.is_staff = False
    cast.ida.save()

    assert signed_in(cast.ida).get("/").status_code == 200


def test_one_begins_at_a_property_with_a_page_though_another_comes_first(cast, signed_in, assign):
    assign(cast.eve, "pageless", cast.alpha)

    answer = signed_in(cast.eve).get("/", follow=True)

    assert (answer.status_code, answer.context["shell"].place) == (200, cast.beta)


def test_whoever_switched_to_a_property_without_a_page_stays_there_and_can_switch_back(
    cast, signed_in, assign
):
    assign(cast.eve, "pageless", cast.alpha)
    client = signed_in(cast.eve)

    there = client.post("/dashboard/property", {"property": cast.alpha.pk}, follow=True)
    assert (there.status_code, there.redirect_chain[-1][0]) == (200, "/")
    assert f'<option value="{cast.beta.pk}">' in there.content.decode()

    back = client.post("/dashboard/property", {"property": cast.beta.pk}, follow=True)
    assert back.redirect_chain[-1][0] == "/dashboard"


def test_a_page_one_may_not_open_offers_switch_rights_docs_and_log_out(cast, signed_in, assign):
    assign(cast.eve, "pageless", cast.alpha)
    client = signed_in(cast.eve)
    client.post("/dashboard/property", {"property": cast.alpha.pk})

    refused = client.get("/dashboard/rack")

    page = refused.content.decode()
    assert refused.status_code == 403
    assert "You may not open this page" in page
    assert f'<option value="{cast.beta.pk}">' in page
    assert 'action="/dashboard/property"' in page
    assert 'href="/api/docs"' in page
    assert 'action="/logout"' in page
    assert "view, block" in page


def test_visitors_are_asked_to_log_in(client, db):
    assert client.get("/")["Location"] == "/login?next=/"
