"""How each containment is done and taken back, by the services of what it touches."""

import hashlib
from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hotel.accounts.models import StaffSession
from hotel.accounts.services.integrators import integrator_revoke
from hotel.accounts.services.sessions import sessions_end
from hotel.accounts.services.tokens import token_revoke
from hotel.accounts.services.users import (
    password_demand,
    password_demand_withdraw,
    user_activate,
    user_deactivate,
)
from hotel.core.clock import now
from hotel.messaging.services.webhooks import webhook_disable, webhook_enable
from hotel.monitoring.choices import Action, Scope
from hotel.monitoring.models import RateLimit
from hotel.monitoring.services.rate_limits import rule_create, rule_delete
from hotel.properties.choices import RestraintKind
from hotel.properties.models import PropertyRestraint
from hotel.properties.services.restraints import restraint_end, restraint_place
from security.models import SecurityIncident
from security.selectors.aims import Target
from security.services.second_steps import (
    holders_of,
    people_at,
    second_step_demand,
    second_step_withdraw,
    unproved_end,
)

BLOCKED_FOR = timedelta(days=7)
LASTS = {
    RestraintKind.EXPORTS: timedelta(days=7),
    RestraintKind.READ_ONLY: timedelta(days=1),
    RestraintKind.SECOND_STEP: timedelta(days=90),
}
Effect = tuple[dict[str, Any], str]


def act_do(action: str, target: Target, incident: SecurityIncident) -> Effect:
    """Do it. Whose right it is was asked before; the services are called in the name of the house.

    Returns:
        What undoing needs, with ``changed``, and what came of it in words.
    """
    return _DOERS[action](target, incident)


def act_undo(action: str, target: Target, effect: Mapping[str, Any]) -> str:
    """Take it back; what came of it in words."""
    return _UNDOERS[action](target, effect)


def _end_sessions(target: Target, incident: SecurityIncident) -> Effect:
    count = sessions_end(user=target.row)
    return {"changed": count > 0, "sessions": count}, f"Sessions of {target.name} that ended: {count}."


def _disable(target: Target, incident: SecurityIncident) -> Effect:
    was_active = target.row.is_active
    sessions = StaffSession.objects.filter(user=target.row).count()
    user_deactivate(user=target.row)
    effect = {"changed": was_active, "sessions": sessions}
    if not was_active:
        return effect, f"The account of {target.name} was disabled already."
    return effect, f"The account of {target.name} is disabled; sessions that ended: {sessions}."


def _enable(target: Target, effect: Mapping[str, Any]) -> str:
    user_activate(user=target.row)
    return f"{target.name} may sign in again."


def _revoke_token(target: Target, incident: SecurityIncident) -> Effect:
    was_alive = target.row.revoked_at is None
    token_revoke(token=target.row)
    return {"changed": was_alive}, f"The token {target.name} is revoked{'' if was_alive else ', as before'}."


def _revoke_integrator(target: Target, incident: SecurityIncident) -> Effect:
    was_alive = target.row.revoked_at is None
    integrator_revoke(integrator=target.row)
    words = f"The integrator {target.name} is revoked{'' if was_alive else ', as before'}."
    return {"changed": was_alive}, words


def _block(target: Target, incident: SecurityIncident) -> Effect:
    """A rule of the limiter, whose name says nothing to whoever is told it."""
    name = f"block-{hashlib.sha256(target.text.encode()).hexdigest()[:12]}"
    known = RateLimit.objects.filter(name=name).first()
    if known is not None and known.is_active and known.valid_until and known.valid_until > now():
        effect = {"changed": False, "rule": known.pk, "until": known.valid_until.isoformat()}
        return effect, f"{target.name} was blocked already."
    if known is not None:
        rule_delete(rule=known)
    until = now() + BLOCKED_FOR
    rule = rule_create(
        values={
            "name": name, "description": f"Incident {incident.pk}", "priority": 1, "scope": Scope.ADDRESS,
            "network": target.name, "rate": 1, "burst": 1, "action": Action.BLOCK, "valid_until": until,
        }
    )  # fmt: skip
    words = f"{target.name} is blocked until {until:%Y-%m-%d %H:%M} UTC."
    return {"changed": True, "rule": rule.pk, "until": until.isoformat()}, words


def _unblock(target: Target, effect: Mapping[str, Any]) -> str:
    rule = RateLimit.objects.filter(pk=effect.get("rule")).first()
    if rule is not None:
        rule_delete(rule=rule)
    return f"{target.name} is answered again."


