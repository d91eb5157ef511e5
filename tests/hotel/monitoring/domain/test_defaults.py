"""The rules of the first day."""

from hotel.monitoring.domain.defaults import DEFAULTS, SIGN_IN, default_rules
from hotel.monitoring.domain.matching import Asked, rules_for
from hotel.monitoring.selectors.operations import areas_by_operation

ALL = frozenset({"client", "address", "property"})


def held(**asked):
    from hotel.core.clock import now

    return [rule.name for rule in rules_for(default_rules(), Asked(**asked), ALL, now())]


def test_every_request_has_a_rule():
    assert held() == ["address", "anonymous"]
    assert held(principal=("token", 1)) == ["address", "default"]
    assert held(operation=SIGN_IN) == ["sign-in", "address", "anonymous"]


def test_the_door_that_is_guarded_exists():
    assert SIGN_IN in areas_by_operation()


def test_only_the_floors_come_first():
    assert [values["name"] for values in DEFAULTS if values["priority"] == 0] == ["sign-in", "address"]
