"""Who is told of incidents: those who may respond where it happened, by mail."""

from django.db import transaction

from hotel.accounts.models import User
from hotel.messaging.services.staff_notices import staff_notice_queue
from hotel.properties.models import Property
from security.models import SecurityIncident
from security.selectors.holders import holders_everywhere, people_everywhere


@transaction.atomic
def incident_tell(*, incident_id: int) -> int:
    """Tell everybody who may respond. Repeatable: each is told once. Returns how many were told."""
    incident = SecurityIncident.objects.select_related("property").get(pk=incident_id)
    text = (
        f"{incident.title}\n\n{incident.summary}\n\n"
        f"Severity: {incident.get_severity_display()}. Subject: {incident.subject or 'none named'}.\n\n"
        "Look at it under Security, Incidents: triage it, then contain it with the steps of its playbook. "
        "If personal data were touched, say so at once: 72 hours begin for the notice to the authority."
    )
    subject = f"{incident.get_severity_display()} incident: {incident.title}"
    return _tell(incident, subject, text, f"incident:{incident.pk}")


@transaction.atomic
def clock_tell(*, incident: SecurityIncident, hours: int) -> int:
    """Remind them of the 72 hours. Repeatable: of each hour once. Returns how many were told."""
    place = _place(incident)
    due = incident.notice_due_at
    if place is None or due is None:
        return 0
    left = "are over. Tell the authority now, and why it is late" if hours >= 72 else f"end in {72 - hours}"
    text = (
        f"{hours} hours have passed since the house knew that personal data were touched: {incident.title}.\n\n"
        f"The 72 hours for the notice to the authority {left}; they end on "
        f"{due.astimezone(place.zone):%d %B %Y, %H:%M} (GDPR 33).\n\n"
        "Under Security, Incidents: assess the risk, tell the authority, and write down its reference."
    )
    subject = f"{hours} of 72 hours: {incident.title}"
    return _tell(incident, subject, text, f"incident:{incident.pk}:{hours}h")


def _tell(incident: SecurityIncident, subject: str, text: str, key: str) -> int:
    place = _place(incident)
    if place is None:
        return 0
    if incident.is_drill:
        subject, text = f"DRILL – {subject}", f"This is a drill. Act as if it were real.\n\n{text}"
    if incident.property_id is None:
        people = people_everywhere("respond", "security")
    else:
        people = User.objects.filter(pk__in=holders_everywhere("respond", "security", [place.pk]))
    return len(staff_notice_queue(place=place, people=people, subject=subject, text=text, dedupe_key=key))


def _place(incident: SecurityIncident) -> Property | None:
    """Whose letterhead is used: the first property's for what concerns all."""
    return incident.property or Property.objects.order_by("pk").first()
