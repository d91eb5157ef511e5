"""Referrals: what the programme gives when somebody who was brought has stayed, and what it gave."""

from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from loyalty.choices import ReferralStatus
from loyalty.models.members import LoyaltyMember
from loyalty.models.points import StayAccrual
from loyalty.models.programs import LoyaltyProgram
from loyalty.querysets import ReferralRuleQuerySet, ThroughMember


class ReferralRule(TimeStamped):
    """One version of what a referral gives; a change ends it and begins the next, so earlier ones keep theirs."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="referral_rules", db_index=False
    )
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    referrer_points = models.PositiveIntegerField(default=0, help_text="For who brought somebody.")
    referred_points = models.PositiveIntegerField(default=0, help_text="For who was brought.")
    min_nights = models.PositiveSmallIntegerField(default=1, help_text="Of the first stay that qualifies.")
    yearly_limit = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Rewarded referrals of one member in a calendar year."
    )
    valid_from = models.DateField(help_text="First departure it holds for.")
    valid_until = models.DateField(
        null=True, blank=True, editable=False, help_text="Last departure; open when empty."
    )

    objects = ReferralRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program_id", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["program", "version"], name="loyalty_referral_version_once"),
            models.UniqueConstraint(
                fields=["program"], condition=Q(valid_until=None), name="loyalty_referral_open_once"
            ),
            models.CheckConstraint(
                condition=Q(referrer_points__gt=0) | Q(referred_points__gt=0), name="loyalty_referral_gives"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="loyalty_referral_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"Referrals (version {self.version})"


class Referral(TimeStamped):
    """What became of a referral once who was brought has stayed: rewarded, taken back with the stay, or refused."""

    member = models.OneToOneField(
        LoyaltyMember, on_delete=models.PROTECT, related_name="referral", help_text="Who was brought."
    )
    referrer = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    rule = models.ForeignKey(ReferralRule, on_delete=models.PROTECT, related_name="+", db_index=False)
    accrual = models.ForeignKey(
        StayAccrual,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="The stay it is for.",
    )
    status = models.CharField(max_length=10, choices=ReferralStatus)
    because = models.CharField(max_length=200, blank=True, help_text="Why it was refused, in words.")
    year = models.PositiveSmallIntegerField(help_text="Of the departure; its limit counts.")

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(member=F("referrer")), name="loyalty_referral_not_of_himself"
            ),
            models.CheckConstraint(
                condition=Q(status=ReferralStatus.REFUSED) ^ Q(because=""), name="loyalty_referral_says_why"
            ),
        ]
        indexes = [models.Index(fields=["referrer", "year"], name="loyalty_referral_year")]

    def __str__(self) -> str:
        return f"{self.member} by {self.referrer}"
