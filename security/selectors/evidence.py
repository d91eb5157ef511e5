"""Whether evidence still is what it was when it was kept."""

from dataclasses import dataclass

from security.domain.evidence import digest
from security.incident_choices import EvidenceKind
from security.models import AuditLog, IncidentEvidence
from security.selectors.trail import sealed_up_to

TABLE = IncidentEvidence._meta.db_table


@dataclass(frozen=True)
class EvidenceCheck:
    """What was found.

    Attributes:
        is_sound: content, hash and the trail's entry say the same.
        problem: ``content_changed``, ``digest_changed``, ``not_in_trail``, or empty.
        entry_id: the entry of the trail that was written when it was kept; None when there is none.
        is_sealed: a seal covers that entry, so that it is proven by ``audit-logs/{entry_id}/proof``.
    """

    is_sound: bool
    problem: str = ""
    entry_id: int | None = None
    is_sealed: bool = False


def evidence_check(row: IncidentEvidence) -> EvidenceCheck:
    """Hash the content anew and compare with what the trail wrote down; three queries.

    The entry itself is proven by the seals: see ``selectors.verification``.
    """
    entry = AuditLog.objects.of_row(TABLE, row.pk).filter(op="I").order_by("pk").first()
    if entry is None:
        return EvidenceCheck(False, "not_in_trail")
    is_sealed = entry.pk <= sealed_up_to()
    if row.kind != EvidenceKind.FILE and digest(bytes(row.content)) != row.digest:
        return EvidenceCheck(False, "content_changed", entry.pk, is_sealed)
    if (entry.new or {}).get("digest") != row.digest:
        return EvidenceCheck(False, "digest_changed", entry.pk, is_sealed)
    return EvidenceCheck(True, "", entry.pk, is_sealed)
