"""The ledger of points: transactions, the lots they make, and what moves in and out of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from loyalty.choices import AdjustmentStatus, PointKind
from loyalty.models.members import LoyaltyMember
from loyalty.models.programs import EarningRule
from loyalty.querysets import LotQuerySet, ThroughMember


class StayAccrual(TimeStamped):
    """A stay that a member earned by. What decides its rules is frozen, so that a late correction uses the same."""

    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="accruals", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    reservation = models.ForeignKey("reservations.Reservation", on_delete=models.PROTECT, related_name="+")
    departure = models.DateField(help_text="Business date; its rules count.")
    tier_code = models.CharField(max_length=20, help_text="The member's tier at check-out.")
    stay_number = models.PositiveIntegerField(help_text="The member's how-manieth stay, from 1.")
    currency_rate = models.DecimalField(max_digits=18, decimal_places=9)

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["member_id", "-departure", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["reservation"], name="loyalty_stay_earns_once"),
        ]
        indexes = [models.Index(fields=["member", "departure"], name="loyalty_accrual_member")]

    def __str__(self) -> str:
        return f"{self.reservation} of {self.member}"


class PointTransaction(TimeStamped):
    """Points came or went; never changed, corrections are further ones. ``points`` is the sum of its movements.

    One with a ``source`` is made once for a member.
    """

    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="transactions", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=10, choices=PointKind)
    points = models.IntegerField(help_text="Above zero came, below zero went.")
    business_date = models.DateField(help_text="Of the property.")
    because = models.CharField(max_length=200, help_text="How it came to this, in words.")
    accrual = models.ForeignKey(
        StayAccrual, on_delete=models.PROTECT, null=True, related_name="transactions", db_index=False
    )
    rule = models.ForeignKey(
        EarningRule, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    reverses = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="reversals", db_index=False
    )
    source = models.CharField(max_length=20, blank=True)
    source_key = models.CharField(max_length=60, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["member_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "source", "source_key"],
                condition=~Q(source=""),
                name="loyalty_points_source_once",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(reverses__isnull=False), name="loyalty_points_reversed_once"
            ),
            models.CheckConstraint(condition=~Q(points=0), name="loyalty_points_not_zero"),
            models.CheckConstraint(
                condition=Q(source="", source_key="") | ~Q(source="") & ~Q(source_key=""),
                name="loyalty_points_source_has_key",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "id"], name="loyalty_points_member"),
            models.Index(fields=["member", "business_date"], name="loyalty_points_member_day"),
            models.Index(fields=["property", "business_date"], name="loyalty_points_day"),
            models.Index(
                fields=["accrual"], condition=Q(accrual__isnull=False), name="loyalty_points_accrual"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points:+} {self.get_kind_display()}"


class PointLot(TimeStamped):
    """Points that came together and end together. ``left`` is kept by the database: the sum of its movements."""

    member = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="lots", db_index=False)
    transaction = models.ForeignKey(
        PointTransaction, on_delete=models.PROTECT, related_name="lots", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="That gave them.",
    )
    origin = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="continued",
        editable=False,
        db_index=False,
        help_text="The lot of another membership that it goes on for.",
    )
    points = models.PositiveIntegerField()
    left = models.PositiveIntegerField(default=0, editable=False)
    earned_on = models.DateField(help_text="Business date.")
    usable_from = models.DateField(help_text="First day, in the programme's zone.")
    expires_on = models.DateField(null=True, blank=True, help_text="Last day, in the programme's zone.")

    objects = LotQuerySet.as_manager()

    class Meta:
        ordering = ["member_id", F("expires_on").asc(nulls_last=True), "earned_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(points__gt=0), name="loyalty_lot_has_points"),
            models.CheckConstraint(
                condition=Q(left__gte=0, left__lte=F("points")), name="loyalty_lot_left_within_points"
            ),
        ]
        indexes = [
            models.Index(fields=["member"], condition=Q(left__gt=0), name="loyalty_lot_left"),
            models.Index(fields=["transaction"], name="loyalty_lot_transaction"),
            models.Index(fields=["origin"], condition=Q(origin__isnull=False), name="loyalty_lot_origin"),
            models.Index(
                fields=["expires_on", "member"],
                condition=Q(left__gt=0, expires_on__isnull=False),
                name="loyalty_lot_ends",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.left} of {self.points}"


class PointMovement(TimeStamped):
    """Points into a lot or out of it; without a lot: what the member owes less, or (below zero) more. Never changed."""

    transaction = models.ForeignKey(
        PointTransaction, on_delete=models.PROTECT, related_name="movements", db_index=False
    )
    member = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    lot = models.ForeignKey(
        PointLot, on_delete=models.PROTECT, null=True, related_name="movements", db_index=False
    )
    points = models.IntegerField()

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["transaction_id", "id"]
        constraints = [models.CheckConstraint(condition=~Q(points=0), name="loyalty_movement_not_zero")]
        indexes = [
            models.Index(fields=["transaction"], name="loyalty_movement_of"),
            models.Index(fields=["lot"], condition=Q(lot__isnull=False), name="loyalty_movement_lot"),
        ]

    def __str__(self) -> str:
        return f"{self.points:+}"


class PointAdjustment(TimeStamped):
    """Points by hand, with a reason. Above the programme's limit it waits for a second person."""

    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="adjustments", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    points = models.IntegerField(help_text="Above zero given, below zero taken.")
    reason = models.CharField(max_length=200)
    reverses = models.ForeignKey(
        PointTransaction, on_delete=models.PROTECT, null=True, editable=False, related_name="+", db_index=False,
        help_text="What it takes back.",
    )  # fmt: skip
    status = models.CharField(max_length=7, choices=AdjustmentStatus, editable=False)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)
    transaction = models.OneToOneField(
        PointTransaction, on_delete=models.PROTECT, null=True, editable=False, related_name="adjustment"
    )

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(points=0) & ~Q(reason=""), name="loyalty_adjustment_says_why"
            ),
            models.CheckConstraint(
                condition=Q(status=AdjustmentStatus.POSTED, transaction__isnull=False)
                | ~Q(status=AdjustmentStatus.POSTED) & Q(transaction=None),
                name="loyalty_adjustment_posted",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")),
                name="loyalty_adjustment_four_eyes",
            ),
            models.UniqueConstraint(
                fields=["reverses"],
                condition=Q(reverses__isnull=False) & ~Q(status=AdjustmentStatus.REFUSED),
                name="loyalty_reversal_asked_once",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "id"], name="loyalty_adjustment_member"),
            models.Index(
                fields=["property", "id"],
                condition=Q(status=AdjustmentStatus.WAITING),
                name="loyalty_adjustment_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.points:+} for {self.member}"
