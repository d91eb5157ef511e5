"""Looks at accounts, second steps, sessions, tokens and reviews."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator

from hotel.accounts.models import ApiToken, User
from hotel.core.clock import now
from security.models import AccessPolicy, AccessReview
from security.selectors.checks import people
from security.services.catalogue import catalogue_seed
from tests.factories.accounts import role_make, token_make, user_make

VALIDATION = "django.contrib.auth.password_validation"


@pytest.fixture
def house(cast):
    catalogue_seed(chain=cast.chain)
    return cast


def test_rules_of_passwords(settings):
    assert people.password_rules().outcome == "checked"
    for rules in (
        [],
        [{"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 11}}],
        [{"NAME": f"{VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}}],
        settings.AUTH_PASSWORD_VALIDATORS[:3],
        [*settings.AUTH_PASSWORD_VALIDATORS, {"NAME": "zoo.SymbolValidator"}],
    ):
        settings.AUTH_PASSWORD_VALIDATORS = rules
        assert people.password_rules().outcome == "failed"


def test_somebody_must_be_asked_about_stolen_passwords(settings):
    assert people.stolen_passwords().outcome == "failed"
    settings.STOLEN_PASSWORDS_URL = "https://lists.example.com"
    assert people.stolen_passwords().outcome == "checked"
    settings.AUTH_PASSWORD_VALIDATORS = settings.AUTH_PASSWORD_VALIDATORS[:4]
    assert people.stolen_passwords().outcome == "failed"


def test_a_quick_hash_fails(settings):
    settings.PASSWORD_HASHERS = ["hotel.accounts.hashers.HouseHasher"]
    assert people.hasher().detail == "argon2, 46 MiB."
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    assert people.hasher().outcome == "failed"


def test_a_chain_that_asks_nobody_for_a_second_step_is_named(house):
    assert house.chain.name in people.second_step_asked().detail
    policy = AccessPolicy.objects.get(chain=house.chain)
    policy.second_factor_roles.add(role_make(house.chain, "rooms.view", code="any"))
    assert people.second_step_asked().outcome == "checked"


def test_the_privileged_without_a_second_step_are_counted(house):
    User.objects.update(is_active=False)
    boss = user_make(house.alpha, username="boss", is_superuser=True)
    assert people.second_step_had().detail == "1 of 1 have none."
    Authenticator.objects.create(user=boss, type="totp", data={})
    assert people.second_step_had().outcome == "checked"


def test_accounts_that_nobody_uses(cast):
    User.objects.update(last_login=now(), date_joined=now())
    assert people.dormant_accounts().outcome == "checked"
    User.objects.filter(pk=cast.bo.pk).update(last_login=now() - timedelta(days=91))
    assert people.dormant_accounts().detail == "1 active accounts were not used for 90 days."


def test_tokens_end_and_are_used(cast):
    token = token_make(cast.alpha)
    assert (people.tokens_end().outcome, people.tokens_used().outcome) == ("checked", "checked")
    ApiToken.objects.filter(pk=token.pk).update(
        created_at=now() - timedelta(days=100), expires_at=now() + timedelta(days=300)
    )
    assert people.tokens_end().outcome == "failed"
    assert people.tokens_used().outcome == "failed"


def test_long_sessions_and_late_questions_fail(house):
    assert (people.session_times().outcome, people.step_up().outcome) == ("checked", "checked")
    AccessPolicy.objects.update(session_idle_minutes=31, step_up_minutes=16)
    assert (people.session_times().outcome, people.step_up().outcome) == ("failed", "failed")


def test_every_hotel_is_reviewed(house):
    assert people.access_reviews().outcome == "failed"
    from tests.factories.security import access_review_make

    for place in (house.alpha, house.beta):
        review = access_review_make(place)
        AccessReview.objects.filter(pk=review.pk).update(closed_at=now())
    assert people.access_reviews().outcome == "checked"


def test_people_of_the_demonstration_fail(cast, settings):
    settings.DEMO_ALLOWED = False
    assert people.demo_accounts().outcome == "checked"
    settings.DEMO_ALLOWED = True
    assert people.demo_accounts().outcome == "failed"


def test_who_counts_wrong_passwords(settings):
    assert people.guessing().outcome == "checked"
    settings.AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
    assert people.guessing().outcome == "failed"
