from datetime import timedelta

import pytest

from hotel.accounts.models import ApiToken, Role, RoleAssignment, RolePermission, User
from hotel.core.clock import now
from hotel.properties.scoping import grants_of
from tests.contracts.base import assert_problem, ids_of
from tests.contracts.crud import HOSTILE, CreateContract, CrudContract, ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.scoping import ScopedModelContract
from tests.factories.accounts import assignment_make, role_make, token_make, user_make
from tests.factories.properties import group_make

PASSWORD = "a-quite-long-phrase"


class TestUsers(CrudContract, ScopedModelContract):
    model, url, area = User, "/api/v1/users", "accounts"
    update = {"display_name": "Mia of the desk", "job_title": "Porter", "employee_number": "17"}
    is_deletable = False

    def make(self, place, n):
        return user_make(place, username=f"user{n}")

    def create(self, place):
        return {
            "username": "mia",
            "email": "mia@example.com",
            "home_property": place.pk,
            "password": PASSWORD,
            "is_machine": False,
            "is_staff": True,
            "language": "de",
            "phone": "1",
        }

    def rows(self):
        # the callers of a test are users themselves
        return list(User.objects.exclude(username__startswith="person").order_by("pk").values())

    def test_create_makes_a_row_and_says_so(self, stage):
        client = self.writer(stage)
        answer = client.post(self.url, self.create(stage.alpha))
        assert answer.status_code == 201, answer.content
        assert "password" not in answer.json()
        assert (answer.json()["home_property"], answer.json()["is_active"]) == (stage.alpha.pk, True)
        assert client.get(f"{self.url}/{answer.json()['id']}").status_code == 200

    def test_create_is_refused_without_the_right(self, stage):
        body = self.create(stage.alpha)
        assert_problem(stage.client().post(self.url, body), 401, "not_authenticated")
        assert_problem(self.stranger(stage).post(self.url, body), 403, "permission_denied")
        assert_problem(self.not_writing(stage).post(self.url, body), 403, "permission_denied")
        assert self.rows() == []


class TestRoleAssignments(ReadContract, CreateContract, QueryContract, ScopedModelContract):
    model, url, area = RoleAssignment, "/api/v1/roles/assignments", "accounts"

    def make(self, place, n):
        role = Role.objects.filter(code="helper").first() or role_make(place.chain)
        return assignment_make(place, user=user_make(place, username=f"user{n}"), role=role)

    def create(self, place):
        return {
            "user": user_make(place).pk,
            "role": role_make(place.chain).pk,
            "property": place.pk,
            "valid_from": "2027-03-14",
            "valid_to": "2027-04-14",
        }


class TestTokens(ReadContract, QueryContract, ScopedModelContract):
    model, url, area = ApiToken, "/api/v1/tokens", "accounts"

    def make(self, place, n):
        user = user_make(place, username=f"user{n}")
        return token_make(place, user=user, prefix=f"abg_live_{n}", digest=f"{n:064}")


def test_eve_sees_only_people_assigned_at_beta(cast, api):
    assert grants_of(cast.eve).property_ids("view", "accounts") == frozenset()
    chief = user_make(cast.beta, username="chief")
    assignment_make(cast.beta, user=chief, role=Role.objects.get(code="general_manager"))
    from hotel.accounts.services.grants import role_materialise

    role_materialise(role=Role.objects.get(code="general_manager"))
    chief = User.objects.get(pk=chief.pk)

    names = {row["username"] for row in api(chief).get("/api/v1/users").json()["results"]}
    assert names == {"ada", "chief", "eve"}
    assert_problem(api(chief).get(f"/api/v1/users/{cast.bo.pk}"), 404, "not_found")
    assert_problem(api(cast.eve).get("/api/v1/users"), 403, "permission_denied")
    shown = api(chief).get("/api/v1/roles/assignments").json()["results"]
    assert {row["property"] for row in shown} == {cast.beta.pk}
    everyone = {row["username"] for row in api(cast.ada).get("/api/v1/users").json()["results"]}
    assert everyone == {"ada", "bo", "cy", "di", "rae", "val", "eve", "chief"}
    assert ids_of(api(cast.ada).get("/api/v1/users", {"property": cast.beta.pk})) == [
        cast.ada.pk,
        chief.pk,
        cast.eve.pk,
    ]


