"""Containment with one click: what stops an attack is done by the house, recorded with its effect, and taken back."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.core.words import _, in_english
from security.domain.containment import WAYS, containment_actions, obstacle, step_actions
from security.incident_choices import EntryKind, StepStatus
from security.models import IncidentContainment, IncidentStep, SecurityIncident
from security.selectors.aims import target_of
from security.services.containment_acts import act_do, act_undo
from security.services.incident_log import entry_add, incident_locked

ENDED_BY_ITSELF = "It had ended by itself."


@transaction.atomic
def containment_take(
    *, incident: SecurityIncident, action: str, target: str, reason: str, by: User | None
) -> IncidentContainment:
    """Do what stops it, and settle the open steps that ask for it. Repeatable: what stands is given back.

    What has ended by itself does not stand: it is done anew.

    Of a drill it is written down, and nothing is done.

    Args:
        incident: read again under its lock.
        action: one of ``domain.containment.WAYS``.
        target: whom or what, such as ``user:7``.
        reason: why.
        by: who acts; may respond wherever the target belongs. None for the house itself.

    Raises:
        InvalidInput: no reason, no such action or target, or none that ``by`` may act on.
        Conflict: the incident has ended; his own account, key or address; the last who manages security.

    Locks: all containments, one after the other, so that two people cannot shut each other out; the incident; what
    the services lock.
    """
    why = _reason(reason)
    advisory_lock(LockSpace.INCIDENTS, "containment")
    row = incident_locked(incident, "act")
    found = target_of(action, target, by)
    made = row.containments.filter(action=action, target=found.text, undone_at=None).first()
    if made is not None and made.is_over:
        made.undone_at, made.undo_reason = now(), ENDED_BY_ITSELF
        made.save(update_fields=["undone_at", "undo_reason", "updated_at"])
        made = None
    if made is None:
        forbidden = obstacle(action, found.aim)
        if forbidden is not None:
            raise Conflict(forbidden[1], code=forbidden[0], extra={"target": found.text})
        if row.is_drill:
            effect, result = (
                {"changed": False, "practised": True},
                f"Practised on {found.name}; nothing was done.",
            )
        else:
            effect, result = act_do(action, found, row)
        made = IncidentContainment.objects.create(
            incident=row, action=action, target=found.text, reason=why, effect=effect, result=result[:400],
            taken_by=by,
        )  # fmt: skip
        about = {"containment": made.pk, "action": action, "target": found.text, "effect": effect}
        entry_add(row, EntryKind.STEP, f"{WAYS[action].title}: {result} Why: {why}", by=by, **about)
    open_steps = row.steps.filter(action=action, target__in=["", found.text], status=StepStatus.OPEN)
    for step in lock_rows(open_steps):
        _settle(step, StepStatus.DONE, made.result, by, target=found.text)
    return made


@transaction.atomic
def containment_undo(
    *, containment: IncidentContainment, reason: str, by: User | None
) -> IncidentContainment:
    """Take one back, also after the incident has ended.

    Raises:
        InvalidInput: no reason, or the target is gone or none that ``by`` may act on.
        Conflict: what ``actions[]`` says.

    Locks: as ``containment_take``.
    """
    why = _reason(reason)
    advisory_lock(LockSpace.INCIDENTS, "containment")
    row = incident_locked(containment.incident)
    [made] = lock_rows(IncidentContainment.objects.filter(pk=containment.pk))
    [undo] = containment_actions(made.standing)
    if not undo.is_allowed:
        raise undo.refusal("undone" if made.undone_at else "taken")
    found = target_of(made.action, made.target, by)
    result = act_undo(made.action, found, made.effect)
    made.undone_at, made.undone_by, made.undo_reason = now(), by, why
    made.save(update_fields=["undone_at", "undone_by", "undo_reason", "updated_at"])
    text = f"Taken back: {WAYS[made.action].title}. {result} Why: {why}"
    entry_add(row, EntryKind.STEP, text, by=by, containment=made.pk, undone=True)
    return made


@transaction.atomic
def step_take(*, step: IncidentStep, target: str = "", reason: str, by: User | None) -> IncidentStep:
    """Let the house do a step of the playbook.

    Args:
        step: read again under the lock of its incident.
        target: whom or what; the step's own unless told otherwise.
        reason, by: see ``containment_take``.

    Raises:
        InvalidInput, Conflict: see ``containment_take``, and what ``actions[]`` says.
    """
    advisory_lock(LockSpace.INCIDENTS, "containment")
    row = _step_locked(step, "take")
    made = containment_take(
        incident=row.incident, action=row.action, target=target or row.target, reason=reason, by=by
    )
    row.refresh_from_db()
    if row.status == StepStatus.OPEN:  # aimed at something else than the step was
        _settle(row, StepStatus.DONE, f"{made.target}: {made.result}", by)
    return row


@transaction.atomic
def step_finish(*, step: IncidentStep, words: str = "", by: User | None) -> IncidentStep:
    """Say that a person did it, and what came of it. Locks the incident.

    Raises:
        Conflict: what ``actions[]`` says.
    """
    row = _step_locked(step, "finish")
    return _told(row, StepStatus.DONE, words.strip() or "Done.", by)


@transaction.atomic
def step_skip(*, step: IncidentStep, words: str, by: User | None) -> IncidentStep:
    """Say that it is not needed, and why. Locks the incident.

    Raises:
        InvalidInput: not said why.
        Conflict: what ``actions[]`` says.
    """
    row = _step_locked(step, "skip")
    if not words.strip():
        text = _("Say why it is not needed.")
        raise InvalidInput(text, fields={"words": [text]})
    return _told(row, StepStatus.SKIPPED, words.strip(), by)


def _step_locked(step: IncidentStep, command: str) -> IncidentStep:
    incident = incident_locked(step.incident)
    [row] = lock_rows(IncidentStep.objects.filter(pk=step.pk))
    row.incident = incident
    [action] = [one for one in step_actions(row.standing) if one.name == command]
    if not action.is_allowed:
        raise action.refusal(row.status)
    return row


def _told(row: IncidentStep, status: StepStatus, words: str, by: User | None) -> IncidentStep:
    _settle(row, status, words, by)
    text = f"{row.title}: {in_english(row.get_status_display)}. {words}"
    entry_add(row.incident, EntryKind.STEP, text, by=by, step=row.pk, status=status)
    return row


def _settle(row: IncidentStep, status: StepStatus, words: str, by: User | None, target: str = "") -> None:
    row.status, row.result, row.done_at, row.done_by = status, words[:400], now(), by
    row.target = target or row.target
    row.save()


def _reason(text: str) -> str:
    words = text.strip()
    if not words:
        raise InvalidInput(_("Say why."), fields={"reason": [_("Say why.")]})
    return words[:400]
