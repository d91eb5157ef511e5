"""What security keeps."""

from security.models.access import AccessPolicy, DutyConflict, Permission
from security.models.compliance import ComplianceEvidence, ComplianceItem, ComplianceReport
from security.models.containments import IncidentContainment
from security.models.detectors import IncidentDetector
from security.models.emergencies import EmergencyAccess
from security.models.incident_parts import IncidentEntry, IncidentEvidence, IncidentStep
from security.models.incidents import SecurityIncident
from security.models.keys import DataEncryption, KeyRotation
from security.models.playbooks import Playbook, PlaybookStep
from security.models.privacy import ErasureCertificate, LegalHold, PrivacyBundle, PrivacyRequest
from security.models.registers import ImpactAssessment, Processor
from security.models.requests import AccessRequest
from security.models.retention import RetentionRule, RetentionRun
from security.models.reviews import AccessReview, AccessReviewItem
from security.models.seals import AuditArchive, AuditSeal, SealMark
from security.models.trail import AccessEvent, AuditLog
from security.models.trail_jobs import TrailJob

__all__ = [
    "AccessEvent",
    "AccessPolicy",
    "AccessRequest",
    "AccessReview",
    "AccessReviewItem",
    "AuditArchive",
    "AuditLog",
    "AuditSeal",
    "ComplianceEvidence",
    "ComplianceItem",
    "ComplianceReport",
    "DataEncryption",
    "DutyConflict",
    "EmergencyAccess",
    "ErasureCertificate",
    "ImpactAssessment",
    "IncidentContainment",
    "IncidentDetector",
    "IncidentEntry",
    "IncidentEvidence",
    "IncidentStep",
    "KeyRotation",
    "LegalHold",
    "Permission",
    "Playbook",
    "PlaybookStep",
    "PrivacyBundle",
    "PrivacyRequest",
    "Processor",
    "RetentionRule",
    "RetentionRun",
    "SealMark",
    "SecurityIncident",
    "TrailJob",
]
