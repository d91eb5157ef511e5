"""Models of loyalty."""

from loyalty.models.campaigns import BonusCampaign, CampaignRegistration
from loyalty.models.challenges import Challenge, ChallengeEntry
from loyalty.models.claims import StayClaim
from loyalty.models.imports import MemberImport, MemberImportRow
from loyalty.models.liability import LiabilitySnapshot, PropertySettlement
from loyalty.models.matches import StatusMatch, StatusMatchRule
from loyalty.models.members import LoyaltyMember, TierChange, TierCredit
from loyalty.models.merges import MemberMerge
from loyalty.models.partners import LoyaltyPartner, PartnerAccrual, PartnerStatement
from loyalty.models.points import (
    PointAdjustment,
    PointLot,
    PointMovement,
    PointTransaction,
    StayAccrual,
)
from loyalty.models.pools import PointPool, PoolMember, PoolPayment
from loyalty.models.programs import EarningRule, LoyaltyProgram, LoyaltyTier, ProgramProperty
from loyalty.models.referrals import Referral, ReferralRule
from loyalty.models.rewards import Reward, RewardRedemption
from loyalty.models.vouchers import RewardVoucher

__all__ = [
    "BonusCampaign",
    "CampaignRegistration",
    "Challenge",
    "ChallengeEntry",
    "EarningRule",
    "LiabilitySnapshot",
    "LoyaltyMember",
    "LoyaltyPartner",
    "LoyaltyProgram",
    "LoyaltyTier",
    "MemberImport",
    "MemberImportRow",
    "MemberMerge",
    "PartnerAccrual",
    "PartnerStatement",
    "PointAdjustment",
    "PointLot",
    "PointMovement",
    "PointPool",
    "PointTransaction",
    "PoolMember",
    "PoolPayment",
    "ProgramProperty",
    "PropertySettlement",
    "Referral",
    "ReferralRule",
    "Reward",
    "RewardRedemption",
    "RewardVoucher",
    "StatusMatch",
    "StatusMatchRule",
    "StayAccrual",
    "StayClaim",
    "TierChange",
    "TierCredit",
]
