import base64

import pytest

from hotel.accounts.models import ApiToken, Integrator, Role, User
from hotel.accounts.services.roles import role_assign
from hotel.core.models import SecurityEvent
from tests.contracts.base import assert_problem
from tests.contracts.crud import ReadContract
from tests.contracts.queries import QueryContract
from tests.contracts.scoping import ScopedModelContract
from tests.factories.accounts import integrator_make, user_make

URL, TOKEN = "/api/v1/integrators", "/api/v1/oauth/token"
FORM = "application/x-www-form-urlencoded"


class TestIntegrators(ReadContract, QueryContract, ScopedModelContract):
    model, url, area = Integrator, URL, "accounts"

    def make(self, place, n):
        return integrator_make(place, user=user_make(place, username=f"user{n}", is_machine=True))


@pytest.fixture
def machine(cast):
    user = user_make(cast.alpha, username="channel", is_machine=True)
    role_assign(user=user, role=Role.objects.get(chain=cast.chain, code="front_desk"), place=cast.alpha)
    return User.objects.get(pk=user.pk)


@pytest.fixture
def made(cast, api, machine):
    body = {
        "user": machine.pk,
        "name": "Channel",
        "codenames": ["view_rooms_area", "view_properties_area"],
        "properties": [cast.alpha.pk],
    }
    answer = api(cast.ada).post(URL, body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def ask(api, made, secret=None, body="grant_type=client_credentials", **headers):
    pair = f"{made['client_id']}:{secret or made['client_secret']}"
    basic = "Basic " + base64.b64encode(pair.encode()).decode()
    return api().post(TOKEN, body, content_type=FORM, HTTP_AUTHORIZATION=basic, **headers)


def test_an_integrator_fetches_a_token_and_uses_it(cast, api, made):
    answer = ask(api, made)

    assert answer.status_code == 200, answer.content
    token = answer.json()
    assert (token["token_type"], token["expires_in"]) == ("Bearer", 3600)
    assert token["scope"].split() == ["view_properties_area", "view_rooms_area"]
    assert answer["Cache-Control"] == "no-store"
    assert token["access_token"] not in str(list(ApiToken.objects.values()))
    bearer = f"Bearer {token['access_token']}"
    listed = api().get("/api/v1/properties", HTTP_AUTHORIZATION=bearer)
    assert [row["code"] for row in listed.json()["results"]] == ["ALPHA"]
    refused = api().get("/api/v1/users", HTTP_AUTHORIZATION=bearer)
    assert_problem(refused, 403, "permission_denied")


def test_the_scope_narrows_it_and_never_widens(cast, api, made):
    narrow = ask(api, made, body="grant_type=client_credentials&scope=view_rooms_area").json()
    assert narrow["scope"] == "view_rooms_area"
    bearer = f"Bearer {narrow['access_token']}"
    assert api().get("/api/v1/rooms", HTTP_AUTHORIZATION=bearer).status_code == 200
    assert api().get("/api/v1/properties", HTTP_AUTHORIZATION=bearer).status_code == 403

    wide = ask(api, made, body="grant_type=client_credentials&scope=manage_accounts_area")
    assert (wide.status_code, wide.json()["error"]) == (400, "invalid_scope")
    assert ApiToken.objects.count() == 1


def test_the_secret_may_stand_in_the_form(api, made):
    body = (
        f"grant_type=client_credentials&client_id={made['client_id']}&client_secret={made['client_secret']}"
    )

    assert api().post(TOKEN, body, content_type=FORM).status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        "",
        "grant_type=password&username=ada&password=x",
        "grant_type=authorization_code&code=x",
        "grant_type=refresh_token&refresh_token=x",
        "grant_type=implicit",
        "grant_type=client_credentials&grant_type=client_credentials&scope=%00",
    ],
)
def test_nothing_else_is_given_out(api, made, body):
    answer = ask(api, made, body=body)

    assert answer.status_code in (400, 401)
    assert "error" in answer.json() or "code" in answer.json()
    assert not ApiToken.objects.exists()


@pytest.mark.parametrize("case", ["wrong secret", "revoked", "inactive user", "elsewhere", "no integrator"])
def test_who_does_not_count_gets_nothing(cast, api, made, machine, case):
    secret = None
    if case == "wrong secret":
        secret = "x" * 64
    elif case == "revoked":
        api(cast.ada).post(f"{URL}/{made['id']}/revoke")
    elif case == "inactive user":
        User.objects.filter(pk=machine.pk).update(is_active=False)
    elif case == "elsewhere":
        Integrator.objects.update(networks=["203.0.113.0/24"])
    else:
        Integrator.objects.all().delete()

    answer = ask(api, made, secret)

    assert (answer.status_code, answer.json()["error"]) == (401, "invalid_client")
    assert not ApiToken.objects.exists()
    assert SecurityEvent.objects.filter(kind="integrator_refused").count() == 1


def test_from_its_network_it_is_let_in(api, made):
    Integrator.objects.update(networks=["203.0.113.0/24"])

    assert ask(api, made, REMOTE_ADDR="203.0.113.9").status_code == 200


def test_the_secret_is_shown_once_and_renewed(cast, api, made):
    client, url = api(cast.ada), f"{URL}/{made['id']}"
    assert made["client_secret"] not in client.get(url).content.decode()
    bearer = f"Bearer {ask(api, made).json()['access_token']}"

    renewed = client.post(f"{url}/renew-secret").json()

    assert ask(api, made).status_code == 401
    assert ask(api, made, renewed["client_secret"]).status_code == 200
    assert client.post(f"{url}/revoke").json()["revoked_at"] is not None
    assert api().get("/api/v1/properties", HTTP_AUTHORIZATION=bearer).status_code == 401
    assert_problem(api(cast.bo).post(f"{url}/revoke"), 403)


def test_a_socket_ticket_is_given_to_who_is_known(cast, api):
    answer = api(cast.bo).post("/api/v1/auth/socket-ticket")

    assert (answer.status_code, len(answer.json()["ticket"]), answer.json()["expires_in"]) == (201, 43, 30)
    assert_problem(api().post("/api/v1/auth/socket-ticket"), 401, "not_authenticated")


def test_the_door_of_tokens_reads_forms_without_card_numbers_only(api, made):
    assert_problem(
        ask(api, made, body="grant_type=client_credentials&x=4111111111111111"), 400, "card_number_refused"
    )
    basic = api().post(TOKEN, {"grant_type": "client_credentials"}, format="json")
    assert_problem(basic, 415, "unsupported_media_type")
    empty = api().post(TOKEN, content_type=FORM)
    assert (empty.status_code, empty.json()["error"]) == (400, "unsupported_grant_type")
    assert not ApiToken.objects.filter(user=made["user"]).exists()
