from datetime import timedelta

import pytest

from hotel.accounts.models import ApiToken, User
from hotel.accounts.services.tokens import token_issue
from hotel.core.clock import now
from hotel.core.models import SecurityEvent
from tests.contracts.base import assert_problem


@pytest.fixture
def issued(cast):
    return token_issue(
        user=cast.ada,
        name="Sync",
        codenames=["view_properties_area"],
        properties=[cast.beta],
        expires_at=now() + timedelta(days=1),
    )


def get(api, secret, url="/api/v1/properties", scheme="Bearer"):
    return api().get(url, HTTP_AUTHORIZATION=f"{scheme} {secret}")


def test_a_token_is_narrowed_to_its_properties_and_rights(cast, api, issued):
    answer = get(api, issued.secret)
    assert [row["code"] for row in answer.json()["results"]] == ["BETA"]
    assert_problem(get(api, issued.secret, "/api/v1/users"), 403, "permission_denied")
    body = {"name": "X"}
    url = f"/api/v1/properties/{cast.beta.pk}"
    refused = api().patch(url, body, HTTP_AUTHORIZATION=f"bearer {issued.secret}")
    assert_problem(refused, 403, "permission_denied")


@pytest.mark.parametrize("case", ["revoked", "expired", "inactive user", "wrong check sum", "unknown"])
def test_a_token_that_does_not_count_gets_401(cast, api, issued, case):
    secret = issued.secret
    if case == "revoked":
        ApiToken.objects.update(revoked_at=now())
    elif case == "expired":
        ApiToken.objects.update(expires_at=now())
    elif case == "inactive user":
        User.objects.filter(pk=cast.ada.pk).update(is_active=False)
    elif case == "wrong check sum":
        secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
    else:
        ApiToken.objects.all().delete()
    answer = get(api, secret)
    assert_problem(answer, 401, "authentication_failed")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("secret", ["x", "abg_live_é", "\x01", "a" * 10_000])
def test_nonsense_is_refused_without_a_query(api, cast, secret, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert get(api, secret).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YWRhOmFkYQ=="])
def test_without_a_token_one_is_not_authenticated(api, cast, header):
    answer = api().get("/api/v1/properties", HTTP_AUTHORIZATION=header)
    assert_problem(answer, 401, "not_authenticated")


def test_the_last_use_is_noted_by_the_minute(api, issued):
    get(api, issued.secret)
    first = ApiToken.objects.get().last_used_at
    get(api, issued.secret)
    assert ApiToken.objects.get().last_used_at == first
    ApiToken.objects.update(last_used_at=first - timedelta(minutes=2))
    get(api, issued.secret)
    assert ApiToken.objects.get().last_used_at >= first


def test_a_token_with_networks_opens_from_nowhere_else(api, cast, issued):
    ApiToken.objects.update(networks=["203.0.113.0/24"])

    inside = api().get(
        "/api/v1/properties", HTTP_AUTHORIZATION=f"Bearer {issued.secret}", REMOTE_ADDR="203.0.113.9"
    )
    outside = api().get(
        "/api/v1/properties",
        HTTP_AUTHORIZATION=f"Bearer {issued.secret}",
        HTTP_X_FORWARDED_FOR="203.0.113.9",
        REMOTE_ADDR="198.51.100.1",
    )

    assert inside.status_code == 200
    assert_problem(outside, 401, "authentication_failed")
    event = SecurityEvent.objects.get(kind="token_from_elsewhere")
    assert (event.detail, event.address) == ({"token": issued.token.pk}, "198.51.100.1")
