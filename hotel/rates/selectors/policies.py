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
    stated_ids = {
        name: {getattr(plan, f"{name}_policy_id") for plan in plans} - {None}
        for name in ("cancellation", "deposit", "no_show")
    }
    cancellations = CancellationPolicy.objects.at(place.pk).filter(pk__in=stated_ids["cancellation"])
    deposits = DepositPolicy.objects.at(place.pk).filter(pk__in=stated_ids["deposit"])
    no_shows = NoShowPolicy.objects.at(place.pk).filter(pk__in=stated_ids["no_show"])
    snapshots = {
        "cancellation": {
            row.pk: cancellation_snapshot(row, place) for row in cancellations.prefetch_related("steps")
        },
        "deposit": {row.pk: deposit_snapshot(row, place) for row in deposits.prefetch_related("steps")},
        "no_show": {row.pk: no_show_snapshot(row, place) for row in no_shows},
    }
    return {
        plan.pk: {
            name: rows[policy_id]
            for name, rows in snapshots.items()
            if (policy_id := getattr(plan, f"{name}_policy_id")) in rows
        }
        for plan in plans
    }


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
