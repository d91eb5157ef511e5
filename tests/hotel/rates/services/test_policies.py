"""Policies: saved whole; versions count; bookings keep their copy."""

from datetime import time
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.core.exceptions import InvalidInput, VersionConflict
from hotel.rates.models import CancellationPolicy, CancellationStep, DepositPolicy, NoShowPolicy
from hotel.rates.services.policies import policy_change, policy_create
from tests.factories.rates import cancellation_policy_make

FIRST_NIGHT = {
    "deadline": "before_arrival", "days_before": 2, "at_time": time(18), "penalty": "nights", "nights": 1,
}  # fmt: skip
HALF = {"due": "at_booking", "kind": "percent", "share": Decimal("0.5")}


def test_steps_are_numbered_in_the_order_given(cast):
    late = {**FIRST_NIGHT, "days_before": 0, "nights": 2}
    policy = policy_create(
        model=CancellationPolicy,
        place=cast.alpha,
        values={"code": "FLEX", "name": "Flex"},
        steps=[FIRST_NIGHT, late],
    )
    assert list(policy.steps.values_list("position", "days_before", "nights")) == [(1, 2, 1), (2, 0, 2)]


def test_deposits_have_instalments_and_no_shows_a_penalty(cast):
    deposit = policy_create(
        model=DepositPolicy, place=cast.alpha, values={"code": "DEP", "name": "Deposit"}, steps=[HALF]
    )
    no_show = policy_create(
        model=NoShowPolicy,
        place=cast.alpha,
        values={"code": "NS", "name": "No-show", "penalty": "flat", "amount": Money(80, "EUR")},
    )
    assert deposit.steps.get().share == Decimal("0.5")
    assert NoShowPolicy.objects.get(pk=no_show.pk).amount == Money(80, "EUR")


def test_a_change_counts_the_version_and_replaces_the_steps(cast):
    policy = cancellation_policy_make(cast.alpha)
    changed = policy_change(
        policy=policy, values={"grace_hours": 24}, steps=[{**FIRST_NIGHT, "nights": 3}], expected_version=1
    )
    assert (changed.version, changed.grace_hours) == (2, 24)
    assert CancellationStep.objects.get().nights == 3


def test_a_change_without_steps_leaves_them(cast):
    policy = cancellation_policy_make(cast.alpha)
    policy_change(policy=policy, values={"name": "Free"})
    assert policy.steps.count() == 1


def test_a_stale_change_is_refused(cast):
    policy = cancellation_policy_make(cast.alpha)
    with pytest.raises(VersionConflict):
        policy_change(policy=policy, values={"name": "X"}, steps=[], expected_version=9)
    assert CancellationPolicy.objects.get().name == "Flex"
    assert policy.steps.count() == 1


def test_amounts_of_another_currency_are_refused_in_policy_and_step(cast):
    yen = Money(80, "JPY")
    step = {**FIRST_NIGHT, "penalty": "flat", "nights": None, "amount": yen}
    with pytest.raises(InvalidInput):
        policy_create(
            model=CancellationPolicy, place=cast.alpha, values={"code": "A", "name": "A"}, steps=[step]
        )
    values = {"code": "B", "name": "B", "penalty": "flat", "amount": yen}
    with pytest.raises(InvalidInput):
        policy_create(model=NoShowPolicy, place=cast.alpha, values=values)
    assert not CancellationPolicy.objects.exists()
    assert not NoShowPolicy.objects.exists()
