"""People and rights in the admin: looked at by those who may, changed by services on somebody's behalf."""

import pytest
from django.test import Client

from hotel.accounts.models import ApiToken, Role, RoleAssignment, User
from hotel.properties.models import PropertyGroupObjectPermission
from hotel.properties.scoping import grants_of
from tests.factories.accounts import token_make


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def act(desk, model, name, *rows, app="accounts"):
    body = {"action": name, "_selected_action": [row.pk for row in rows]}
    answer = desk.post(f"/admin/{app}/{model}/", body, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def test_a_user_is_shut_out_and_let_in_again_but_nobody_shuts_himself_out(cast, desk):
    said = act(desk, "user", "deactivate", cast.bo, cast.ada)
    assert said == ["ada: Ask somebody else to deactivate you.", "1 users are shut out."]
    assert list(User.objects.filter(is_active=False)) == [cast.bo]
    assert act(desk, "user", "activate", cast.bo) == ["1 users may sign in."]
    assert not User.objects.filter(is_active=False).exists()


def test_a_revoked_assignment_ends_the_rights_at_once(cast, desk):
    row = cast.bo.role_assignments.get()
    assert act(desk, "roleassignment", "revoke", row) == ["1 assignments were revoked."]
    assert grants_of(User.objects.get(pk=cast.bo.pk)).by_codename == {}
    own = cast.ada.role_assignments.first()
    assert "Your own roles are assigned by somebody else." in act(desk, "roleassignment", "revoke", own)[0]
    assert RoleAssignment.objects.filter(pk=own.pk).exists()


def test_a_role_is_copied_under_a_name_of_its_own(cast, desk):
    role = cast.chain.roles.get(code="front_desk")
    assert act(desk, "role", "clone", role) == ["1 roles were copied."]
    assert act(desk, "role", "clone", role) == ["1 roles were copied."]
    copies = Role.objects.filter(code__startswith="front_desk-copy").order_by("code")
    assert [copy.code for copy in copies] == ["front_desk-copy1", "front_desk-copy2"]
    assert copies[0].permissions.count() == role.permissions.count()


def test_a_token_is_revoked_and_its_digest_is_not_shown(cast, desk):
    token = token_make(cast.alpha)
    page = desk.get(f"/admin/accounts/apitoken/{token.pk}/change/").content.decode()
    assert token.prefix in page
    assert token.digest not in page
    assert act(desk, "apitoken", "revoke", token) == ["1 tokens were revoked."]
    assert ApiToken.objects.get().revoked_at is not None


def test_grants_on_properties_can_be_read(cast, desk):
    shown = desk.get("/admin/properties/propertygroupobjectpermission/").context["cl"].queryset
    assert set(shown) == set(PropertyGroupObjectPermission.objects.all())
    eve = Client()
    eve.force_login(cast.eve)
    assert eve.get("/admin/properties/propertygroupobjectpermission/").status_code == 403


def test_people_without_the_right_change_nothing(cast):
    client = Client()
    client.force_login(cast.bo)
    body = {"action": "deactivate", "_selected_action": [cast.di.pk]}
    client.post("/admin/accounts/user/", body)
    assert User.objects.get(pk=cast.di.pk).is_active
