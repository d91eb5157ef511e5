from datetime import timedelta

import pytest
import time_machine
from oauth2_provider.models import Application

from hotel.accounts.models import ApiToken, Integrator, Role, User
from hotel.accounts.services.integrators import (
    integrator_create,
    integrator_revoke,
    integrator_secret_renew,
    integrator_token_keep,
    integrator_tokens_forget,
)
from hotel.accounts.services.roles import role_assign
from hotel.accounts.services.tokens import digest_of
from hotel.core.exceptions import InvalidInput, NotPermitted
from tests.factories.accounts import user_make

SECRET = "abg_live_0_0_0"


@pytest.fixture
def machine(cast):
    user = user_make(cast.alpha, username="channel", is_machine=True)
    role_assign(user=user, role=Role.objects.get(chain=cast.chain, code="front_desk"), place=cast.alpha)
    return User.objects.get(pk=user.pk)


def create(cast, machine, **over):
    values = {
        "user": machine,
        "name": "Channel",
        "codenames": ["view_rooms_area", "view_reservations_area"],
        "properties": [cast.alpha],
        "by": cast.ada,
    }
    return integrator_create(**{**values, **over})


def test_a_secret_is_kept_as_a_hash_only(cast, machine):
    issued = create(cast, machine, networks=["203.0.113.7"])

    row = Application.objects.values().get()
    assert len(issued.secret) == 64
    assert issued.secret not in str(row)
    assert (row["client_type"], row["authorization_grant_type"]) == ("confidential", "client-credentials")
    assert issued.integrator.codenames == ["view_reservations_area", "view_rooms_area"]
    assert issued.integrator.networks == ["203.0.113.7/32"]


@pytest.mark.parametrize(
    ("over", "error", "code"),
    [
        ({"codenames": []}, InvalidInput, "token_empty"),
        ({"properties": []}, InvalidInput, "token_empty"),
        ({"networks": ["x"]}, InvalidInput, "token_networks"),
        ({"user": "bo"}, InvalidInput, "integrator_user"),
        ({"by": "bo"}, NotPermitted, "permission_denied"),
        ({"by": "eve"}, NotPermitted, "permission_denied"),
        ({"codenames": ["manage_accounts_area"]}, NotPermitted, "rights_exceeded"),
        ({"properties": "beta"}, NotPermitted, "rights_exceeded"),
    ],
)
def test_what_may_not_be_makes_nothing(cast, machine, over, error, code):
    over = {
        name: [cast.beta] if value == "beta" else getattr(cast, value) if isinstance(value, str) else value
        for name, value in over.items()
    }
    with pytest.raises(error) as refused:
        create(cast, machine, **over)

    assert refused.value.code == code
    assert not Application.objects.exists()
    assert not Integrator.objects.exists()


def test_a_token_of_an_integrator_lasts_an_hour_and_never_has_more_rights(cast, machine):
    integrator = create(cast, machine, networks=["203.0.113.7"]).integrator
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False):
        token = integrator_token_keep(
            integrator=integrator, secret=SECRET, codenames=["view_rooms_area", "manage_accounts_area"]
        )

    assert (token.digest, token.codenames) == (digest_of(SECRET), ["view_rooms_area"])
    assert f"{token.expires_at:%H:%M}" == "13:00"
    assert token.networks == ["203.0.113.7/32"]
    assert list(token.properties.all()) == [cast.alpha]


def test_revoking_ends_its_tokens_too(cast, machine):
    integrator = create(cast, machine).integrator
    token = integrator_token_keep(integrator=integrator, secret=SECRET, codenames=integrator.codenames)
    for stranger in (cast.bo, cast.eve):
        with pytest.raises(NotPermitted):
            integrator_revoke(integrator=integrator, by=stranger)

    integrator_revoke(integrator=integrator, by=cast.ada)
    token.refresh_from_db()
    assert token.revoked_at is not None
    with pytest.raises(InvalidInput):
        integrator_secret_renew(integrator=integrator, by=cast.ada)


def test_old_tokens_are_forgotten_after_a_month_and_those_of_people_kept(cast, machine):
    integrator = create(cast, machine).integrator
    token = integrator_token_keep(integrator=integrator, secret=SECRET, codenames=integrator.codenames)
    with time_machine.travel(token.expires_at + timedelta(days=30), tick=False):
        assert integrator_tokens_forget() == 0
    with time_machine.travel(token.expires_at + timedelta(days=30, seconds=1), tick=False):
        assert integrator_tokens_forget() == 1
    assert not ApiToken.objects.exists()
