"""What security keeps."""

from security.models.access import AccessPolicy, DutyConflict, Permission
from security.models.emergencies import EmergencyAccess
from security.models.requests import AccessRequest
from security.models.reviews import AccessReview, AccessReviewItem

__all__ = [
    "AccessPolicy",
    "AccessRequest",
    "AccessReview",
    "AccessReviewItem",
    "DutyConflict",
    "EmergencyAccess",
    "Permission",
]
