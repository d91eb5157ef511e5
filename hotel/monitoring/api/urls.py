"""Routes of monitoring."""

from hotel.core.api.routers import ComponentRouter
from hotel.monitoring.api.drill_views import RestoreDrillViewSet
from hotel.monitoring.api.health_views import ApiHealthViewSet
from hotel.monitoring.api.plan_views import ApiPlanViewSet
from hotel.monitoring.api.rate_limit_views import RateLimitViewSet
from hotel.monitoring.api.usage_views import ApiUsageViewSet
from hotel.monitoring.api.version_views import VersionsViewSet

router = ComponentRouter("monitoring")
router.register("api-plans", ApiPlanViewSet)
router.register("health", ApiHealthViewSet)
router.register("rate-limits", RateLimitViewSet)
router.register("restore-drills", RestoreDrillViewSet)
router.register("usage", ApiUsageViewSet)
router.register("versions", VersionsViewSet, "monitoring-versions")

urlpatterns = router.urls
