"""Routes of the hotel day."""

from hotel.core.api.routers import ComponentRouter
from hotel.stays.api.views.days import DailyStatisticViewSet, NightAuditViewSet
from hotel.stays.api.views.desk import FixedChargeViewSet, StayViewSet, WalkInViewSet

router = ComponentRouter()
router.register("reservations/fixed-charges", FixedChargeViewSet)
router.register("reservations", StayViewSet, "stays")
router.register("walk-ins", WalkInViewSet)
router.register("night-audits", NightAuditViewSet)
router.register("properties/statistics", DailyStatisticViewSet)

urlpatterns = router.urls
