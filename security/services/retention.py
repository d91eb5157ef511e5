"""Retention: what is due by a rule, listed by night, approved by a person, erased in batches with a certificate."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, NotPermitted
from hotel.core.locks import lock_rows
from hotel.core.months import months_later
from hotel.core.words import _
from hotel.guests.models import Guest, GuestDocument
from hotel.properties.models import Property
from security.models import RetentionRule, RetentionRun
from security.privacy_choices import DocumentClass, RunStatus
from security.selectors.erasures import erasure_obstacles
from security.services.erasures import certificate_digest, guest_forget

BATCH = 500
BY_MACHINE = (DocumentClass.GUEST_PROFILE, DocumentClass.GUEST_REGISTER)


def runs_propose(*, place: Property) -> list[RetentionRun]:
    """List what is due at a property by each confirmed rule that a machine can carry out; changes nothing else.

    A proposal nobody has answered is replaced. Repeatable.

    Returns:
        The new proposals, without empty ones.
    """
    today = now().astimezone(place.zone).date()
    rules = RetentionRule.objects.filter(
        property=place,
        is_confirmed=True,
        country=place.country,
        valid_from__lte=today,
        document_class__in=BY_MACHINE,
    )
    return [
        run
        for rule in rules
        if (rule.valid_to is None or rule.valid_to >= today) and (run := run_propose(rule=rule, today=today))
    ]


@transaction.atomic
def run_propose(*, rule: RetentionRule, today: date, by: Any = None) -> RetentionRun | None:
    """A dry run of one rule: whose last stay in the chain ended before the cut-off, without holds and stays to come.

    Returns:
        The proposal; None when nothing is due.

    Locks: the rule.
    """
    lock_rows(RetentionRule.objects.filter(pk=rule.pk))
    RetentionRun.objects.filter(rule=rule, status=RunStatus.PROPOSED).update(status=RunStatus.DISMISSED)
    cutoff = months_later(today, -rule.months)
    ids = _due(rule, cutoff)
    free = [pk for pk in ids if not erasure_obstacles(pk)]
    if not ids:
        return None
    return RetentionRun.objects.create(
        property_id=rule.property_id,
        rule=rule,
        cutoff_on=cutoff,
        due_count=len(free),
        held_count=len(ids) - len(free),
        due_ids=free,
        proposed_by=by,
    )


def _due(rule: RetentionRule, cutoff: date) -> list[int]:
    """Guests known at the property whose last stay in the chain ended before; those without one, by their age."""
    rows = Guest.objects.linked_to([rule.property_id]).filter(erased_at=None, merged_into=None)
    last = Max("reservations__departure")
    stayed = rows.annotate(last=last).filter(last__lt=cutoff)
    never = rows.annotate(last=last).filter(last=None, created_at__date__lt=cutoff)
    if rule.document_class == DocumentClass.GUEST_REGISTER:
        stayed = stayed.filter(documents__isnull=False)
        never = never.filter(documents__isnull=False)
    found = {*stayed.values_list("pk", flat=True), *never.values_list("pk", flat=True)}
    return sorted(found)[:BATCH]


@transaction.atomic
def rule_confirm(*, rule: RetentionRule) -> RetentionRule:
    """Note that counsel has confirmed a rule: from the next night on its list is made.

    Raises:
        Conflict: confirmed already.

    Locks: the rule.
    """
    (row,) = lock_rows(RetentionRule.objects.filter(pk=rule.pk))
    if row.is_confirmed:
        raise Conflict(_("This rule is confirmed already."), code="rule_confirmed")
    row.is_confirmed = True
    row.save(update_fields=["is_confirmed", "updated_at"])
    return row


@transaction.atomic
def run_approve(*, run: RetentionRun, by: Any) -> RetentionRun:
    """Approve a list as another person than who proposed it; the machine's own lists by anybody with the right.

    Raises:
        Conflict: not a proposal any more. NotPermitted: proposed by the same person.
    """
    (row,) = lock_rows(RetentionRun.objects.filter(pk=run.pk))
    if row.status != RunStatus.PROPOSED:
        raise Conflict(_("This list is no proposal any more."), code="status_forbids")
    if by is None or by.pk == row.proposed_by_id:
        raise NotPermitted(_("Somebody else than who proposed it must approve a list."), code="four_eyes")
    row.status, row.approved_by, row.approved_at = RunStatus.APPROVED, by, now()
    row.save()
    return row


def runs_carry_out() -> int:
    """Carry out all lists that are approved. Repeatable. Returns how many."""
    return sum(
        run_carry_out(run=run).status == RunStatus.DONE
        for run in RetentionRun.objects.filter(status=RunStatus.APPROVED).order_by("pk")
    )


@transaction.atomic
def run_carry_out(*, run: RetentionRun) -> RetentionRun:
    """Erase what a list names, but for what is not due any more; its certificate is a hash over counts and ids."""
    (row,) = lock_rows(RetentionRun.objects.filter(pk=run.pk).select_related("rule"))
    if row.status != RunStatus.APPROVED:
        return row
    still = set(_due(row.rule, row.cutoff_on)) & set(row.due_ids)
    done = [pk for pk in sorted(still) if not erasure_obstacles(pk)]
    for pk in done:
        _forget(row.rule.document_class, pk)
    row.status, row.done_at = RunStatus.DONE, now()
    row.done_count, row.skipped_count = len(done), len(row.due_ids) - len(done)
    row.digest = certificate_digest({"run": row.pk, "rule": row.rule_id, "done": done, "due": row.due_ids})
    row.save()
    return row


def _forget(document_class: str, guest_id: int) -> None:
    if document_class == DocumentClass.GUEST_PROFILE:
        guest_forget(guest_id)
        return
    GuestDocument.objects.filter(guest=guest_id).delete()
    Guest.objects.filter(pk=guest_id).update(birth_date=None, birth_date_fingerprint="")
