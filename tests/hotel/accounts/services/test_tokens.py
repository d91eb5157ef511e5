from datetime import timedelta

import pytest

from hotel.accounts.domain.tokens import is_well_formed
from hotel.accounts.models import ApiToken
from hotel.accounts.services import tokens as services
from hotel.accounts.services.tokens import digest_of, token_issue, token_revoke, token_rotate
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput


def issue(cast, **over):
    values = {
        "user": cast.ada,
        "name": "Kiosk",
        "codenames": ["view_rooms_area", "view_rooms_area", "view_guests_area"],
        "properties": [cast.beta, cast.alpha],
        "expires_at": now() + timedelta(days=30),
    }
    return token_issue(**{**values, **over})


def test_a_secret_is_kept_as_a_hash_only(cast):
    issued = issue(cast)

    row = ApiToken.objects.filter(pk=issued.token.pk).values().get()
    assert is_well_formed(issued.secret)
    assert row["digest"] == digest_of(issued.secret)
    assert issued.secret.startswith(row["prefix"] + "_")
    assert issued.secret not in str(row)
    assert row["codenames"] == ["view_guests_area", "view_rooms_area"]
    assert set(issued.token.properties.all()) == {cast.alpha, cast.beta}
    assert issued.token.limit().property_ids == {cast.alpha.pk, cast.beta.pk}


def test_two_tokens_never_look_alike(cast):
    assert len({issue(cast).secret for _ in range(3)}) == 3


@pytest.mark.parametrize(
    ("over", "code"),
    [
        ({"codenames": []}, "token_empty"),
        ({"properties": []}, "token_empty"),
        ({"expires_at": timedelta(0)}, "token_expiry"),
        ({"expires_at": timedelta(days=365, minutes=1)}, "token_expiry"),
    ],
)
def test_impossible_tokens_are_refused(cast, over, code):
    if "expires_at" in over:
        over = {"expires_at": now() + over["expires_at"]}
    with pytest.raises(InvalidInput) as refused:
        issue(cast, **over)
    assert refused.value.code == code
    assert not ApiToken.objects.exists()


def test_a_whole_year_is_allowed_and_an_inactive_user_is_not(cast, monkeypatch):
    moment = now()
    monkeypatch.setattr(services, "now", lambda: moment)
    assert issue(cast, expires_at=moment + timedelta(days=365)).token.pk
    cast.ada.is_active = False
    with pytest.raises(InvalidInput) as refused:
        issue(cast)
    assert refused.value.code == "user_inactive"


def test_rotation_overlaps(cast, monkeypatch):
    old = issue(cast).token
    moment = now() + timedelta(days=1)
    monkeypatch.setattr(services, "now", lambda: moment)

    new = token_rotate(token=old, overlap=timedelta(hours=2)).token

    old.refresh_from_db()
    assert old.expires_at == moment + timedelta(hours=2)
    assert new.expires_at - moment > timedelta(days=29, hours=23)
    assert (new.codenames, new.name) == (old.codenames, old.name)
    assert set(new.properties.all()) == set(old.properties.all())


def test_rotation_never_prolongs_the_old_token(cast):
    old = issue(cast, expires_at=now() + timedelta(hours=1)).token
    end = old.expires_at
    token_rotate(token=old, overlap=timedelta(hours=48))
    old.refresh_from_db()
    assert old.expires_at == end


def test_rotation_refuses_ended_tokens_and_long_overlaps(cast):
    token = issue(cast).token
    for overlap in (timedelta(seconds=-1), timedelta(days=7, seconds=1)):
        with pytest.raises(InvalidInput):
            token_rotate(token=token, overlap=overlap)
    token_revoke(token=token)
    with pytest.raises(Conflict) as refused:
        token_rotate(token=token, overlap=timedelta(0))
    assert refused.value.code == "token_ended"
    assert ApiToken.objects.count() == 1


def test_revoking_twice_keeps_the_first_moment(cast):
    token = issue(cast).token
    first = token_revoke(token=token).revoked_at
    assert first is not None
    assert token_revoke(token=token).revoked_at == first


def test_networks_are_kept_in_short_form_and_pass_to_the_successor(cast):
    issued = issue(cast, networks=["203.0.113.7", "203.0.113.7/32", "2001:0db8::/48"])
    assert issued.token.networks == ["203.0.113.7/32", "2001:db8::/48"]

    successor = token_rotate(token=issued.token, overlap=timedelta(hours=1))
    assert successor.token.networks == ["203.0.113.7/32", "2001:db8::/48"]


def test_what_is_no_network_makes_no_token(cast):
    with pytest.raises(InvalidInput) as refused:
        issue(cast, networks=["203.0.113.7/24"])

    assert refused.value.code == "token_networks"
    assert not ApiToken.objects.exists()
