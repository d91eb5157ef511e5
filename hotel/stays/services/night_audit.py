"""The night audit: closes a business day step by step, and can be broken off and resumed anywhere.

Locks: the day, alone, in each step; commands of the desk share it and wait for a step, not for the audit.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from datetime import date

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.stays import NightAuditAdvanced, NightAuditRequested
from hotel.core.clock import now
from hotel.core.exceptions import Conflict
from hotel.core.facts import publish
from hotel.core.locks import LockSpace, advisory_lock
from hotel.properties.models import Property
from hotel.properties.selectors.restraints import require_writable
from hotel.stays.choices import AuditStatus, StepName, StepStatus
from hotel.stays.domain.night_audit import STEPS, blockers, steps_left
from hotel.stays.models import NightAudit, NightAuditStep
from hotel.stays.selectors.days import day_before
from hotel.stays.services.audit_steps import WORK

Watch = Callable[[NightAudit, NightAuditStep], None]


class NightAuditBlocked(Conflict):
    """Something has to be done before the day can be closed. ``extra``: blockers with code, text, reservations."""

    code = "night_audit_blocked"


@transaction.atomic
def night_audit_request(*, place: Property, actor: User | None) -> NightAudit:
    """Ask for the audit of the open business date; a worker runs it. Repeatable: there is one audit a day.

    Publishes: NightAuditRequested, each time, so that a stopped audit is resumed.

    Raises:
        ReadOnly: the property takes no changes now; the audit waits.

    Locks: the day, alone.
    """
    require_writable(place.pk)
    audit = _opened(place, actor)
    publish(
        NightAuditRequested(
            property_id=audit.property_id, business_date=audit.business_date, audit_id=audit.pk
        )
    )
    return audit


def night_audit_run(
    *, place: Property, actor: User | None = None, watch: Watch = lambda audit, step: None
) -> NightAudit:
    """Close the open business date of a property, or go on where an earlier run has stopped.

    Each step is a transaction of its own, and marks itself as done in it: a step is never done twice, whatever stops
    the run and however many run at once. Two that run at once share the work.

    Args:
        place: the property; its ``business_date`` is moved in memory, too.
        actor: who closes the day; None for the house itself.
        watch: told after each step, with its result.

    Returns:
        The finished audit.

    Raises:
        NightAuditBlocked: the pre-check found something; nothing was done, and the desk goes on.
        DayUnproved: the books contradict one another; the day stays open.
        LockRefused: somebody held the day for too long; run it again.
        ReadOnly: the property takes no changes now; the audit waits.

    Publishes: NightAuditAdvanced after each step, BusinessDayClosed, and what the steps publish.
    """
    require_writable(place.pk)
    with transaction.atomic():
        audit = _opened(place, actor)
    if StepName.CHECKS in steps_left(_done(audit)):
        _check(audit, watch)
    for name in steps_left(_done(audit)):
        _step(audit, name, watch)
    audit.refresh_from_db()
    place.refresh_from_db(fields=["business_date"])
    return audit


def night_audits_run(
    *,
    place: Property,
    until: date,
    actor: User | None = None,
    watch: Watch = lambda audit, step: None,
) -> Iterator[NightAudit]:
    """Close one business date after the other until ``until`` is open; yields each finished audit.

    Args:
        until: the business date that is open in the end.
    """
    place.refresh_from_db(fields=["business_date"])
    while place.business_date < until:
        yield night_audit_run(place=place, actor=actor, watch=watch)


def _opened(place: Property, actor: User | None) -> NightAudit:
    """The audit of the open business date with its steps; made when it is asked for first."""
    advisory_lock(LockSpace.NIGHT_AUDIT, place.pk)
    place.refresh_from_db(fields=["business_date"])
    audit, is_new = NightAudit.objects.get_or_create(
        property=place, business_date=place.business_date, defaults={"requested_by": actor}
    )
    if is_new:
        NightAuditStep.objects.bulk_create(
            NightAuditStep(property=place, audit=audit, name=name, position=position)
            for position, name in enumerate(STEPS)
        )
    audit.property = place
    return audit


def _done(audit: NightAudit) -> set[str]:
    return set(audit.steps.filter(status=StepStatus.DONE).values_list("name", flat=True))


def _check(audit: NightAudit, watch: Watch) -> None:
    """Look for what blocks the day; from here on the desk waits until the day is closed.

    Raises:
        NightAuditBlocked: and the audit says so, too.
    """
    with transaction.atomic():
        step = _step_alone(audit, StepName.CHECKS)
        found = blockers(day_before(audit.property)) if step.status == StepStatus.PENDING else []
        if step.status == StepStatus.PENDING:
            audit.blockers = [asdict(blocker) for blocker in found]
            audit.status = AuditStatus.BLOCKED if found else AuditStatus.RUNNING
            audit.started_at = None if found else now()
            audit.save(update_fields=["blockers", "status", "started_at", "updated_at"])
        if not found:
            _mark(step, {})
        _tell(audit, step, is_blocked=bool(found))
    if found:
        raise NightAuditBlocked(
            " ".join(blocker.text for blocker in found), extra={"blockers": audit.blockers}
        )
    watch(audit, step)


def _step(audit: NightAudit, name: StepName, watch: Watch) -> None:
    """Do a step and mark it as done, in one transaction; nothing when somebody else has done it."""
    with transaction.atomic():
        step = _step_alone(audit, name)
        if step.status == StepStatus.DONE:
            return
        _mark(step, WORK[name](audit))
        if name == STEPS[-1]:
            audit.status, audit.finished_at = AuditStatus.FINISHED, now()
            audit.save(update_fields=["status", "finished_at", "updated_at"])
        _tell(audit, step)
    watch(audit, step)


def _step_alone(audit: NightAudit, name: StepName) -> NightAuditStep:
    """The step, with the day held alone."""
    advisory_lock(LockSpace.NIGHT_AUDIT, audit.property_id)
    return NightAuditStep.objects.get(audit=audit, name=name)


def _mark(step: NightAuditStep, result: dict[str, object]) -> None:
    if step.status == StepStatus.PENDING:
        step.status, step.done_at, step.result = StepStatus.DONE, now(), result
        step.save(update_fields=["status", "done_at", "result", "updated_at"])


def _tell(audit: NightAudit, step: NightAuditStep, *, is_blocked: bool = False) -> None:
    publish(
        NightAuditAdvanced(
            property_id=audit.property_id,
            business_date=audit.business_date,
            audit_id=audit.pk,
            step=step.name,
            is_blocked=is_blocked,
        )
    )
