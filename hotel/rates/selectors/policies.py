"""Policies as the plain JSON that quotes carry and bookings freeze."""

from collections.abc import Iterable
from typing import Any

from moneyed import Money

from hotel.properties.models import Property
from hotel.rates.models import CancellationPolicy, DepositPolicy, NoShowPolicy, RatePlan


def policy_snapshots(place: Property, plans: Iterable[RatePlan]) -> dict[int, dict[str, Any]]:
    """The policies that each plan states itself, by plan id.

    A snapshot holds everything needed later: names, steps, the property's zone and currency.
    """
    plans = list(plans)
    cancellation = {
        policy.pk: cancellation_snapshot(policy, place)
        for policy in CancellationPolicy.objects.at(place.pk).prefetch_related("steps")
    }
    deposit = {
        policy.pk: deposit_snapshot(policy, place)
        for policy in DepositPolicy.objects.at(place.pk).prefetch_related("steps")
    }
    no_show = {policy.pk: no_show_snapshot(policy, place) for policy in NoShowPolicy.objects.at(place.pk)}
    found: dict[int, dict[str, Any]] = {}
    for plan in plans:
        stated = {
            "cancellation": cancellation.get(plan.cancellation_policy_id or 0),
            "deposit": deposit.get(plan.deposit_policy_id or 0),
            "no_show": no_show.get(plan.no_show_policy_id or 0),
        }
        found[plan.pk] = {name: snapshot for name, snapshot in stated.items() if snapshot is not None}
    return found


def cancellation_snapshot(policy: CancellationPolicy, place: Property) -> dict[str, Any]:
    """A cancellation policy with its steps in order."""
    steps = [
        {
            "position": step.position,
            "deadline": step.deadline,
            "days_before": step.days_before,
            "at_time": step.at_time.isoformat() if step.at_time else None,
            "deadline_at": step.deadline_at.isoformat() if step.deadline_at else None,
            "hours_after": step.hours_after,
            **_owed(step),
        }
        for step in policy.steps.all()
    ]
    return {
        **_head(policy, place),
        "grace_hours": policy.grace_hours,
        "fee_group": policy.fee_group,
        "steps": steps,
    }


def deposit_snapshot(policy: DepositPolicy, place: Property) -> dict[str, Any]:
    """A deposit policy with its instalments in order."""
    steps = [
        {
            "position": step.position,
            "due": step.due,
            "days_before": step.days_before,
            "kind": step.kind,
            "nights": step.nights,
            "share": _text(step.share),
            "amount": _money(step.amount),
        }
        for step in policy.steps.all()
    ]
    return {**_head(policy, place), "steps": steps}


def no_show_snapshot(policy: NoShowPolicy, place: Property) -> dict[str, Any]:
    """A no-show policy."""
    return {**_head(policy, place), "fee_group": policy.fee_group, **_owed(policy)}


def _head(policy: Any, place: Property) -> dict[str, Any]:
    return {
        "id": policy.pk,
        "code": policy.code,
        "name": policy.name,
        "description": policy.description,
        "version": policy.version,
        "zone": place.time_zone,
        "currency": str(place.currency),
    }


def _owed(row: Any) -> dict[str, Any]:
    return {
        "penalty": row.penalty,
        "nights": row.nights,
        "share": _text(row.share),
        "amount": _money(row.amount),
    }


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


def _money(value: Money | None) -> dict[str, str] | None:
    return None if value is None else {"amount": str(value.amount), "currency": value.currency.code}
