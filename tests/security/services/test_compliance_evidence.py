"""Evidence is given for a requirement that asks for something, and withdrawn once."""

from datetime import date, timedelta

import pytest

from hotel.core.exceptions import Conflict, InvalidInput
from security.models import ComplianceEvidence
from security.services.compliance_evidence import evidence_give, evidence_withdraw
from tests.factories.security_compliance import compliance_evidence_make

DAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    "over",
    [
        {"requirement": "99"},
        {"framework": "asvs", "requirement": "17.1.1"},
        {"valid_until": DAY - timedelta(days=1)},
        {"valid_until": DAY + timedelta(days=1101)},
    ],
)
def test_what_makes_no_sense_is_refused(cast, over):
    values = {"framework": "gdpr", "requirement": "13", "title": "Notice", "kept_at": "Folder"}
    with pytest.raises(InvalidInput):
        evidence_give(**{**values, "valid_from": DAY, "valid_until": DAY, **over}, by=cast.ada)
    assert not ComplianceEvidence.objects.exists()


def test_it_is_withdrawn_once(cast):
    row = evidence_withdraw(evidence=compliance_evidence_make(cast.alpha), by=cast.ada)
    assert row.withdrawn_by == cast.ada
    with pytest.raises(Conflict):
        evidence_withdraw(evidence=row, by=cast.ada)
