"""Routes of security."""

from hotel.core.api.routers import ComponentRouter
from security.api import trail_views as trail
from security.api.access_views import AccessPolicyViewSet, DutyConflictViewSet, PermissionViewSet
from security.api.breach_views import BreachViewSet
from security.api.compliance_views import (
    ComplianceEvidenceViewSet,
    ComplianceItemViewSet,
    ComplianceReportViewSet,
)
from security.api.containment_views import (
    IncidentContainmentViewSet,
    IncidentStepViewSet,
    PlaybookViewSet,
)
from security.api.incident_views import (
    IncidentDetectorViewSet,
    IncidentEntryViewSet,
    IncidentEvidenceViewSet,
    SecurityIncidentViewSet,
)
from security.api.key_views import DataEncryptionViewSet, KeyRotationViewSet
from security.api.privacy_views import (
    ImpactAssessmentViewSet,
    LegalHoldViewSet,
    PrivacyBundleViewSet,
    PrivacyRequestViewSet,
    ProcessorViewSet,
    RetentionRuleViewSet,
    RetentionRunViewSet,
)
from security.api.request_views import (
    AccessRequestViewSet,
    AccessReviewItemViewSet,
    AccessReviewViewSet,
    EmergencyAccessViewSet,
)

router = ComponentRouter("security")
router.register("access-control/duty-conflicts", DutyConflictViewSet)
router.register("access-control/policies", AccessPolicyViewSet)
router.register("access-control/requests", AccessRequestViewSet)
router.register("access-control/reviews", AccessReviewViewSet)
router.register("access-control/review-items", AccessReviewItemViewSet)
router.register("access-control/emergencies", EmergencyAccessViewSet)
router.register("access-control", PermissionViewSet)
router.register("data-encryption/rotations", KeyRotationViewSet)
router.register("data-encryption", DataEncryptionViewSet)
router.register("compliance/privacy-requests", PrivacyRequestViewSet)
router.register("compliance/privacy-bundles", PrivacyBundleViewSet)
router.register("compliance/legal-holds", LegalHoldViewSet)
router.register("compliance/retention-rules", RetentionRuleViewSet)
router.register("compliance/retention-runs", RetentionRunViewSet)
router.register("compliance/processors", ProcessorViewSet)
router.register("compliance/impact-assessments", ImpactAssessmentViewSet)
router.register("compliance/items", ComplianceItemViewSet)
router.register("compliance/evidence", ComplianceEvidenceViewSet)
router.register("compliance", ComplianceReportViewSet)
router.register("audit-logs/access-events", trail.AccessEventViewSet)
router.register("audit-logs/seals", trail.AuditSealViewSet)
router.register("audit-logs/verify", trail.TrailCheckViewSet, basename="security-audit-logs-verify")
router.register("audit-logs/exports", trail.TrailExportViewSet, basename="security-audit-logs-exports")
router.register("audit-logs", trail.AuditLogViewSet)
router.register("incident-response/detectors", IncidentDetectorViewSet)
router.register("incident-response/timeline", IncidentEntryViewSet)
router.register("incident-response/steps", IncidentStepViewSet)
router.register("incident-response/evidence", IncidentEvidenceViewSet)
router.register("incident-response/breaches", BreachViewSet, basename="security-incident-response-breaches")
router.register("incident-response/containments", IncidentContainmentViewSet)
router.register("incident-response/playbooks", PlaybookViewSet)
router.register("incident-response", SecurityIncidentViewSet)

urlpatterns = router.urls
