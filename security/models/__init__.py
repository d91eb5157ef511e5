"""What security keeps."""

from security.models.access import AccessPolicy, DutyConflict, Permission
from security.models.emergencies import EmergencyAccess
from security.models.privacy import ErasureCertificate, LegalHold, PrivacyBundle, PrivacyRequest
from security.models.registers import ImpactAssessment, Processor
from security.models.requests import AccessRequest
from security.models.retention import RetentionRule, RetentionRun
from security.models.reviews import AccessReview, AccessReviewItem

__all__ = [
    "AccessPolicy",
    "AccessRequest",
    "AccessReview",
    "AccessReviewItem",
    "DutyConflict",
    "EmergencyAccess",
    "ErasureCertificate",
    "ImpactAssessment",
    "LegalHold",
    "Permission",
    "PrivacyBundle",
    "PrivacyRequest",
    "Processor",
    "RetentionRule",
    "RetentionRun",
]
