"""Routes of security."""

from hotel.core.api.routers import ComponentRouter
from security.api.access_views import AccessPolicyViewSet, DutyConflictViewSet, PermissionViewSet
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

urlpatterns = router.urls
