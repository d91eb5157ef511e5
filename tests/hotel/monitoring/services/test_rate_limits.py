"""Every way to change a rule raises the version that all processes look at."""

import pytest
from django.db import connection

from hotel.core.exceptions import InvalidInput, NotFound
from hotel.monitoring.models import LimiterState, RateLimit
from hotel.monitoring.selectors.rules import rules_version
from hotel.monitoring.services.rate_limits import (
    FloorKept,
    limits_resume,
    rule_change,
    rule_create,
    rule_delete,
)
from tests.factories.monitoring import api_plan_make

pytestmark = pytest.mark.usefixtures("seeded")


def raised(call) -> int:
    before = rules_version()
    call()
    return rules_version() - before


def test_each_way_of_writing_raises_the_version(db):
    made = []
    assert raised(lambda: made.append(rule_create(values={"name": "a", "rate": 1, "burst": 1}))) == 1
    (rule,) = made
    assert raised(lambda: rule_change(rule=rule, changes={"rate": 2})) == 1
    assert raised(lambda: RateLimit.objects.filter(pk=rule.pk).update(rate=3)) == 1
    with connection.cursor() as cursor:
        assert (
            raised(lambda: cursor.execute("UPDATE monitoring_ratelimit SET rate = 4 WHERE name = 'a'")) == 1
        )
    assert raised(lambda: api_plan_make()) == 1
    assert raised(limits_resume) == 1
    assert raised(lambda: rule_delete(rule=rule)) == 1


def test_a_change_that_changes_nothing_leaves_the_version(db):
    rule = rule_create(values={"name": "a", "rate": 1, "burst": 1})
    assert raised(lambda: rule_change(rule=rule, changes={"rate": 1})) == 0
    assert RateLimit.objects.get(pk=rule.pk).version == 1


def test_a_floor_cannot_be_removed(db):
    floor = RateLimit.objects.get(name="address")
    with pytest.raises(FloorKept):
        rule_delete(rule=floor)
    assert RateLimit.objects.filter(pk=floor.pk).exists()


def test_a_rule_that_contradicts_itself_is_not_stored(db):
    with pytest.raises(InvalidInput):
        rule_create(values={"name": "a", "rate": 1, "burst": 1, "network": "x"})
    assert not RateLimit.objects.filter(name="a").exists()


def test_a_rule_that_is_gone_is_not_changed(db):
    rule = rule_create(values={"name": "a", "rate": 1, "burst": 1})
    RateLimit.objects.filter(pk=rule.pk).delete()
    with pytest.raises(NotFound):
        rule_change(rule=rule, changes={"rate": 2})


def test_there_is_one_state(db):
    assert LimiterState.objects.count() == 1
