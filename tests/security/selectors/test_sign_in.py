from datetime import UTC, datetime, timedelta

import pytest

from hotel.accounts.domain.second_factors import SignInPolicy
from hotel.accounts.models import Role, RoleAssignment
from security.models import AccessPolicy
from security.selectors.sign_in import sign_in_policy


@pytest.fixture
def policy(cast):
    return AccessPolicy.objects.get_or_create(chain=cast.chain)[0]


def test_nobody_is_asked_for_a_second_step_until_the_policy_names_a_role(cast, policy):
    assert sign_in_policy(cast.bo) == SignInPolicy(False, 30, 12, 5)

    policy.second_factor_roles.add(Role.objects.get(chain=cast.chain, code="front_desk"))

    asked = {name: sign_in_policy(getattr(cast, name)).second_factor for name in ("bo", "eve", "ada", "ida")}
    assert asked == {"bo": True, "eve": True, "ada": False, "ida": False}


def test_a_superuser_is_asked_as_soon_as_anybody_is(cast, policy):
    cast.ida.is_superuser = True
    assert not sign_in_policy(cast.ida).second_factor

    policy.second_factor_roles.add(Role.objects.get(chain=cast.chain, code="housekeeping"))

    assert sign_in_policy(cast.ida).second_factor


def test_a_role_that_has_ended_asks_for_nothing_one_to_come_does(cast, policy):
    policy.second_factor_roles.add(Role.objects.get(chain=cast.chain, code="front_desk"))
    today = datetime.now(UTC).date()
    row = RoleAssignment.objects.filter(user=cast.bo)

    row.update(valid_to=today - timedelta(days=2))
    assert not sign_in_policy(cast.bo).second_factor
    row.update(valid_to=None, valid_from=today + timedelta(days=5))
    assert sign_in_policy(cast.bo).second_factor


def test_the_times_are_those_of_the_chain(cast, policy):
    AccessPolicy.objects.filter(pk=policy.pk).update(
        session_idle_minutes=120, session_hours=8, step_up_minutes=10
    )

    assert sign_in_policy(cast.bo) == SignInPolicy(False, 120, 8, 10)
