"""Tells those who manage security everywhere that a report is done."""

from django.conf import settings
from django.db import transaction

from hotel.messaging.services.staff_notices import staff_notice_queue
from hotel.properties.models import Property
from security.compliance_choices import Outcome
from security.models import ComplianceReport
from security.selectors.compliance import summary_words
from security.selectors.holders import people_everywhere

NAMED = 10


@transaction.atomic
def report_tell(*, report: ComplianceReport) -> int:
    """Write to everybody who manages security at every hotel; a superuser counts. Repeatable: each is told once.

    Returns:
        How many were told. The report itself is not sent: it tells where the house is weak.
    """
    place = Property.objects.order_by("pk").first()
    if place is None:
        return 0
    people = people_everywhere("manage", "security")
    worse = [f"{row.requirement}: {row.says}" for row in report.items.filter(outcome=Outcome.FAILED)[:NAMED]]
    failed = "\n".join(["Failed, among others:", *worse]) if worse else "Nothing failed."
    text = (
        f"{summary_words(report)}\n\n{failed}\n\n"
        f"The report as PDF and workbook: {settings.PUBLIC_URL}/dashboard/security/compliance/{report.pk}"
    )
    subject = f"Report on {report.get_framework_display()} of {report.asked_at:%d %B %Y}"
    key = f"compliance_report:{report.pk}"
    return len(staff_notice_queue(place=place, people=people, subject=subject, text=text, dedupe_key=key))
