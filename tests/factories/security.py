"""The least valid objects of the app security."""

from datetime import timedelta

from django.db import connection

from hotel.core.clock import now
from hotel.properties.models import Property
from security.domain.evidence import digest
from security.models import (
    AccessEvent,
    AccessPolicy,
    AccessRequest,
    AccessReview,
    AccessReviewItem,
    AuditArchive,
    AuditLog,
    AuditSeal,
    DutyConflict,
    EmergencyAccess,
    IncidentContainment,
    IncidentDetector,
    IncidentEntry,
    IncidentEvidence,
    IncidentStep,
    Permission,
    Playbook,
    PlaybookStep,
    SealMark,
    SecurityIncident,
    TrailJob,
)
from tests.factories.accounts import role_make, user_make
from tests.structure import by_owner


def permission_make(place: Property, **over) -> Permission:
    """A right of the property's chain."""
    values = {"area": "rooms", "verb": "view", **over}
    return Permission.objects.create(chain=place.chain, **values)


def duty_conflict_make(place: Property, **over) -> DutyConflict:
    """Two rights of the property's chain that go apart."""
    first = over.pop("first", None) or permission_make(place, area="made", verb="first")
    second = over.pop("second", None) or permission_make(place, area="made", verb="second")
    values = {"reason": "Who does the one could hide the other.", **over}
    return DutyConflict.objects.create(chain=place.chain, first=first, second=second, **values)


def access_policy_make(place: Property, **over) -> AccessPolicy:
    """The policy of the property's chain."""
    return AccessPolicy.objects.create(chain=place.chain, **over)


def access_request_make(place: Property, **over) -> AccessRequest:
    """A request for a role at the property."""
    values = {
        "user": over.pop("user", None) or user_make(place, username=f"asked_for_{place.code}"),
        "role": over.pop("role", None) or role_make(place.chain, code=f"asked_{place.pk}"),
        "requested_by": over.pop("requested_by", None) or user_make(place, username=f"asker_{place.code}"),
        "rights": [],
        "reason": "Stands in for Ada.",
        "lapses_at": now() + timedelta(days=7),
    }
    return AccessRequest.objects.create(**{"property": place, **values, **over})


def access_review_make(place: Property, **over) -> AccessReview:
    """An open review of the property."""
    return AccessReview.objects.create(
        property=place, **{"name": "Review", "due_on": place.business_date, **over}
    )


def access_review_item_make(place: Property, **over) -> AccessReviewItem:
    """A line about a role."""
    values = {
        "review": over.pop("review", None) or access_review_make(place),
        "user": over.pop("user", None) or user_make(place, username=f"looked_at_{place.code}"),
        "subject": "role",
        "title": "Helper",
        "rights": ["view_rooms_area"],
    }
    return AccessReviewItem.objects.create(property=place, **{**values, **over})


def emergency_access_make(place: Property, **over) -> EmergencyAccess:
    """An emergency access that runs for an hour; nothing is lent by it."""
    values = {
        "user": over.pop("user", None) or user_make(place, username=f"breaker_{place.code}"),
        "role": over.pop("role", None) or role_make(place.chain, code=f"emergency_{place.pk}"),
        "reason": "The only manager is on a plane.",
        "ends_at": now() + timedelta(hours=1),
    }
    return EmergencyAccess.objects.create(property=place, **{**values, **over})


def _written(call: str, params: list) -> int:
    with connection.cursor() as cursor:
        cursor.execute(call, params)
        cursor.execute("SELECT currval('security_auditlog_id_seq')")
        return cursor.fetchone()[0]


def audit_log_make(place, **over) -> AuditLog:
    """A change of a room at a property, as its trigger would write it."""
    values = {"op": "U", "row_pk": "1", "old": '{"name": "A"}', "new": '{"name": "B"}', **over}
    call = "SELECT security_trail_write('rooms_room', ARRAY[(%s, %s, %s::bigint, %s::jsonb, %s::jsonb)::security_change])"
    params = [values["op"], values["row_pk"], place.pk, values["old"], values["new"]]
    with by_owner():
        return AuditLog.objects.get(pk=_written(call, params))


