"""Pools: members who let one another spend their points, and who paid how much of a redemption."""

from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped, Versioned
from loyalty.choices import PoolKind, PoolSpenders
from loyalty.models.members import LoyaltyMember
from loyalty.models.programs import LoyaltyProgram
from loyalty.models.rewards import RewardRedemption
from loyalty.querysets import PoolMemberQuerySet, ThroughMember, ThroughProgram


class PointPool(Versioned, TimeStamped):
    """A family or company whose members pay redemptions together. The points stay in the lots of each."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="pools", db_index=False
    )
    kind = models.CharField(max_length=7, choices=PoolKind)
    name = models.CharField(max_length=80)
    head = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+")
    company = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    share_percent = models.PositiveSmallIntegerField(
        default=100, help_text="Of each lot of another member so much may be spent by the pool."
    )
    max_members = models.PositiveSmallIntegerField(default=6, help_text="The head is one of them.")
    spenders = models.CharField(max_length=4, choices=PoolSpenders, default=PoolSpenders.ALL)
    member_limit = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="Points of others that one member may spend in a calendar year; the head has no limit.",
    )
    waiting_days = models.PositiveSmallIntegerField(
        default=0, help_text="Days after joining before a member spends points of others."
    )
    opened_on = models.DateField(help_text="In the programme's zone.")
    closed_on = models.DateField(null=True, editable=False)

    objects = ThroughProgram.as_manager()

    class Meta:
        ordering = ["program_id", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(share_percent__range=(1, 100), max_members__gte=2), name="loyalty_pool_limits"
            ),
            models.CheckConstraint(
                condition=Q(kind=PoolKind.COMPANY, company__isnull=False)
                | Q(kind=PoolKind.FAMILY, company=None),
                name="loyalty_pool_of_a_company",
            ),
        ]
        indexes = [models.Index(fields=["program", "id"], name="loyalty_pool_program")]

    def __str__(self) -> str:
        return self.name


class PoolMember(TimeStamped):
    """That a member was invited to a pool, joined it, and left it."""

    pool = models.ForeignKey(PointPool, on_delete=models.PROTECT, related_name="members", db_index=False)
    member = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    invited_on = models.DateField(help_text="In the programme's zone.")
    joined_on = models.DateField(null=True, help_text="None while he was only invited.")
    consent = models.CharField(max_length=200, blank=True, help_text="How he agreed, in words.")
    left_on = models.DateField(null=True, help_text="Left, or declined.")

    objects = PoolMemberQuerySet.as_manager()

    class Meta:
        ordering = ["pool_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(joined_on__isnull=False, left_on=None),
                name="loyalty_pool_one_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["pool", "member"], condition=Q(left_on=None), name="loyalty_pool_invited_once"
            ),
            models.CheckConstraint(
                condition=Q(joined_on=None, consent="") | Q(joined_on__isnull=False) & ~Q(consent=""),
                name="loyalty_pool_consent",
            ),
        ]
        indexes = [models.Index(fields=["pool", "member"], name="loyalty_pool_member")]

    def __str__(self) -> str:
        return f"{self.member} in {self.pool}"


class PoolPayment(TimeStamped):
    """What one member of a pool paid of a redemption, out of his own lots; written once, but for what went back."""

    redemption = models.ForeignKey(
        RewardRedemption, on_delete=models.PROTECT, related_name="pool_payments", db_index=False
    )
    member = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    spent = models.OneToOneField(
        "loyalty.PointTransaction", on_delete=models.PROTECT, related_name="pool_payment"
    )
    points = models.PositiveIntegerField()
    returned = models.PositiveIntegerField(default=0, help_text="Points that went back into his lots.")

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["redemption_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["redemption", "member"], name="loyalty_pool_pays_once"),
            models.CheckConstraint(
                condition=Q(points__gt=0, returned__lte=F("points")), name="loyalty_pool_payment_points"
            ),
        ]
        indexes = [models.Index(fields=["member", "id"], name="loyalty_pool_paid")]

    def __str__(self) -> str:
        return f"{self.points} of {self.redemption}"