def test_no_user_becomes_superuser_or_active_by_a_field(cast, api):
    url = f"/api/v1/users/{cast.bo.pk}"
    body = {"is_superuser": True, "is_active": False, "is_machine": True, "groups": [1], "last_name": "Bo"}
    assert api(cast.ada).patch(url, body).status_code == 200
    bo = User.objects.get(pk=cast.bo.pk)
    assert (bo.is_superuser, bo.is_active, bo.is_machine, bo.last_name) == (False, True, False, "Bo")


def test_users_are_deactivated_and_activated_by_command(cast, api):
    url = f"/api/v1/users/{cast.bo.pk}"
    assert_problem(api(cast.cy).post(f"{url}/deactivate"), 403, "permission_denied")
    assert api(cast.ada).post(f"{url}/deactivate").json()["is_active"] is False
    assert not User.objects.get(pk=cast.bo.pk).is_active
    assert api(cast.ada).post(f"{url}/activate").json()["is_active"] is True
    assert_problem(api(cast.ada).post(f"/api/v1/users/{cast.ada.pk}/deactivate"), 403, "own_account")


def test_a_password_is_set_by_command(cast, api):
    url = f"/api/v1/users/{cast.bo.pk}/password"
    assert_problem(api(cast.ada).post(url, {"password": "short"}), 400, "invalid")
    assert api(cast.ada).post(url, {"password": PASSWORD}).status_code == 204
    assert User.objects.get(pk=cast.bo.pk).check_password(PASSWORD)
    for value in HOSTILE:
        assert api(cast.ada).post(url, {"password": value}).status_code < 500


def test_rights_are_explained_where_the_caller_sees_accounts(cast, api):
    url = f"/api/v1/users/{cast.ada.pk}/rights"
    chief = user_make(cast.beta, username="chief")
    from hotel.accounts.services.roles import role_assign

    role_assign(user=chief, role=Role.objects.get(code="general_manager"), place=cast.beta)
    chief = User.objects.get(pk=chief.pk)

    rows = api(chief).get(url).json()
    assert {row["property"] for row in rows} == {cast.beta.pk}
    held = cast.ada.role_assignments.get(property=cast.beta)
    row = next(row for row in rows if (row["area"], row["verb"]) == ("rates", "override"))
    assert row["reasons"] == [
        {
            "source": "role",
            "assignment_id": held.pk,
            "role_id": held.role_id,
            "role": "general_manager",
            "group_id": None,
            "group": "",
            "valid_until": None,
        }
    ]
    assert api(cast.ada).get(url, {"property": cast.alpha.pk}).json()[0]["property"] == cast.alpha.pk
    assert api(chief).get(url, {"property": cast.alpha.pk}).json() == []
    assert api(chief).get(url, {"property": "9" * 40}).json() == []
    assert_problem(api(chief).get(url, {"property": "x"}), 400, "invalid")


