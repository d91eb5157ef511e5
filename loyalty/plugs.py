"""What loyalty gives to the house."""

from django.utils.translation import gettext_lazy as _

from hotel.core.plugs import (
    AdminGroup,
    ComponentPlug,
    Dataset,
    JourneySource,
    NavItem,
    Panel,
    PrivacyProvider,
    Schedule,
    Widget,
)
from loyalty.personal import IMPERSONAL, PERSONAL

_SERVED = "a redemption is a member's, who is of no hotel; the service takes both"
_OF_A_MEMBER = "a member earns and spends at every hotel of the programme"

PLUG = ComponentPlug(
    area="loyalty",
    verbs=("view", "enrol", "manage", "approve"),
    admin=(
        AdminGroup(
            "Loyalty: programme, tiers, rules and rewards",
            80,
            models=(
                "loyalty.LoyaltyProgram",
                "loyalty.ProgramProperty",
                "loyalty.LoyaltyTier",
                "loyalty.EarningRule",
                "loyalty.BonusCampaign",
                "loyalty.Challenge",
                "loyalty.Reward",
                "loyalty.ReferralRule",
                "loyalty.StatusMatchRule",
                "loyalty.LoyaltyPartner",
            ),
        ),
        AdminGroup("Loyalty: members and points, looked up", 115, desk=("loyalty:members",)),
    ),
    demo="loyalty.services.demo.demo_seed",
    schedules=(
        Schedule(
            "loyalty: end points", "loyalty.tasks.points_expire", every_seconds=3600, expires_seconds=3600
        ),
        Schedule(
            "loyalty: review tiers", "loyalty.tasks.tiers_review", every_seconds=3600, expires_seconds=3600
        ),
        Schedule(
            "loyalty: close challenges",
            "loyalty.tasks.challenges_close",
            every_seconds=3600,
            expires_seconds=3600,
        ),
        Schedule(
            "loyalty: tell the books", "loyalty.tasks.books_tell", cron="20 * * * *", expires_seconds=3600
        ),
        Schedule(
            "loyalty: celebrate", "loyalty.tasks.celebrations_give", every_seconds=3600, expires_seconds=3600
        ),
        Schedule(
            "loyalty: take members over",
            "loyalty.tasks.member_imports_run",
            every_seconds=15,
            expires_seconds=15,
        ),
        Schedule(
            "loyalty: release holds", "loyalty.tasks.holds_release", every_seconds=300, expires_seconds=300
        ),
    ),
    navigation=(NavItem(_("Members"), "loyalty:members", "loyalty", icon="crown", order=72),),
    widgets=(
        Widget(
            "members arriving",
            "loyalty/widgets/arrivals.html",
            "loyalty.selectors.arrivals.members_arriving",
            "loyalty",
        ),
    ),
    datasets=(
        Dataset(
            "loyalty.points",
            "Points by day",
            ("Business date", "What", "Times", "Points"),
            "loyalty.selectors.datasets.points_by_day",
        ),
        Dataset(
            "loyalty.members",
            "Members by tier",
            ("Programme", "Tier", "Members", "Enrolled"),
            "loyalty.selectors.datasets.members_by_tier",
        ),
    ),
    panels=(
        *(
            Panel(
                f"membership of a {subject}",
                subject,
                "loyalty/panels/membership.html",
                f"loyalty.selectors.panels.{subject}_memberships",
                "loyalty",
            )
            for subject in ("guest", "reservation")
        ),
        Panel(
            "tier of a guest",
            "guest_mark",
            "loyalty/panels/tier.html",
            "loyalty.selectors.journey.guest_tiers",
            "loyalty",
        ),
    ),
    journey=(
        JourneySource(
            "loyalty",
            {"points": _("Points")},
            rows="loyalty.selectors.journey.points_of_guest",
            told="loyalty.selectors.journey.points_told",
            route="loyalty:member",
            area="loyalty",
        ),
    ),
    privacy=(
        PrivacyProvider("memberships", export="", erase="loyalty.services.privacy.guest_memberships_erase"),
    ),
    personal=PERSONAL,
    impersonal=IMPERSONAL,
    payment_codes=("points",),
    invariants=tuple(
        f"loyalty.invariants.{subject}.invariants" for subject in ("ledger", "members", "earning", "rewards")
    ),
    audit_masked={"loyalty.RewardVoucher": ("code", "fingerprint")},
    audit_excluded={
        "loyalty.PointTransaction": "a ledger itself; never changed",
        "loyalty.PointMovement": "a ledger itself; never changed",
        "loyalty.PointLot": "moved by the ledger alone; high volume",
        "loyalty.TierCredit": "a record itself; never changed",
        "loyalty.TierChange": "a history itself; never changed",
        "loyalty.StayAccrual": "written once with what it gave",
        "loyalty.PartnerAccrual": "written once with its points, which are a ledger",
        "loyalty.PoolPayment": "written once with its points, which are a ledger",
        "loyalty.PartnerStatement": "a record itself; never changed",
        "loyalty.Referral": "follows the stay, whose points are a ledger",
        "loyalty.MemberImportRow": "what it made is audited; the rest is emptied",
        "loyalty.MemberMerge": "follows the merge of two guests, which is audited",
        "loyalty.LiabilitySnapshot": "a record itself; never changed",
        "loyalty.PropertySettlement": "a record itself; never changed",
    },
    trail_excluded={
        "loyalty.MemberImportRow": "no copy of what a file told may outlive its import; what it made has its trail",
    },
    untied={
        "loyalty.PointTransaction.reverses": _OF_A_MEMBER,
        "loyalty.PointTransaction.accrual": _OF_A_MEMBER,
        "loyalty.PointAdjustment.transaction": _OF_A_MEMBER,
        "loyalty.PointAdjustment.reverses": _OF_A_MEMBER,
        "loyalty.ChallengeEntry.match": _OF_A_MEMBER,
        "loyalty.StayClaim.transaction": _OF_A_MEMBER,
        "loyalty.StayClaim.reservation": "looked up at the hotel of the claim, which is of a member",
        "loyalty.PartnerStatement.partner": "his contract is with one hotel for good, which the service takes",
        "loyalty.PointLot.transaction": _OF_A_MEMBER,
        "loyalty.PointLot.origin": _OF_A_MEMBER,
        "loyalty.TierCredit.accrual": _OF_A_MEMBER,
        "loyalty.TierCredit.entry": _OF_A_MEMBER,
        "loyalty.RewardRedemption.spent": _OF_A_MEMBER,
        "loyalty.RewardRedemption.reservation": _SERVED,
        "loyalty.RewardRedemption.settlement": _SERVED,
        "loyalty.StayAccrual.reservation": "the accrual is a member's, who is of no hotel; the service takes both",
    },
)
