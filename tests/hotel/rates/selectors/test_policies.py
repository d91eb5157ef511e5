"""Policies as bookings freeze them."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

from moneyed import Money

from hotel.rates.domain.cancellation import cancellation_fee, deposit_schedule, no_show_fee
from hotel.rates.models import CancellationPolicy, RatePlan
from hotel.rates.selectors.policies import policy_snapshots
from hotel.rates.services.policies import policy_change
from tests.factories.rates import (
    cancellation_policy_make,
    cancellation_step_make,
    deposit_policy_make,
    no_show_policy_make,
    rate_plan_make,
)

HUNDRED, TOTAL = Money("100.00", "EUR"), Money("200.00", "EUR")


def snapshots(place) -> dict:
    """As stored: through JSON."""
    return json.loads(json.dumps(policy_snapshots(place, RatePlan.objects.at(place.pk))))


def test_a_plan_carries_only_the_policies_it_states_itself(cast):
    flex = cancellation_policy_make(cast.alpha)
    own = rate_plan_make(cast.alpha, cancellation_policy=flex)
    child = rate_plan_make(cast.alpha, "NRF", parent=own, offset_rate=Decimal("-0.1"))
    found = snapshots(cast.alpha)
    assert list(found[str(own.pk)]) == ["cancellation"]
    assert found[str(child.pk)] == {}


def test_a_snapshot_holds_all_that_is_needed_later(cast):
    flex = cancellation_policy_make(cast.alpha, grace_hours=2)
    cancellation_step_make(
        flex, 2, deadline="at_instant", days_before=None, at_time=None,
        deadline_at=datetime(2027, 6, 1, tzinfo=UTC), penalty="flat", nights=None, amount="50",
    )  # fmt: skip
    plan = rate_plan_make(cast.alpha, cancellation_policy=flex)
    found = snapshots(cast.alpha)[str(plan.pk)]["cancellation"]
    assert (found["code"], found["version"], found["zone"], found["currency"]) == (
        "FLEX",
        1,
        "Europe/Vienna",
        "EUR",
    )
    assert (found["grace_hours"], found["fee_group"]) == (2, "fee")
    first, second = found["steps"]
    assert (first["days_before"], first["at_time"], first["nights"]) == (2, "18:00:00", 1)
    assert second["deadline_at"] == "2027-06-01T00:00:00+00:00"
    assert Decimal(second["amount"]["amount"]) == 50


def test_the_rules_understand_what_is_frozen_whatever_happens_to_the_policy(cast):
    plan = rate_plan_make(
        cast.alpha,
        cancellation_policy=cancellation_policy_make(cast.alpha),
        deposit_policy=deposit_policy_make(cast.alpha),
        no_show_policy=no_show_policy_make(cast.alpha),
    )
    frozen = snapshots(cast.alpha)[str(plan.pk)]
    policy_change(policy=CancellationPolicy.objects.get(), values={}, steps=[])
    fee = cancellation_fee(
        frozen,
        nights=[HUNDRED, HUNDRED],
        total=TOTAL,
        arrival=date(2027, 7, 10),
        zone=frozen["cancellation"]["zone"],
        cancelled_at=datetime(2027, 7, 8, 16, tzinfo=UTC),
        booked_at=datetime(2027, 3, 1, tzinfo=UTC),
    )
    parts = deposit_schedule(
        frozen, nights=[HUNDRED] * 2, total=TOTAL, arrival=date(2027, 7, 10), booked_on=date(2027, 3, 1)
    )
    assert fee.amount == HUNDRED
    assert [part.amount for part in parts] == [Money("60.00", "EUR")]
    assert no_show_fee(frozen, [HUNDRED, HUNDRED], TOTAL).amount == HUNDRED
