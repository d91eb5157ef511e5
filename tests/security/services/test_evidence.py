"""Evidence is kept with its hash."""

import json

import pytest

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.models import SecurityEvent
from security.domain.evidence import digest
from security.models import IncidentEvidence
from security.services.evidence import SOURCES, evidence_of_file, evidence_of_rows, evidence_of_words
from tests.factories.security import audit_log_make, security_incident_make


def test_rows_are_kept_as_they_are_now(house):
    events = [SecurityEvent.objects.create(kind="sign_in_failed", detail={"user": n}) for n in range(3)]
    incident = security_incident_make(house.alpha)
    ids = [event.pk for event in events]
    row = evidence_of_rows(incident=incident, table="core_securityevent", ids=[*ids, 10**9], title="Failures")
    kept = json.loads(bytes(row.content))
    assert ([one["id"] for one in kept], kept[1]["detail"]) == (ids, {"user": 1})
    assert (row.row_ids, row.digest, row.size) == (ids, digest(bytes(row.content)), len(row.content))
    assert incident.entries.get().detail == {"evidence": row.pk, "digest": row.digest}


def test_every_source_is_a_table_whose_rows_can_be_read(house):
    incident = security_incident_make(house.alpha)
    assert evidence_of_rows(
        incident=incident, table="security_auditlog", ids=[audit_log_make(house.alpha).pk], title="x"
    )
    for table in SOURCES:
        assert evidence_of_rows(incident=incident, table=table, ids=[0], title="None is there") is None
    with pytest.raises(InvalidInput):
        evidence_of_rows(incident=incident, table="accounts_user", ids=[1], title="x")
    assert IncidentEvidence.objects.count() == 1


def test_words_and_files_are_kept_by_their_hash(house):
    incident = security_incident_make(house.alpha)
    words = evidence_of_words(incident=incident, title="A call", words=" He was abroad. ", by=house.ada)
    assert (bytes(words.content), words.digest) == (b"He was abroad.", digest(b"He was abroad."))
    file = evidence_of_file(
        incident=incident, title="Disk", sha256="AB" * 32, size=5, where_kept="Safe 2", by=house.ada
    )
    assert (file.digest, bytes(file.content), file.size, file.collected_by) == ("ab" * 32, b"", 5, house.ada)


@pytest.mark.parametrize("over", [{"sha256": "xyz"}, {"where_kept": " "}])
def test_a_file_needs_a_hash_and_a_place(house, over):
    values = {"sha256": "ab" * 32, "where_kept": "Safe 2", **over}
    with pytest.raises(InvalidInput):
        evidence_of_file(
            incident=security_incident_make(house.alpha), title="Disk", size=5, by=house.ada, **values
        )
    assert not IncidentEvidence.objects.exists()


@pytest.mark.parametrize("words", [" ", "x" * 200_001])
def test_words_are_some_and_not_too_many(house, words):
    with pytest.raises(InvalidInput):
        evidence_of_words(incident=security_incident_make(house.alpha), title="x", words=words, by=house.ada)
    assert not IncidentEvidence.objects.exists()


def test_nothing_is_added_to_what_has_ended(house):
    incident = security_incident_make(house.alpha, status="closed", closed_at=now())
    with pytest.raises(Conflict):
        evidence_of_words(incident=incident, title="x", words="More.", by=house.ada)
    assert not IncidentEvidence.objects.exists()
