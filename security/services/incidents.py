"""Incidents are opened, written about and brought through their states."""

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.security import IncidentMoved, IncidentOpened
from hotel.core.clock import now
from hotel.core.exceptions import InvalidInput
from hotel.core.facts import publish
from hotel.core.words import _, gettext_noop
from hotel.properties.models import Property
from security.domain.incident_commands import WAYS
from security.incident_choices import ENDED, EntryKind, IncidentSeverity, IncidentStatus
from security.models import SecurityIncident
from security.services.incident_log import entry_add, incident_locked
from security.services.playbooks import steps_lay

# command -> what its words are asked for; the others may do without
_ASKED = {
    "dismiss": gettext_noop("Say why it is a false alarm."),
    "eradicate": gettext_noop("Say what the cause was and how it was removed."),
    "review": gettext_noop("Say what was learned, and what will be done otherwise."),
}


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What was seen.

    Attributes:
        category: see ``IncidentCategory``; chooses the playbook.
        severity: see ``IncidentSeverity``.
        title: one line.
        summary: what is known.
        detector: which one found it; empty when somebody saw it.
        subject: who or what it is about, such as ``user:7``.
        signals: how much a detector counted.
        detected_at: when it was seen, not in the future; None for now.
    """

    category: str
    severity: str
    title: str
    summary: str = ""
    detector: str = ""
    subject: str = ""
    signals: int = 1
    detected_at: datetime | None = None


@transaction.atomic
def incident_open(
    *, seen: Seen, place: Property | None = None, is_drill: bool = False, by: User | None = None
) -> SecurityIncident:
    """Write down that something happened, with the steps of its playbook; those who respond are told after the commit.

    Args:
        seen: what.
        place: where; None for the whole installation.
        is_drill: an exercise, marked as such everywhere, of which nobody outside is told.
        by: who saw it; None for a detector.

    Publishes: IncidentOpened.

    Raises:
        InvalidInput: seen in the future.
    """
    moment = now()
    values = {**asdict(seen), "detected_at": seen.detected_at or moment}
    if values["detected_at"] > moment:
        raise InvalidInput(
            _("It cannot have been seen yet."), fields={"detected_at": [_("This is in the future.")]}
        )
    incident = SecurityIncident.objects.create(
        property=place, **values, last_signal_at=values["detected_at"], is_drill=is_drill, opened_by=by
    )
    about = {"detector": seen.detector, "signals": seen.signals, "is_drill": is_drill}
    entry_add(incident, EntryKind.OPENED, seen.summary or seen.title, by=by, **about)
    steps_lay(incident=incident)
    publish(
        IncidentOpened(
            property_id=place.pk if place else None,
            incident_id=incident.pk,
            category=incident.category,
            severity=incident.severity,
            is_drill=is_drill,
        )
    )
    return incident


@transaction.atomic
def incident_move(*, incident: SecurityIncident, command: str, words: str = "", by: User) -> SecurityIncident:
    """Bring an incident into its next state.

    Args:
        incident: read again under its lock.
        command: one of ``domain.incident_commands.WAYS``.
        words: what was found or done; of a review what was learned. Some commands ask for them.
        by: who does it.

    Publishes: IncidentMoved.

    Raises:
        InvalidInput: words are missing.
        Conflict: the state forbids it, steps are open, or a notice is missing; see ``actions[]``.

    Locks: the incident.
    """
    row = incident_locked(incident, command)
    text = words.strip()
    if command in _ASKED and not text:
        raise InvalidInput(_(_ASKED[command]), fields={"words": [_(_ASKED[command])]})
    row.status = IncidentStatus(WAYS[command])
    if row.status in ENDED:
        row.closed_at = now()
    if command == "review":
        row.lessons = text
    row.save(update_fields=["status", "closed_at", "lessons", "updated_at"])
    entry_add(row, EntryKind.STATUS, text or row.get_status_display(), by=by, status=row.status)
    publish(IncidentMoved(property_id=row.property_id, incident_id=row.pk, status=row.status))
    return row


@transaction.atomic
def incident_write(*, incident: SecurityIncident, words: str, by: User) -> SecurityIncident:
    """Add a note to the timeline. Locks the incident.

    Raises:
        InvalidInput: nothing was written.
        Conflict: the incident has ended.
    """
    row = incident_locked(incident, "write")
    if not words.strip():
        raise InvalidInput(_("Write something."), fields={"words": [_("Write something.")]})
    entry_add(row, EntryKind.NOTE, words.strip(), by=by)
    return row


@transaction.atomic
def incident_grade(
    *, incident: SecurityIncident, severity: str, words: str = "", by: User
) -> SecurityIncident:
    """Say that it is worse, or less bad, than thought. Locks the incident; repeatable.

    Raises:
        InvalidInput: no such severity.
        Conflict: the incident has ended.
    """
    row = incident_locked(incident, "grade")
    if severity not in IncidentSeverity.values:
        raise InvalidInput(_("There is no such severity."), fields={"severity": [_("Not a severity.")]})
    if row.severity != severity:
        before, row.severity = row.get_severity_display(), IncidentSeverity(severity)
        row.save(update_fields=["severity", "updated_at"])
        text = f"{before} → {row.get_severity_display()}. {words.strip()}".strip()
        entry_add(row, EntryKind.ASSESSED, text, by=by, severity=severity)
    return row
