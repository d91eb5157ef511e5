"""Routes of loyalty."""

from hotel.core.api.routers import ComponentRouter
from loyalty.api import (
    campaigns,
    challenges,
    claims,
    imports,
    liability,
    matches,
    partners,
    pools,
    referrals,
    reward_views,
    views,
    vouchers,
)

router = ComponentRouter("loyalty")
router.register("programs", views.LoyaltyProgramViewSet)
router.register("properties", views.ProgramPropertyViewSet)
router.register("tiers", views.LoyaltyTierViewSet)
router.register("rules", views.EarningRuleViewSet)
router.register("members", views.LoyaltyMemberViewSet)
router.register("points", views.PointTransactionViewSet)
router.register("adjustments", views.PointAdjustmentViewSet)
router.register("rewards", reward_views.RewardViewSet)
router.register("redemptions", reward_views.RewardRedemptionViewSet)
router.register("vouchers", vouchers.RewardVoucherViewSet)
router.register("referral-rules", referrals.ReferralRuleViewSet)
router.register("referrals", referrals.ReferralViewSet)
router.register("pools", pools.PointPoolViewSet)
router.register("partners", partners.LoyaltyPartnerViewSet)
router.register("partner-accruals", partners.PartnerAccrualViewSet)
router.register("partner-statements", partners.PartnerStatementViewSet)
router.register("claims", claims.StayClaimViewSet)
router.register("match-rules", matches.StatusMatchRuleViewSet)
router.register("matches", matches.StatusMatchViewSet)
router.register("challenges", challenges.ChallengeViewSet)
router.register("challenge-entries", challenges.ChallengeEntryViewSet)
router.register("campaigns", campaigns.BonusCampaignViewSet)
router.register("imports", imports.MemberImportViewSet)
router.register("liabilities", liability.LiabilitySnapshotViewSet)
router.register("settlements", liability.PropertySettlementViewSet)

urlpatterns = router.urls
