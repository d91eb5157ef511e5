"""Rules of the limiter are made, changed and removed, and all of them suspended.

A trigger raises the version of the rules with each write, so every process has them within two seconds.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotFound
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.monitoring.domain.rule_checks import floor_problems, problems
from hotel.monitoring.models import LimiterState, RateLimit

CHECKED = (
    "scope",
    "token",
    "user",
    "role",
    "plan",
    "is_anonymous",
    "property",
    "valid_from",
    "valid_until",
    "network",
    "operation",
    "method",
)
LONGEST_DAYS = 7


class FloorKept(Conflict):
    """A floor is no rule to be removed."""

    code = "rule_is_floor"


def _locked(rule: RateLimit) -> RateLimit:
    found = lock_rows(RateLimit.objects.filter(pk=rule.pk))
    if not found:
        raise NotFound(_("This rule is gone."))
    return found[0]


def _checked(rule: RateLimit) -> None:
    found = problems({name: getattr(rule, name) for name in CHECKED})
    if found:
        raise InvalidInput(_("This rule cannot work."), fields=found)


@transaction.atomic
def rule_create(*, values: Mapping[str, Any]) -> RateLimit:
    """A new rule, which only counts unless its ``action`` says otherwise.

    Raises:
        InvalidInput: fields contradict one another.
    """
    rule = RateLimit(**values)
    _checked(rule)
    rule.save()
    return rule


@transaction.atomic
def rule_change(
    *, rule: RateLimit, changes: Mapping[str, Any], expected_version: int | None = None
) -> RateLimit:
    """Change a rule; of a floor only its amounts. Locks the rule.

    Raises:
        InvalidInput: fields contradict one another, or a floor keeps them.
        VersionConflict: somebody changed it meanwhile.
    """
    rule = _locked(rule)
    rule.require_version(expected_version, _("rule"))
    changes = {name: value for name, value in changes.items() if getattr(rule, name) != value}
    if rule.is_floor and (kept := floor_problems(changes)):
        raise InvalidInput(_("A floor holds for all: only its amounts can be changed."), fields=kept)
    for name, value in changes.items():
        setattr(rule, name, value)
    _checked(rule)
    if changes:
        rule.version += 1
        rule.save()
    return rule


@transaction.atomic
def rule_delete(*, rule: RateLimit) -> None:
    """Remove a rule. Locks it.

    Raises:
        FloorKept: it is a floor.
    """
    rule = _locked(rule)
    if rule.is_floor:
        raise FloorKept(_("This rule is a floor: it can be made wider, not removed."))
    rule.delete()


@transaction.atomic
def limits_suspend(*, until: datetime, reason: str) -> LimiterState:
    """Let all rules but blocks only count until a moment: the kill switch. Locks the state.

    Raises:
        InvalidInput: in the past, more than a week ahead, or without a reason.
    """
    ahead = (until - now()).total_seconds()
    if not 0 < ahead <= LONGEST_DAYS * 86_400:
        raise InvalidInput(
            _("Say a moment within the next seven days."), fields={"until": [_("Within seven days.")]}
        )
    if not reason.strip():
        raise InvalidInput(_("Say why."), fields={"reason": [_("Say why.")]})
    return _state_changed(suspended_until=until, suspended_reason=reason.strip())


@transaction.atomic
def limits_resume() -> LimiterState:
    """Let the rules refuse again. Locks the state; repeatable."""
    return _state_changed(suspended_until=None, suspended_reason="")


def _state_changed(**values: Any) -> LimiterState:
    LimiterState.objects.get_or_create(pk=1)
    (state,) = lock_rows(LimiterState.objects.filter(pk=1))
    for name, value in values.items():
        setattr(state, name, value)
    state.version += 1
    state.save()
    return state