def access_event_make(place, **over) -> AccessEvent:
    """Somebody at a property looked at a guest."""
    values = {"subjects": [1], "kind": "view", **over}
    call = "SELECT security_trail_read('guests_guest', %s::bigint[], %s::bigint, %s)"
    return AccessEvent.objects.get(pk=_written(call, [values["subjects"], place.pk, values["kind"]]))


def audit_seal_make(place=None, **over) -> AuditSeal:
    """The next seal, over one number."""
    last = AuditSeal.objects.order_by("-number").first()
    number, entry = (last.number + 1, last.last_id + 1) if last else (1, 1)
    values = {
        "rows": 0,
        "root": b"r" * 32,
        "log_root": b"l" * 32,
        "key_id": "s1",
        "signature": b"s" * 64,
        **over,
    }
    return AuditSeal.objects.create(number=number, first_id=entry, last_id=entry, sealed_at=now(), **values)


def seal_mark_make(place=None, **over) -> SealMark:
    """The one mark."""
    return SealMark.objects.get_or_create(pk=1, defaults=over)[0]


def audit_archive_make(place=None, **over) -> AuditArchive:
    """A month that was archived."""
    values = {
        "partition": "security_auditlog_2020_01", "first_id": 1, "last_id": 1, "rows": 1, "file": "a.jsonl",
        "file_hash": "0" * 64, "seal_number": 1, "archived_at": now(), **over,
    }  # fmt: skip
    return AuditArchive.objects.create(**values)


def trail_job_make(place=None, **over) -> TrailJob:
    """A check that was done."""
    return TrailJob.objects.create(**{"kind": TrailJob.VERIFY, "status": "done", **over})


def security_incident_make(place: Property, **over) -> SecurityIncident:
    """An incident at the property that nobody has looked at."""
    values = {"category": "account", "severity": "high", "title": "Somebody else acts as Bo.", **over}
    return SecurityIncident.objects.create(**{"property": place, **values})


def incident_entry_make(place: Property, **over) -> IncidentEntry:
    """A note on an incident."""
    values = {"kind": "note", "text": "Called him.", **over}
    return IncidentEntry.objects.create(**{"incident": _incident(place, values), **values})


def incident_step_make(place: Property, **over) -> IncidentStep:
    """A step that waits."""
    values = {"code": "ask_person", "title": "Ask the person", **over}
    return IncidentStep.objects.create(**{"incident": _incident(place, values), **values})


def incident_evidence_make(place: Property, **over) -> IncidentEvidence:
    """Words."""
    values = {
        "kind": "text",
        "title": "A call",
        "content": b"words",
        "digest": digest(b"words"),
        "size": 5,
        **over,
    }
    return IncidentEvidence.objects.create(**{"incident": _incident(place, values), **values})


def _incident(place: Property, values: dict) -> SecurityIncident:
    return values.pop("incident", None) or security_incident_make(place)


def incident_detector_make(place=None, **over) -> IncidentDetector:
    """A detector's row."""
    values = {"code": "password_spray", "threshold": 8, "window_seconds": 600, "severity": "high", **over}
    return IncidentDetector.objects.create(**values)


def incident_containment_make(place: Property, **over) -> IncidentContainment:
    """Sessions that were ended."""
    values = {
        "action": "end_sessions", "target": "user:7", "reason": "Not he.", "result": "Sessions that ended: 1.",
        "effect": {"changed": True, "sessions": 1}, **over,
    }  # fmt: skip
    return IncidentContainment.objects.create(**{"incident": _incident(place, values), **values})


def playbook_make(place: Property, **over) -> Playbook:
    """A playbook of the property's chain, without steps."""
    values = {
        "chain": place.chain,
        "category": "other",
        "detector": f"d{Playbook.objects.count()}",
        "title": "Do",
        **over,
    }
    return Playbook.objects.create(**values)


def playbook_step_make(place: Property, **over) -> PlaybookStep:
    """A step that a person does."""
    values = {
        "position": 10,
        "code": "think",
        "title": "Think first",
        "who": "You",
        "why": "Why not.",
        **over,
    }
    return PlaybookStep.objects.create(
        **{"playbook": values.pop("playbook", None) or playbook_make(place), **values}
    )
