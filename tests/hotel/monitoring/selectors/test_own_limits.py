"""A caller learns of the rules that can hold for him."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.monitoring.selectors.own_limits import rules_of
from hotel.properties.tenancy import EVERYTHING, NOBODY
from tests.factories.accounts import token_make
from tests.factories.monitoring import rate_limit_make

pytestmark = pytest.mark.usefixtures("seeded")


def test_rules_for_others_and_past_ones_are_not_told(cast):
    token = token_make(cast.alpha)
    rate_limit_make(None, name="mine", token=token)
    rate_limit_make(None, name="past", valid_until=now() - timedelta(days=1))
    found = [rule.name for rule in rules_of(("token", token.pk), now(), NOBODY)]
    assert found == ["sign-in", "address", "mine", "default"]
    assert "mine" not in [rule.name for rule in rules_of(("token", token.pk + 1), now(), NOBODY)]


def test_rules_of_properties_are_told_to_those_who_work_there(cast):
    rate_limit_make(cast.alpha, name="at alpha")
    rate_limit_make(cast.beta, name="at beta")
    told = {
        name: [rule.name for rule in rules_of(("user", 1), now(), places) if rule.name.startswith("at ")]
        for name, places in {"nobody": NOBODY, "alpha": {cast.alpha.pk}, "all": EVERYTHING}.items()
    }
    assert told == {"nobody": [], "alpha": ["at alpha"], "all": ["at alpha", "at beta"]}
