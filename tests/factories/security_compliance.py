"""The least valid reports of compliance, their rows and evidence."""

from datetime import timedelta

from hotel.core.clock import now
from hotel.properties.models import Property
from security.models import ComplianceEvidence, ComplianceItem, ComplianceReport
from tests.factories.accounts import user_make


def compliance_report_make(place: Property | None = None, **over) -> ComplianceReport:
    """A report that could not be made: it has no rows."""
    values = {"framework": "gdpr", "version": "2016/679", "status": "failed", "finished_at": now()}
    return ComplianceReport.objects.create(**{**values, **over})


def compliance_item_make(place: Property | None = None, **over) -> ComplianceItem:
    """One row of a report."""
    report = over.pop("report", None) or compliance_report_make(place)
    values = {
        "position": report.items.count() + 1,
        "requirement": f"5({report.items.count()})",
        "says": "Be fair.",
    }
    values |= {"outcome": "needs_evidence", "grounds": [], "looked_at": now()}
    return ComplianceItem.objects.create(report=report, **{**values, **over})


def compliance_evidence_make(place: Property, **over) -> ComplianceEvidence:
    """Evidence that counts for a year from today."""
    today = now().date()
    values = {"framework": "gdpr", "requirement": "13", "title": "Notice to guests", "kept_at": "Folder 7"}
    values |= {"valid_from": today, "valid_until": today + timedelta(days=365)}
    if "given_by" not in over:
        values["given_by"] = user_make(place, username=f"giver{ComplianceEvidence.objects.count()}")
    return ComplianceEvidence.objects.create(**{**values, **over})