def test_roles_of_the_chain_are_listed_with_rights_and_limits(cast, api, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        rows = api(cast.ada).get("/api/v1/roles").json()["results"]
    desk = next(row for row in rows if row["code"] == "front_desk")
    assert desk["rights"]["rooms"] == ["status", "view"]
    assert desk["max_discount_rate"] == "0.1000"
    assert {"kind": "rebate", "amount": {"amount": "5000", "currency": "JPY"}} in desk["limits"]
    assert_problem(api(cast.bo).get("/api/v1/roles"), 403)
    assert len(ids_of(api(cast.ada).get("/api/v1/roles", {"property": cast.alpha.pk}))) == 14
    assert ids_of(api(cast.ada).get("/api/v1/roles", {"chain": 0})) == []
    areas = api(cast.ada).get("/api/v1/roles/areas").json()
    assert {"area": "accounts", "verbs": ["view", "manage", "act_as"]} in areas


def test_a_role_is_cloned_changed_and_deleted(cast, api):
    client, desk = api(cast.ada), Role.objects.get(code="front_desk")
    answer = client.post(f"/api/v1/roles/{desk.pk}/clone", {"code": "night", "name": "Night desk"})
    assert answer.status_code == 201, answer.content
    url = f"/api/v1/roles/{answer.json()['id']}"

    change = {
        "name": "Night audit",
        "rights": {"rooms": ["view"], "rates": ["view", "view"]},
        "limits": [{"kind": "refund", "amount": {"amount": "10.00", "currency": "EUR"}}],
        "max_discount_rate": "0.0500",
        "code": "other",
    }
    body = client.patch(url, change).json()
    assert (body["name"], body["code"], body["max_discount_rate"]) == ("Night audit", "night", "0.0500")
    assert body["rights"] == {"rates": ["view"], "rooms": ["view"]}
    assert body["limits"] == change["limits"]
    assert_problem(client.post(f"{url}/clone", {"code": "night", "name": "Twice"}), 400, "invalid")
    assert_problem(client.patch(url, {"rights": {"rooms": ["fly"]}}), 400, "right_unknown")
    assert client.delete(url).status_code == 204
    assert_problem(client.delete(f"/api/v1/roles/{desk.pk}"), 422, "role_seeded")


def test_hostile_role_bodies_get_an_answer_below_500(cast, api):
    client, role = api(cast.ada), role_make(cast.chain, "rooms.view")
    limit = {"kind": "refund", "amount": {"amount": "1" * 11 + ".00", "currency": "EUR"}}
    for value in [
        *HOSTILE,
        {"rooms": "view"},
        {"rooms": [None]},
        {"x" * 500: ["view"]},
        [limit],
        [limit] * 2,
    ]:
        for name in ("name", "rights", "limits", "max_discount_rate", "can_override_rate"):
            answer = client.patch(f"/api/v1/roles/{role.pk}", {name: value})
            assert answer.status_code < 500, (name, value)
        for name in ("code", "name"):
            body = {"code": "c", "name": "n", name: value}
            assert client.post(f"/api/v1/roles/{role.pk}/clone", body).status_code < 500, (name, value)


def test_roles_are_assigned_to_others_and_revoked(cast, api):
    role = Role.objects.get(code="housekeeping")
    body = {"user": cast.bo.pk, "role": role.pk, "property": cast.alpha.pk}
    made = api(cast.ada).post("/api/v1/roles/assignments", body)
    assert made.status_code == 201, made.content
    dated = api(cast.ada).post("/api/v1/roles/assignments", {**body, "valid_to": "2099-01-01"})
    assert (dated.json()["id"], dated.json()["valid_to"]) == (made.json()["id"], "2099-01-01")

    url = f"/api/v1/roles/assignments/{made.json()['id']}"
    assert_problem(api(cast.ada).patch(url, {"valid_to": None}), 405)
    assert_problem(api(cast.bo).delete(url), 403)
    assert api(cast.ada).delete(url).status_code == 204
    assert not RoleAssignment.objects.filter(user=cast.bo, role=role).exists()


def test_a_role_is_assigned_on_a_group_managed_whole(cast, api):
    group = group_make(cast.alpha, cast.beta)
    body = {"user": cast.bo.pk, "role": Role.objects.get(code="auditor").pk, "group": group.pk}
    made = api(cast.ada).post("/api/v1/roles/assignments", body)
    assert made.status_code == 201, made.content
    assert grants_of(User.objects.get(pk=cast.bo.pk)).holds("view", "rates", cast.beta.pk)
    assert ids_of(api(cast.ada).get("/api/v1/roles/assignments", {"property": cast.beta.pk})).count(
        made.json()["id"]
    )
    both = {**body, "property": cast.alpha.pk}
    assert_problem(api(cast.ada).post("/api/v1/roles/assignments", both), 400, "assignment_target")
    assert_problem(
        api(cast.ada).post("/api/v1/roles/assignments", {"user": cast.bo.pk, "role": body["role"]}), 400
    )


@pytest.fixture
def machine(cast):
    user = user_make(cast.alpha, username="machine", is_machine=True)
    role = role_make(cast.chain, "rooms.view", "guests.view")
    from hotel.accounts.services.roles import role_assign

    role_assign(user=user, role=role, place=cast.alpha)
    return User.objects.get(pk=user.pk)


def token_body(user, place, **over):
    return {
        "user": user.pk,
        "name": "Kiosk",
        "codenames": ["view_rooms_area"],
        "properties": [place.pk],
        "expires_at": (now() + timedelta(days=30)).isoformat(),
        **over,
    }


def test_a_token_is_shown_once_rotated_and_revoked(cast, api, machine):
    client = api(cast.ada)
    made = client.post("/api/v1/tokens", token_body(machine, cast.alpha))
    assert made.status_code == 201, made.content
    assert made["Cache-Control"] == "no-store"
    secret, url = made.json()["secret"], f"/api/v1/tokens/{made.json()['id']}"
    assert secret not in client.get(url).content.decode()
    assert "secret" not in client.get(url).json()

    assert_problem(client.post(f"{url}/rotate", {"overlap_hours": 999}), 400, "invalid")
    rotated = client.post(f"{url}/rotate", {"overlap_hours": 0})
    assert rotated.status_code == 201, rotated.content
    assert rotated.json()["secret"] != secret
    assert api().get("/api/v1/me", HTTP_AUTHORIZATION=f"Bearer {secret}").status_code == 401

    assert_problem(client.delete(url), 405)
    assert_problem(api(cast.bo).post(f"{url}/revoke"), 403)
    assert client.post(f"{url}/revoke").json()["revoked_at"] is not None
    assert len(ids_of(client.get("/api/v1/tokens", {"is_revoked": "true"}))) == 1
    assert ids_of(client.get("/api/v1/tokens", {"user": machine.pk, "is_revoked": "false"})) == [
        rotated.json()["id"]
    ]


def test_hostile_tokens_get_an_answer_below_500(cast, api, machine):
    body = token_body(machine, cast.alpha)
    for name in body:
        for value in HOSTILE:
            answer = api(cast.ada).post("/api/v1/tokens", {**body, name: value})
            assert answer.status_code < 500, (name, value, answer.content)


def test_a_token_sees_what_it_was_made_for_and_ends_at_once(cast, api, machine, drain):
    secret = api(cast.ada).post("/api/v1/tokens", token_body(machine, cast.alpha)).json()["secret"]
    caller = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    me = api().get("/api/v1/me", **caller).json()
    assert (me["username"], me["is_machine"]) == ("machine", True)
    assert [(grant["property"]["code"], grant["areas"]) for grant in me["grants"]] == [
        ("ALPHA", {"rooms": ["view"]})
    ]
    token = ApiToken.objects.get(user=machine)
    assert token.last_used_at is not None

    # a right taken from the user is taken from the token
    RolePermission.objects.filter(role__code="helper", area="rooms").delete()
    from hotel.accounts.services.grants import role_materialise

    role_materialise(role=Role.objects.get(code="helper"))
    assert api().get("/api/v1/me", **caller).json()["grants"] == []

    api(cast.ada).post(f"/api/v1/tokens/{token.pk}/revoke")
    assert_problem(api().get("/api/v1/me", **caller), 401, "authentication_failed")


def test_a_token_never_exceeds_its_maker(cast, api, machine):
    it = user_make(cast.alpha, username="it")
    from hotel.accounts.services.roles import role_assign

    role_assign(user=it, role=Role.objects.get(code="it_security"), place=cast.alpha)
    it = User.objects.get(pk=it.pk)
    assert_problem(api(it).post("/api/v1/tokens", token_body(machine, cast.alpha)), 403, "rights_exceeded")
    assert_problem(api(it).post("/api/v1/tokens", token_body(machine, cast.beta)), 400, "invalid")
    assert not ApiToken.objects.exists()
