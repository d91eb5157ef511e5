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
)  # fmt: skip

IMPERSONAL = {
    "loyalty.LoyaltyTier.benefits": "what a tier gives to everybody who has it",
    "loyalty.EarningRule.only": "codes of hotels, plans and channels",
    "loyalty.EarningRule.never": "codes of hotels, plans and channels",
}
