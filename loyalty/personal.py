"""What loyalty knows of persons."""

from hotel.core.plugs import PersonalData

_GUEST = ("member__guest_id",)

PERSONAL = (
    PersonalData(
        model="loyalty.LoyaltyMember",
        fields=("number", "status", "enrolled_on", "tier", "tier_since", "tier_until"),
        tier="T1", purpose="to give members what they have earned", legal_basis="contract", retention="guest_profile",
        recipients=("the hotel's staff", "hotels of the same programme"), subjects=("guest_id",),
        kept="the ledger of points is the hotel's books; of an erased guest it names nobody",
    ),
    PersonalData(
        model="loyalty.PointAdjustment", fields=("reason",), tier="T1", purpose="to say why points were given",
        legal_basis="contract", retention="guest_profile", subjects=_GUEST, source="the hotel's staff",
    ),
    PersonalData(
        model="loyalty.RewardRedemption", fields=("reason",), tier="T1",
        purpose="to say why a redemption was given up", legal_basis="contract", retention="guest_profile",
        subjects=_GUEST, source="the hotel's staff",
    ),
    PersonalData(
        model="loyalty.StayClaim", fields=("evidence", "stated_number", "because"), tier="T1",
        purpose="to say which stay was missing", legal_basis="contract", retention="guest_profile", subjects=_GUEST,
    ),
    PersonalData(
        model="loyalty.StatusMatch", fields=("foreign_number", "evidence", "because"), tier="T1",
        purpose="to say which tier a member had elsewhere", legal_basis="contract", retention="guest_profile",
        subjects=_GUEST,
    ),
    PersonalData(
        model="loyalty.PoolMember", fields=("consent",), tier="T1", purpose="to say how a member agreed to a pool",
        legal_basis="consent", retention="guest_profile", subjects=_GUEST, source="the hotel's staff",
    ),
    PersonalData(
        model="loyalty.PointPool", fields=("name",), tier="T1", purpose="to tell pools apart", legal_basis="consent",
        retention="guest_profile", subjects=("head__guest_id",), source="the hotel's staff",
    ),
    PersonalData(
        model="loyalty.MemberImportRow", fields=("told", "reason"), tier="T2",
        purpose="to take members over from another system", legal_basis="contract", retention="guest_profile",
        subjects=_GUEST, source="the system that kept the members before",
        kept="what was told is emptied when the import is over, or removed after a week when it was not begun",
    ),
)  # fmt: skip

IMPERSONAL = {
    "loyalty.MemberMerge.snapshot": "days, a status and ids",
    "loyalty.LoyaltyTier.benefits": "what a tier gives to everybody who has it",
    "loyalty.Reward.demand_steps": "shares and factors",
    "loyalty.Reward.stock_steps": "shares and factors",
    "loyalty.Reward.seasons": "days of a year and factors",
    "loyalty.Reward.tier_factors": "codes of tiers and factors",
    "loyalty.RewardRedemption.because": "reasons of a price",
    "loyalty.RewardVoucher.code": "drawn by chance; whoever has it uses it",
    "loyalty.RewardVoucher.fingerprint": "of a code, not of a person",
    "loyalty.MemberImport.fingerprint": "of a file, not of a person",
    "loyalty.EarningRule.only": "codes of hotels, plans and channels",
    "loyalty.EarningRule.never": "codes of hotels, plans and channels",
}
