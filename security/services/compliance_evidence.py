"""Evidence that people give for requirements; withdrawn, never changed."""

from datetime import date
from typing import Any

from django.db import transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.words import _
from security.models import ComplianceEvidence
from security.selectors.frameworks import requirement_of

LONGEST_DAYS = 1100


@transaction.atomic
def evidence_give(
    *,
    framework: str,
    requirement: str,
    title: str,
    kept_at: str,
    valid_from: date,
    valid_until: date,
    by: Any,
) -> ComplianceEvidence:
    """Give evidence for one requirement; it counts in the next report.

    Args:
        framework: of ``Framework``.
        requirement: its id there.
        title: what it is.
        kept_at: where the document lies.
        valid_from, valid_until: calendar days, inclusive; three years at most.
        by: the person.

    Raises:
        InvalidInput: no such requirement, one that does not apply, or days out of order.
    """
    row = requirement_of(framework, requirement)
    if row is None or row.not_applicable:
        words = (
            _("There is no such requirement.") if row is None else _("This requirement does not apply here.")
        )
        raise InvalidInput(words, fields={"requirement": [words]})
    if not 0 <= (valid_until - valid_from).days <= LONGEST_DAYS:
        words = _("Evidence counts from its first day for three years at most.")
        raise InvalidInput(words, fields={"valid_until": [words]})
    return ComplianceEvidence.objects.create(
        framework=framework, requirement=requirement, title=title, kept_at=kept_at, valid_from=valid_from,
        valid_until=valid_until, given_by=by,
    )  # fmt: skip


@transaction.atomic
def evidence_withdraw(*, evidence: ComplianceEvidence, by: Any) -> ComplianceEvidence:
    """Take evidence back; reports that were made stay as they are.

    Raises:
        Conflict: withdrawn already.

    Locks: the evidence.
    """
    (row,) = lock_rows(ComplianceEvidence.objects.filter(pk=evidence.pk))
    if row.withdrawn_at is not None:
        raise Conflict(_("This was withdrawn already."), code="evidence_withdrawn")
    row.withdrawn_at, row.withdrawn_by = now(), by
    row.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return row
