"""Policies: saved whole with their steps. Bookings keep the copy they were made with."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.db import transaction

from hotel.core.exceptions import VersionConflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rates.models import CancellationPolicy, CancellationStep, DepositPolicy, DepositStep, NoShowPolicy
from hotel.rates.services.plans import check_currency

P = TypeVar("P", CancellationPolicy, DepositPolicy, NoShowPolicy)
STEPS: Mapping[type, type[CancellationStep] | type[DepositStep]] = {
    CancellationPolicy: CancellationStep,
    DepositPolicy: DepositStep,
}


@transaction.atomic
def policy_create(
    *, model: type[P], place: Property, values: Mapping[str, Any], steps: Sequence[Mapping[str, Any]] = ()
) -> P:
    """Make a policy.

    Args:
        model: which of the three kinds.
        place: the property.
        values: columns of the policy.
        steps: columns of each step, in order; positions are given from 1. No-show policies have none.

    Raises:
        InvalidInput: an amount in another currency.
    """
    check_currency(place=place, values=values)
    policy = model.objects.create(property=place, **values)
    _steps_write(policy, place, steps)
    return policy


@transaction.atomic
def policy_change(
    *,
    policy: P,
    values: Mapping[str, Any],
    steps: Sequence[Mapping[str, Any]] | None = None,
    expected_version: int | None = None,
) -> P:
    """Change a policy for bookings to come; None leaves the steps, a list replaces them all.

    Raises:
        VersionConflict: somebody changed it since.
        InvalidInput: an amount in another currency.

    Locks: the policy.
    """
    (fresh,) = lock_rows(type(policy).objects.filter(pk=policy.pk))
    if expected_version is not None and fresh.version != expected_version:
        raise VersionConflict(_("Somebody changed this policy since you read it. Read it again."))
    check_currency(place=fresh.property, values=values)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.version += 1
    fresh.save()
    if steps is not None:
        STEPS[type(fresh)].objects.filter(policy=fresh).delete()
        _steps_write(fresh, fresh.property, steps)
    return fresh


def _steps_write(policy: Any, place: Property, steps: Sequence[Mapping[str, Any]]) -> None:
    for position, step in enumerate(steps, start=1):
        check_currency(place=place, values=step)
        STEPS[type(policy)].objects.create(property=place, policy=policy, **{**step, "position": position})
