"""Routes of the hotel day."""

from hotel.core.api.routers import ComponentRouter
from hotel.stays.api.views import DailyStatisticViewSet, NightAuditViewSet

router = ComponentRouter()
router.register("night-audits", NightAuditViewSet)
router.register("properties/statistics", DailyStatisticViewSet)

urlpatterns = router.urls