def _pause(target: Target, incident: SecurityIncident) -> Effect:
    was_active = target.row.is_active
    webhook_disable(endpoint=target.row, reason=f"Paused by incident {incident.pk}")
    return {
        "changed": was_active
    }, f"The webhook {target.name} is paused{'' if was_active else ', as before'}."


def _go_on(target: Target, effect: Mapping[str, Any]) -> str:
    webhook_enable(endpoint=target.row)
    return f"The webhook {target.name} is told what waited."


def _restrained(kind: RestraintKind, words: str) -> Callable[[Target, SecurityIncident], Effect]:
    """Hold something back at a hotel for as long as ``LASTS`` says; ``words`` say what, of whom, until when."""

    def act(target: Target, incident: SecurityIncident) -> Effect:
        reason = f"Incident {incident.pk} is being answered."
        row, is_new = restraint_place(place=target.row, kind=kind, reason=reason, until=now() + LASTS[kind])
        told = words.format(name=target.name, until=f"{row.until:%Y-%m-%d %H:%M} UTC")
        effect = {"changed": is_new, "restraint": row.pk, "until": row.until.isoformat()}
        return effect, told if is_new else f"{told[:-1]}, as before."

    return act


def _let_go(words: str) -> Callable[[Target, Mapping[str, Any]], str]:
    def act(target: Target, effect: Mapping[str, Any]) -> str:
        row = PropertyRestraint.objects.filter(pk=effect.get("restraint"), property=target.row).first()
        was_held = row is not None and restraint_end(restraint=row)
        return f"{target.name}: {words}" if was_held else f"{target.name}: it had ended by itself."

    return act


def _second_step_hotel(target: Target, incident: SecurityIncident) -> Effect:
    effect, words = _restrain_step(target, incident)
    ended = unproved_end(people=people_at(target.row)) if effect["changed"] else 0
    return {**effect, "sessions": ended}, f"{words} Sessions that ended: {ended}."


_restrain_step = _restrained(
    RestraintKind.SECOND_STEP, "Signing in at {name} asks for a second step until {until}."
)


def _second_step_role(target: Target, incident: SecurityIncident) -> Effect:
    is_new = second_step_demand(role=target.row)
    ended = unproved_end(people=holders_of(target.row)) if is_new else 0
    words = f"Who is {target.name} needs a second step{'' if is_new else ', as before'}."
    return {"changed": is_new, "sessions": ended}, f"{words} Sessions that ended: {ended}."


def _second_step_role_off(target: Target, effect: Mapping[str, Any]) -> str:
    second_step_withdraw(role=target.row)
    return f"Who is {target.name} needs no second step any more."


def _new_password(target: Target, incident: SecurityIncident) -> Effect:
    sessions = StaffSession.objects.filter(user=target.row).count()
    is_new = password_demand(user=target.row)
    words = f"{target.name} must set another password{'' if is_new else ', as before'}"
    words += f"; sessions that ended: {sessions}."
    return {"changed": is_new, "sessions": sessions}, words


def _old_password(target: Target, effect: Mapping[str, Any]) -> str:
    was_due = password_demand_withdraw(user=target.row)
    return f"{target.name} {'may keep the old password' if was_due else 'has set another password already'}."


_DOERS: Mapping[str, Callable[[Target, SecurityIncident], Effect]] = {
    "end_sessions": _end_sessions,
    "disable_account": _disable,
    "revoke_token": _revoke_token,
    "revoke_integrator": _revoke_integrator,
    "block_address": _block,
    "pause_webhook": _pause,
    "freeze_exports": _restrained(RestraintKind.EXPORTS, "Exports of {name} are frozen until {until}."),
    "read_only": _restrained(RestraintKind.READ_ONLY, "{name} takes no changes until {until}."),
    "new_password": _new_password,
    "second_step_role": _second_step_role,
    "second_step_hotel": _second_step_hotel,
}
_UNDOERS: Mapping[str, Callable[[Target, Mapping[str, Any]], str]] = {
    "disable_account": _enable,
    "block_address": _unblock,
    "pause_webhook": _go_on,
    "freeze_exports": _let_go("files are given out again."),
    "read_only": _let_go("changes are taken again."),
    "new_password": _old_password,
    "second_step_role": _second_step_role_off,
    "second_step_hotel": _let_go("a password alone is enough again."),
}
