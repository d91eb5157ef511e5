"""Evidence of an incident: kept with its hash, which the trail writes down and its seals bind."""

import json
import re
from collections.abc import Iterable

from django.db import connection, transaction

from hotel.accounts.models import User
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from security.domain.evidence import canonical, digest
from security.incident_choices import EntryKind, EvidenceKind
from security.models import IncidentEvidence, SecurityIncident
from security.services.incident_log import entry_add, incident_locked

MOST_ROWS, MOST_BYTES = 500, 200_000
# What a detector may quote. Names are ours, so they may stand in a statement.
SOURCES = {
    "core_securityevent": "SELECT to_jsonb(t)::text FROM core_securityevent AS t WHERE id = ANY (%s) ORDER BY id",
    "security_auditlog": "SELECT to_jsonb(t)::text FROM security_auditlog AS t WHERE id = ANY (%s) ORDER BY id",
    "monitoring_apiusage": "SELECT (to_jsonb(t) - 'histogram')::text FROM monitoring_apiusage AS t"
    " WHERE id = ANY (%s) ORDER BY id",
    "folios_payment": "SELECT to_jsonb(t)::text FROM folios_payment AS t WHERE id = ANY (%s) ORDER BY id",
    "security_trailjob": "SELECT to_jsonb(t)::text FROM security_trailjob AS t WHERE id = ANY (%s) ORDER BY id",
}
_DIGEST = re.compile(r"^[0-9a-f]{64}$")


@transaction.atomic
def evidence_of_rows(
    *, incident: SecurityIncident, table: str, ids: Iterable[int], title: str, by: User | None = None
) -> IncidentEvidence | None:
    """Keep rows as they are now; None when none of them is there any more.

    Args:
        incident: locked, and read again.
        table: one of ``SOURCES``.
        ids: the first ``MOST_ROWS`` of them.
        title: what they show.
        by: None for a detector.

    Raises:
        Conflict: the incident has ended.
        InvalidInput: no such source.
    """
    if table not in SOURCES:
        raise InvalidInput(
            _("Rows of this table are not kept as evidence."), fields={"table": [_("Not a source.")]}
        )
    wanted = sorted(set(ids))[:MOST_ROWS]
    with connection.cursor() as cursor:
        cursor.execute(SOURCES[table], [wanted])
        rows = [json.loads(text) for (text,) in cursor.fetchall()]
    if not rows:
        return None
    content = canonical(rows)
    found = [row["id"] for row in rows]
    return _kept(
        incident,
        IncidentEvidence(
            kind=EvidenceKind.ROWS, title=title, content=content, source_table=table, row_ids=found
        ),
        by,
    )


@transaction.atomic
def evidence_of_words(*, incident: SecurityIncident, title: str, words: str, by: User) -> IncidentEvidence:
    """Keep words, such as a line of a log or what somebody said.

    Raises:
        Conflict: the incident has ended.
        InvalidInput: nothing, or more than ``MOST_BYTES``.
    """
    content = words.strip().encode()
    if not 0 < len(content) <= MOST_BYTES:
        text = _("Between one and %(most_bytes)s bytes.") % {"most_bytes": MOST_BYTES}
        raise InvalidInput(text, fields={"words": [text]})
    return _kept(incident, IncidentEvidence(kind=EvidenceKind.TEXT, title=title, content=content), by)


@transaction.atomic
def evidence_of_file(
    *, incident: SecurityIncident, title: str, sha256: str, size: int, where_kept: str, by: User
) -> IncidentEvidence:
    """Keep the hash of a file that lies elsewhere, such as a disk image.

    Raises:
        Conflict: the incident has ended.
        InvalidInput: no hash, or not said where it lies.
    """
    value = sha256.strip().lower()
    if not _DIGEST.match(value):
        text = _("Give the SHA-256 of the file, 64 hexadecimal digits.")
        raise InvalidInput(text, fields={"sha256": [text]})
    if not where_kept.strip():
        raise InvalidInput(
            _("Say where the file lies."), fields={"where_kept": [_("Say where the file lies.")]}
        )
    row = IncidentEvidence(
        kind=EvidenceKind.FILE, title=title, where_kept=where_kept.strip(), digest=value, size=size
    )
    return _kept(incident, row, by)


def _kept(incident: SecurityIncident, row: IncidentEvidence, by: User | None) -> IncidentEvidence:
    row.incident = incident_locked(incident, "write")
    row.collected_by = by
    if row.kind != EvidenceKind.FILE:
        row.digest, row.size = digest(bytes(row.content)), len(row.content)
    row.save()
    entry_add(row.incident, EntryKind.EVIDENCE, str(row), by=by, evidence=row.pk, digest=row.digest)
    return row
