"""Evidence verifies, and evidence that was changed is found, whatever was changed with it."""

import pytest

from security.domain.evidence import digest
from security.models import AuditLog, IncidentEvidence
from security.selectors.evidence import evidence_check
from security.selectors.proofs import entry_proof
from security.selectors.verification import trail_verify
from security.services import sealing
from security.services.evidence import evidence_of_words
from tests.factories.security import security_incident_make
from tests.security.trail import execute, trail_made, unguarded


@pytest.fixture
def kept(house, monkeypatch):
    """Evidence whose entry of the trail is sealed."""
    trail_made(0, monkeypatch)
    incident = security_incident_make(house.alpha)
    row = evidence_of_words(incident=incident, title="A call", words="He was abroad.", by=house.ada)
    sealing.range_seal(up_to=AuditLog.objects.order_by("-pk").first().pk)
    return row


def changed(row, content=b"He was here.", **over):
    """As the owner of the tables can."""
    execute("SET CONSTRAINTS ALL IMMEDIATE")
    unguarded()
    execute("ALTER TABLE security_incidentevidence DISABLE TRIGGER USER")
    IncidentEvidence.objects.filter(pk=row.pk).update(content=content, **over)
    execute("ALTER TABLE security_incidentevidence ENABLE TRIGGER USER")
    return IncidentEvidence.objects.get(pk=row.pk)


def test_what_was_not_touched_is_sound_sealed_and_proven(kept):
    found = evidence_check(IncidentEvidence.objects.get(pk=kept.pk))
    assert (found.is_sound, found.problem, found.is_sealed) == (True, "", True)
    assert kept.digest in entry_proof(AuditLog.objects.get(pk=found.entry_id)).line


def test_changed_content_is_found(kept):
    assert evidence_check(changed(kept)).problem == "content_changed"


def test_content_changed_with_its_hash_is_found(kept):
    row = changed(kept, digest=digest(b"He was here."), size=12)
    assert evidence_check(row).problem == "digest_changed"


def test_content_changed_with_its_hash_and_the_trail_is_found_by_the_seals(kept):
    row = changed(kept, digest=digest(b"He was here."), size=12)
    entry = evidence_check(row).entry_id
    execute(
        "UPDATE security_auditlog SET new = jsonb_set(new, '{digest}', to_jsonb(%s::text)) WHERE id = %s",
        [row.digest, entry],
    )
    assert evidence_check(row).is_sound
    kinds = {finding["kind"] for finding in trail_verify(heads=iter(())).findings}
    assert {"entry_hash", "seal_root"} <= kinds


def test_evidence_that_came_by_no_service_is_not_in_the_trail(kept):
    unguarded()
    execute("DELETE FROM security_auditlog WHERE \"table\" = 'security_incidentevidence'")
    assert evidence_check(kept).problem == "not_in_trail"
