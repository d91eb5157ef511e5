from datetime import timedelta

import pytest

from hotel.accounts.models import ApiToken, User
from hotel.accounts.selectors.tokens import token_usable
from hotel.accounts.services.tokens import digest_of, token_issue
from hotel.core.clock import now
from hotel.properties.scoping import grants_of


@pytest.fixture
def digest(cast):
    issued = token_issue(
        user=cast.ada,
        name="Sync",
        codenames=["view_properties_area"],
        properties=[cast.alpha, cast.beta],
        expires_at=now() + timedelta(days=1),
    )
    return digest_of(issued.secret)


def test_a_token_comes_with_its_holder_and_its_limit_in_two_queries(cast, digest, django_assert_num_queries):
    with django_assert_num_queries(2):
        token = token_usable(digest, now())
        limit, holder = token.limit(), token.user
        grants = grants_of(holder)
    assert token == ApiToken.objects.get()
    assert (holder, holder.username, holder.chain_id) == (cast.ada, "ada", cast.chain.pk)
    assert limit.property_ids == {cast.alpha.pk, cast.beta.pk}
    assert limit.codenames == {"view_properties_area"}
    assert grants == grants_of(User.objects.get(pk=cast.ada.pk))
    assert grants.holds("view", "properties", cast.beta.pk)


def test_a_token_without_properties_is_limited_to_none(digest):
    ApiToken.objects.get().properties.clear()
    assert token_usable(digest, now()).limit().property_ids == frozenset()


def test_an_unknown_digest_finds_nobody(digest):
    assert token_usable(digest[::-1], now()) is None


def test_a_token_ends_at_its_last_instant(digest):
    end = ApiToken.objects.get().expires_at
    assert token_usable(digest, end - timedelta(microseconds=1)) is not None
    assert token_usable(digest, end) is None


def test_a_revoked_token_and_one_of_an_inactive_person_do_not_count(digest):
    ApiToken.objects.update(revoked_at=now())
    assert token_usable(digest, now()) is None
    ApiToken.objects.update(revoked_at=None)
    assert token_usable(digest, now()) is not None
    User.objects.filter(username="ada").update(is_active=False)
    assert token_usable(digest, now()) is None
