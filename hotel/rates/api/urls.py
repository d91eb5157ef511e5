"""Routes of rates."""

from hotel.core.api.routers import ComponentRouter
from hotel.rates.api.views.plans import PromoCodeViewSet, RatePlanViewSet
from hotel.rates.api.views.policies import (
    CancellationPolicyViewSet,
    DepositPolicyViewSet,
    NoShowPolicyViewSet,
)
from hotel.rates.api.views.prices import RatePriceViewSet, RestrictionViewSet, SeasonViewSet
from hotel.rates.api.views.taxes import PackageViewSet, TaxExemptionViewSet, TaxRuleViewSet

router = ComponentRouter()
router.register("rate-plans", RatePlanViewSet)
router.register("rates/promo-codes", PromoCodeViewSet)
router.register("rates", RatePriceViewSet)
router.register("seasons", SeasonViewSet)
router.register("policies/cancellation", CancellationPolicyViewSet)
router.register("policies/deposit", DepositPolicyViewSet)
router.register("policies/no-show", NoShowPolicyViewSet)
router.register("taxes/exemptions", TaxExemptionViewSet)
router.register("taxes", TaxRuleViewSet)
router.register("packages", PackageViewSet)
router.register("restrictions", RestrictionViewSet)

urlpatterns = router.urls
