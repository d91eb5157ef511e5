"""Plans, the classes of clients, are made, changed and removed.

A trigger raises the version of the rules with each write, so every process has them within two seconds.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from hotel.accounts.models import ApiToken
from hotel.core.exceptions import Conflict, NotFound
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.monitoring.models import ApiPlan


class PlanUsed(Conflict):
    """Rules are for this plan; without it they would be gone, or for everybody."""

    code = "plan_has_rules"


@transaction.atomic
def plan_create(*, values: Mapping[str, Any]) -> ApiPlan:
    """A new plan.

    Args:
        values: name, description, concurrency, and the tokens in it.
    """
    values = dict(values)
    tokens: Iterable[ApiToken] = values.pop("tokens", ())
    plan = ApiPlan.objects.create(**values)
    plan.tokens.set(tokens)
    return plan


@transaction.atomic
def plan_change(*, plan: ApiPlan, changes: Mapping[str, Any]) -> ApiPlan:
    """Change a plan; ``tokens`` are all that are in it from now on. Locks the plan.

    Raises:
        NotFound: it is gone.
    """
    plan = _locked(plan)
    changes = dict(changes)
    tokens = changes.pop("tokens", None)
    for name, value in changes.items():
        setattr(plan, name, value)
    if changes:
        plan.save()
    if tokens is not None:
        plan.tokens.set(tokens)
    return plan


@transaction.atomic
def plan_delete(*, plan: ApiPlan) -> None:
    """Remove a plan that no rule is for. Locks it.

    Raises:
        NotFound: it is gone.
        PlanUsed: rules are for it.
    """
    plan = _locked(plan)
    if plan.rules.exists():
        raise PlanUsed(_("Rules are for this plan: remove or change them first."))
    plan.delete()


def _locked(plan: ApiPlan) -> ApiPlan:
    found = lock_rows(ApiPlan.objects.filter(pk=plan.pk))
    if not found:
        raise NotFound(_("This plan is gone."))
    return found[0]
