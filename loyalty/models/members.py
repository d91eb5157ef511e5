"""Members, the tiers they had, and what counted for them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped, Versioned
from loyalty.choices import EnrolmentChannel, MemberStatus, TierReason
from loyalty.models.programs import LoyaltyProgram, LoyaltyTier
from loyalty.querysets import MemberQuerySet, ThroughMember


class LoyaltyMember(Versioned, TimeStamped):
    """A guest's membership in a programme. His points are lots; ``debt`` is what he owes it, kept by the ledger.

    ``floor`` is a tier that was granted: for life without ``floor_until``.
    """

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="members", db_index=False
    )
    guest = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="loyalty_members")
    number = models.CharField(
        max_length=24, editable=False, help_text="On the card; its last digit is a check."
    )
    status = models.CharField(max_length=9, choices=MemberStatus, default=MemberStatus.ACTIVE)
    home = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", help_text="Where he enrolled."
    )
    channel = models.CharField(max_length=8, choices=EnrolmentChannel)
    enrolled_on = models.DateField(help_text="Business date; begins his own years.")
    tier = models.ForeignKey(LoyaltyTier, on_delete=models.PROTECT, related_name="members", db_index=False)
    tier_since = models.DateField()
    tier_until = models.DateField(
        null=True, blank=True, help_text="Last day; none for the first tier and for life."
    )
    floor = models.ForeignKey(
        LoyaltyTier, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    floor_until = models.DateField(null=True, blank=True)
    debt = models.PositiveIntegerField(
        default=0, editable=False, help_text="Points owed; new ones pay it first."
    )
    active_on = models.DateField(
        null=True, editable=False, help_text="Business date of the last stay or redemption."
    )
    referred_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="referrals", db_index=False
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="tombstones", editable=False, db_index=False
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        ordering = ["program_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="loyalty_member_number_once"),
            models.UniqueConstraint(
                fields=["program", "guest"],
                condition=Q(merged_into=None) & ~Q(status=MemberStatus.CLOSED),
                name="loyalty_guest_member_once",
            ),
            models.CheckConstraint(
                condition=~Q(referred_by=F("id")) & ~Q(merged_into=F("id")), name="loyalty_member_not_himself"
            ),
            models.CheckConstraint(
                condition=Q(floor_until=None) | Q(floor__isnull=False), name="loyalty_floor_has_tier"
            ),
        ]
        indexes = [
            models.Index(
                fields=["program", "tier_until"],
                condition=Q(tier_until__isnull=False),
                name="loyalty_tier_ends",
            ),
            models.Index(fields=["program", "tier"], name="loyalty_member_tier"),
            models.Index(
                fields=["referred_by"], condition=Q(referred_by__isnull=False), name="loyalty_member_referrer"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class TierChange(TimeStamped):
    """A member rose, fell, or was granted a tier; written once."""

    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="tier_changes", db_index=False
    )
    before = models.ForeignKey(LoyaltyTier, on_delete=models.PROTECT, related_name="+", db_index=False)
    after = models.ForeignKey(LoyaltyTier, on_delete=models.PROTECT, related_name="+", db_index=False)
    on = models.DateField(help_text="In the programme's zone.")
    until = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=8, choices=TierReason)
    because = models.CharField(max_length=200, help_text="In words.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["member_id", "-id"]
        indexes = [models.Index(fields=["member", "id"], name="loyalty_tier_history")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class TierCredit(TimeStamped):
    """What a stay or a challenge counted for the tier, or a correction of it (below zero); written once."""

    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="credits", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    accrual = models.ForeignKey(
        "loyalty.StayAccrual", on_delete=models.PROTECT, null=True, related_name="credits", db_index=False
    )
    entry = models.ForeignKey(
        "loyalty.ChallengeEntry", on_delete=models.PROTECT, null=True, related_name="credits", db_index=False,
        help_text="The challenge that gave it; it counts for no challenge.",
    )  # fmt: skip
    day = models.DateField(help_text="Business date of the departure, or of the reward.")
    nights = models.IntegerField(default=0)
    stays = models.IntegerField(default=0)
    points = models.IntegerField(default=0, help_text="Qualifying ones.")
    spend = models.DecimalField(
        max_digits=14, decimal_places=3, default=0, help_text="In the programme's currency."
    )

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["member_id", "-day", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(accrual=None) | Q(entry=None), name="loyalty_credit_of_stay_or_challenge"
            )
        ]
        indexes = [
            models.Index(fields=["member", "day"], name="loyalty_credit_day"),
            models.Index(fields=["entry"], condition=Q(entry__isnull=False), name="loyalty_credit_entry"),
            models.Index(
                fields=["accrual"], condition=Q(accrual__isnull=False), name="loyalty_credit_accrual"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.nights} nights on {self.day}"
