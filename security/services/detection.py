"""Runs the detectors, and opens one incident for each subject, however often it is seen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from hotel.accounts.models import RoleAssignment, StaffProfile
from hotel.core.clock import now
from hotel.core.locks import LockSpace, advisory_lock, lock_rows
from hotel.properties.models import Property
from security.domain.detectors import DETECTORS
from security.incident_choices import EntryKind
from security.models import IncidentDetector, SecurityIncident
from security.selectors.detections import Finding, findings_of
from security.services.evidence import evidence_of_rows
from security.services.incident_log import entry_add
from security.services.incidents import Seen, incident_open


def detectors_seed() -> int:
    """Give each detector its row, as ``domain.detectors`` says; what was changed stays. How many are new."""
    known = set(IncidentDetector.objects.values_list("code", flat=True))
    rows = [
        IncidentDetector(
            code=code, threshold=one.threshold, window_seconds=one.window_seconds, severity=one.severity
        )
        for code, one in DETECTORS.items()
        if code not in known
    ]
    IncidentDetector.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


@transaction.atomic
def detector_change(*, detector: IncidentDetector, changes: Mapping[str, Any]) -> IncidentDetector:
    """Let a detector look more or less sharply, from its next run on. Locks it.

    Raises:
        ValidationError: out of range.
    """
    [row] = lock_rows(IncidentDetector.objects.filter(pk=detector.pk))
    for name, value in changes.items():
        setattr(row, name, value)
    row.full_clean()
    row.save()
    return row


def detectors_run(*, at: datetime | None = None) -> list[SecurityIncident]:
    """Let every active detector look at the time before an instant, now unless told otherwise. Repeatable.

    Returns:
        The incidents that were opened.
    """
    detectors_seed()
    until, opened = at or now(), []
    for rule in IncidentDetector.objects.filter(is_active=True, code__in=DETECTORS).order_by("code"):
        opened += _looked(rule, until)
    return opened


@transaction.atomic
def _looked(rule: IncidentDetector, until: datetime) -> list[SecurityIncident]:
    """One advisory lock, so that two runs at once open one incident."""
    advisory_lock(LockSpace.INCIDENTS, 0)
    found = findings_of(rule.code, threshold=rule.threshold, window_seconds=rule.window_seconds, until=until)
    made = [_signalled(rule, finding, until) for finding in found]
    return [incident for incident in made if incident is not None]


def _signalled(rule: IncidentDetector, finding: Finding, until: datetime) -> SecurityIncident | None:
    """The incident that is new; None when one is open, or ended after the newest sign."""
    known = SecurityIncident.objects.filter(detector=rule.code, subject=finding.subject, is_drill=False)
    last = known.order_by("-pk").first()
    if last is None or (last.closed_at is not None and finding.last_at > last.closed_at):
        return _opened(rule, finding, until)
    if not last.is_ended and finding.last_at > last.last_signal_at:
        _seen_again(last, finding)
    return None


def _opened(rule: IncidentDetector, finding: Finding, until: datetime) -> SecurityIncident:
    about = DETECTORS[rule.code]
    title = about.title.format(count=finding.count, subject=finding.subject)
    minutes = max(rule.window_seconds // 60, 1)
    seen = Seen(
        category=about.category,
        severity=rule.severity,
        title=title[:160],
        summary=f"{title}, within {minutes} minutes before {until:%Y-%m-%d %H:%M:%S} UTC.",
        detector=rule.code,
        subject=finding.subject,
        signals=finding.count,
        detected_at=min(until, now()),
    )
    incident = incident_open(seen=seen, place=_place_of(finding))
    if finding.ids:
        evidence_of_rows(
            incident=incident, table=finding.table, ids=finding.ids, title="What the detector saw"
        )
    return incident


def _seen_again(incident: SecurityIncident, finding: Finding) -> None:
    """The newest sign is kept; the timeline tells of it when there are twice as many."""
    incident.last_signal_at = finding.last_at
    if finding.count >= 2 * incident.signals:
        incident.signals = finding.count
        entry_add(incident, EntryKind.SIGNAL, f"Seen again: {finding.count}.", count=finding.count)
    incident.save(update_fields=["last_signal_at", "signals", "updated_at"])


def _place_of(finding: Finding) -> Property | None:
    """Where it was; of a person his home, or the first property where he holds a role; else the whole installation."""
    place_id = finding.property_id
    if place_id is None and finding.user_id is not None:
        place_id = (
            StaffProfile.objects.filter(user=finding.user_id).values_list("home_property", flat=True).first()
        )
        held = RoleAssignment.objects.filter(user=finding.user_id, property__isnull=False)
        place_id = place_id or held.order_by("property").values_list("property", flat=True).first()
    return Property.objects.filter(pk=place_id).first() if place_id is not None else None
