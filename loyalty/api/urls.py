"""Routes of loyalty."""

from hotel.core.api.routers import ComponentRouter
from loyalty.api import views

router = ComponentRouter("loyalty")
router.register("programs", views.LoyaltyProgramViewSet)
router.register("properties", views.ProgramPropertyViewSet)
router.register("tiers", views.LoyaltyTierViewSet)
router.register("rules", views.EarningRuleViewSet)
router.register("members", views.LoyaltyMemberViewSet)
router.register("points", views.PointTransactionViewSet)
router.register("adjustments", views.PointAdjustmentViewSet)

urlpatterns = router.urls
