"""A caller learns of the rules that can hold for him."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.monitoring.selectors.own_limits import rules_of
from tests.factories.accounts import token_make
from tests.factories.monitoring import rate_limit_make

pytestmark = pytest.mark.usefixtures("seeded")


def test_rules_for_others_and_past_ones_are_not_told(cast):
    token = token_make(cast.alpha)
    rate_limit_make(None, name="mine", token=token)
    rate_limit_make(None, name="past", valid_until=now() - timedelta(days=1))
    found = [rule.name for rule in rules_of(("token", token.pk), now())]
    assert found == ["sign-in", "address", "mine", "default"]
    assert "mine" not in [rule.name for rule in rules_of(("token", token.pk + 1), now())]
