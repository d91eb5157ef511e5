"""Looks at requests of guests, retention and the registers of data protection."""

from datetime import timedelta

from django.db.models import Q

from hotel.core.clock import now
from hotel.core.personal import personal_data
from hotel.properties.models import Property
from security.domain.compliance import Look
from security.domain.transfers import EEA
from security.models import ImpactAssessment, PrivacyRequest, Processor, RetentionRule, RetentionRun
from security.privacy_choices import AssessmentStatus, DocumentClass, RequestStatus, RunStatus
from security.selectors.checks.looks import told, unknown

CLOSED = (
    RequestStatus.COMPLETED,
    RequestStatus.PARTLY_COMPLETED,
    RequestStatus.REFUSED,
    RequestStatus.WITHDRAWN,
)


def privacy_deadlines() -> Look:
    """No request of a guest is past its day."""
    open_ones = PrivacyRequest.objects.exclude(status__in=CLOSED)
    late = open_ones.filter(due_on__lt=now().date()).count()
    return told(not late, f"{open_ones.count()} are open, none is late.", f"{late} are late.")


def retention_confirmed() -> Look:
    """Rules for profiles and registers of guests are confirmed by counsel."""
    kinds = (DocumentClass.GUEST_PROFILE, DocumentClass.GUEST_REGISTER)
    rules = RetentionRule.objects.filter(document_class__in=kinds)
    if not rules:
        return unknown("There is no rule yet; defaults are written by night.")
    count = rules.filter(is_confirmed=False).count()
    return told(
        not count, "All are confirmed.", f"{count} rules are not confirmed: nothing is erased by them."
    )


def retention_lists() -> Look:
    """Lists of what is due are worked off within a month."""
    since = now() - timedelta(days=31)
    count = RetentionRun.objects.filter(status=RunStatus.PROPOSED, created_at__lt=since).count()
    return told(not count, "None waits for more than a month.", f"{count} lists wait for more than a month.")


def processors_listed() -> Look:
    """Every hotel has a register of its processors."""
    listed = Processor.objects.filter(is_active=True).values("property")
    bare = [str(place) for place in Property.objects.exclude(pk__in=listed).order_by("pk")]
    return told(not bare, "Every hotel names some.", f"None is named at: {', '.join(bare[:5])}.")


def processor_contracts() -> Look:
    """There is an agreement with every processor."""
    count = Processor.objects.filter(is_active=True, contract_on=None).count()
    return told(not count, "With every one.", f"{count} have no day of an agreement.")


def processor_safeguards() -> Look:
    """Data leaves the EEA only with safeguards."""
    abroad = Processor.objects.filter(is_active=True).exclude(country__in=EEA)
    count = abroad.filter(Q(safeguards="")).count()
    return told(
        not count, f"{abroad.count()} are outside, all with safeguards.", f"{count} without safeguards."
    )


def record_purposes() -> Look:
    """Every column that is personal has a purpose and a legal basis."""
    rows = personal_data()
    bare = sorted(row.model for row in rows if not (row.purpose and row.legal_basis))
    return told(not bare, f"All {len(rows)} declarations name both.", f"Missing: {', '.join(bare[:5])}.")


def assessments_reviewed() -> Look:
    """Impact assessments are no drafts."""
    rows = ImpactAssessment.objects.all()
    if not rows:
        return unknown("There is none yet; drafts are written by night.")
    count = rows.filter(status=AssessmentStatus.DRAFT).count()
    return told(not count, "All are reviewed.", f"{count} of {rows.count()} are drafts.")
