"""A chain without a policy yet has the defaults."""

from security.selectors.policies import policy_of
from tests.factories.properties import chain_make


def test_the_stored_policy_or_the_defaults(house):
    house.chain.access_policy.request_days = 3
    house.chain.access_policy.save()
    assert policy_of(house.chain.pk).request_days == 3

    unknown = policy_of(chain_make(code="OTHER").pk)
    assert (unknown.pk, unknown.request_days, unknown.emergency_role) == (None, 7, None)
