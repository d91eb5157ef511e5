"""What security tells the house."""

from dataclasses import dataclass
from datetime import datetime

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class AccessRequested(Fact):
    """Somebody asks that a person may hold a role, which a second person must agree to.

    ``property_id`` is None when it is asked for at a group of properties.
    """

    aggregate_name = "access_request"
    aggregate_field = "request_id"

    request_id: int
    user_id: int
    role_id: int
    requested_by_id: int


@dataclass(frozen=True, kw_only=True)
class AccessDecided(Fact):
    """A request for rights was approved, refused, withdrawn, or lapsed.

    Attributes:
        status: ``approved``, ``refused``, ``withdrawn`` or ``lapsed``.
        decided_by_id: None when it lapsed.
    """

    aggregate_name = "access_request"
    aggregate_field = "request_id"

    request_id: int
    user_id: int
    role_id: int
    status: str
    decided_by_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class EmergencyAccessOpened(Fact):
    """A person took the emergency role at a property until an instant."""

    aggregate_name = "emergency_access"
    aggregate_field = "emergency_id"

    emergency_id: int
    user_id: int
    role_id: int
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class EmergencyAccessReviewed(Fact):
    """Another person looked at an emergency access: ``justified`` or ``unjustified``."""

    aggregate_name = "emergency_access"
    aggregate_field = "emergency_id"

    emergency_id: int
    user_id: int
    verdict: str
    reviewed_by_id: int


@dataclass(frozen=True, kw_only=True)
class AccessReviewClosed(Fact):
    """Everybody's rights at a property were looked at."""

    aggregate_name = "access_review"
    aggregate_field = "review_id"

    review_id: int
    kept: int
    revoked: int
    undecided: int


@dataclass(frozen=True, kw_only=True)
class TrailJobAsked(Fact):
    """Somebody asked for a check or an export of the trail; of the whole house, so without a property.

    Attributes:
        job_id: the job.
        kind: ``verify`` or ``export``.
    """

    aggregate_name = "trail_job"
    aggregate_field = "job_id"

    job_id: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class IncidentOpened(Fact):
    """Something endangers the house; ``property_id`` is None when it concerns the whole installation."""

    aggregate_name = "security_incident"
    aggregate_field = "incident_id"

    incident_id: int
    category: str
    severity: str
    is_drill: bool


@dataclass(frozen=True, kw_only=True)
class IncidentMoved(Fact):
    """An incident came into another state, such as ``declared`` or ``closed``."""

    aggregate_name = "security_incident"
    aggregate_field = "incident_id"

    incident_id: int
    status: str


@dataclass(frozen=True, kw_only=True)
class ComplianceReportAsked(Fact):
    """Somebody, or the schedule, asked for a report of compliance; of the whole house, so without a property.

    Attributes:
        report_id: the report.
        framework: ``asvs``, ``pci`` or ``gdpr``.
    """

    aggregate_name = "compliance_report"
    aggregate_field = "report_id"

    report_id: int
    framework: str
