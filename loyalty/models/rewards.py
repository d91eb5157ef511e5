"""What points buy, and what was bought with them."""

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from hotel.core.models_base import TimeStamped, Versioned
from loyalty.choices import RedemptionStatus, RewardKind
from loyalty.models.members import LoyaltyMember
from loyalty.models.points import PointTransaction
from loyalty.models.programs import LoyaltyProgram, LoyaltyTier
from loyalty.querysets import RedemptionQuerySet, RewardQuerySet

UNUSED = (RedemptionStatus.HELD, RedemptionStatus.CONFIRMED)
TAKING = (*UNUSED, RedemptionStatus.FULFILLED)
OF_A_STAY = (RewardKind.FREE_NIGHT, RewardKind.FOLIO_CREDIT)
DAYS = Func(F("first_day"), F("past_day"), Value("[)"), function="daterange", output_field=DateRangeField())


class Reward(Versioned, TimeStamped):
    """Something that members may have for points, and how its price moves; a redemption keeps the price of its hold."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="rewards", db_index=False
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=RewardKind)
    base = models.PositiveIntegerField(help_text="Points for one, before anything moves them.")
    floor = models.PositiveIntegerField(help_text="Points at least; the last word.")
    ceiling = models.PositiveIntegerField(help_text="Points at most; the last word.")
    step = models.PositiveIntegerField(default=1, help_text="The price is a multiple of so many points.")
    demand_steps = models.JSONField(
        default=list, blank=True, help_text="From a share of rooms sold on, times a factor; see the guide."
    )
    stock_steps = models.JSONField(
        default=list, blank=True, help_text="From a share of the stock that is gone on, times a factor."
    )
    seasons = models.JSONField(default=list, blank=True, help_text="Days of the year and their factor.")
    tier_factors = models.JSONField(default=dict, blank=True, help_text="Code of a tier to its factor.")
    hotels = ArrayField(
        models.CharField(max_length=12), default=list, blank=True,
        help_text="Codes of the hotels that have it; empty for all that take part.",
    )  # fmt: skip
    min_tier = models.ForeignKey(
        LoyaltyTier, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        help_text="For members of this tier and above.",
    )  # fmt: skip
    stock = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many there are altogether; empty without end."
    )
    valid_from = models.DateField(null=True, blank=True, help_text="First business date it is offered on.")
    valid_until = models.DateField(null=True, blank=True, help_text="Last one.")
    is_active = models.BooleanField(default=True)
    settlement_rate = models.DecimalField(
        max_digits=12, decimal_places=3, default=Decimal(0),
        help_text="What the hotel that serves one gets for it, in the programme's currency.",
    )  # fmt: skip
    voucher_days = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="How long its voucher is good, from the confirmation on; empty without end.",
    )
    hold_minutes = models.PositiveIntegerField(default=60, help_text="How long it is held until confirmed.")
    penalty_percent = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(0),
        help_text="Share of the points that is kept when a confirmed one is cancelled.",
    )  # fmt: skip
    free_cancel_days = models.PositiveSmallIntegerField(
        default=0, help_text="More than so many days before its first day cancelling costs nothing."
    )
    cash_percent = models.PositiveSmallIntegerField(
        default=0, help_text="Share of the price that may be paid with money at most."
    )
    cash_per_point = models.DecimalField(
        max_digits=12, decimal_places=6, default=Decimal(0),
        help_text="Money for one point not given, in the programme's currency.",
    )  # fmt: skip

    objects = RewardQuerySet.as_manager()

    class Meta:
        ordering = ["program_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="loyalty_reward_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="loyalty_reward_named"),
            models.CheckConstraint(
                condition=Q(floor__gt=0, base__gte=F("floor"), base__lte=F("ceiling")),
                name="loyalty_reward_price_in_order",
            ),
            models.CheckConstraint(
                condition=Q(step__gt=0, hold_minutes__gt=0), name="loyalty_reward_steps_and_holds"
            ),
            models.CheckConstraint(
                condition=Q(penalty_percent__gte=0, penalty_percent__lte=100, cash_percent__lt=100),
                name="loyalty_reward_shares",
            ),
            models.CheckConstraint(
                condition=Q(settlement_rate__gte=0) & (Q(cash_percent=0) | Q(cash_per_point__gt=0)),
                name="loyalty_reward_money",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="loyalty_reward_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class RewardRedemption(TimeStamped):
    """Points for a reward: its price is frozen, and its points are taken, from the hold on.

    Who it is for and what it cost never changes, but that free nights which the stay has no more are given back; the
    database lets its status go the ways of the guide only.
    """

    reward = models.ForeignKey(Reward, on_delete=models.PROTECT, related_name="redemptions", db_index=False)
    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, related_name="redemptions", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False,
        help_text="That serves it.",
    )  # fmt: skip
    kind = models.CharField(max_length=12, choices=RewardKind, help_text="Of the reward, frozen.")
    status = models.CharField(
        max_length=9, choices=RedemptionStatus, default=RedemptionStatus.HELD, editable=False
    )
    quantity = models.PositiveSmallIntegerField(default=1, help_text="Of free nights their number.")
    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.PROTECT, null=True, related_name="loyalty_redemptions",
        db_index=False, help_text="The stay it is for.",
    )  # fmt: skip
    first_day = models.DateField(null=True, blank=True, help_text="First day, such as the first free night.")
    past_day = models.DateField(null=True, blank=True, help_text="The day after the last one.")
    price = models.PositiveIntegerField(help_text="Points for one, frozen.")
    because = models.JSONField(
        default=list, help_text="The way to the price: reasons, and points after each."
    )
    points = models.PositiveIntegerField(help_text="Taken.")
    cash = models.DecimalField(
        max_digits=14, decimal_places=3, default=Decimal(0),
        help_text="Paid with money instead of points, in the hotel's currency.",
    )  # fmt: skip
    value = models.DecimalField(
        max_digits=14, decimal_places=3, default=Decimal(0),
        help_text="What the hotel gets for it, in the programme's currency, frozen.",
    )  # fmt: skip
    spent = models.OneToOneField(
        PointTransaction, on_delete=models.PROTECT, null=True, related_name="redemption", editable=False,
        help_text="What it took from the member; none when a pool pays.",
    )  # fmt: skip
    pool = models.ForeignKey(
        "loyalty.PointPool", on_delete=models.PROTECT, null=True, related_name="+", editable=False,
        db_index=False, help_text="That pays it.",
    )  # fmt: skip
    settlement = models.OneToOneField(
        "folios.Posting", on_delete=models.PROTECT, null=True, related_name="+", editable=False,
        help_text="What paid it on the bill.",
    )  # fmt: skip
    held_until = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(
        null=True, editable=False, help_text="Cancelled, released or given back."
    )
    returned = models.PositiveIntegerField(default=0, editable=False, help_text="Points that went back.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it was cancelled or given back.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = RedemptionQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(quantity__gt=0, points__gt=0, price__gt=0, cash__gte=0, value__gte=0),
                name="loyalty_redemption_amounts",
            ),
            models.CheckConstraint(
                condition=Q(pool=None, spent__isnull=False) | Q(pool__isnull=False, spent=None),
                name="loyalty_redemption_paid",
            ),
            models.CheckConstraint(
                condition=Q(returned__lt=F("points")) | Q(returned=F("points"), closed_at__isnull=False),
                name="loyalty_redemption_returned",
            ),
            models.CheckConstraint(
                condition=Q(status__in=TAKING, closed_at=None)
                | ~Q(status__in=TAKING) & Q(closed_at__isnull=False),
                name="loyalty_redemption_closed",
            ),
            models.CheckConstraint(
                condition=Q(first_day=None, past_day=None)
                | Q(first_day__isnull=False, past_day__isnull=False, past_day__gt=F("first_day")),
                name="loyalty_redemption_days",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=OF_A_STAY) | Q(reservation__isnull=False),
                name="loyalty_redemption_of_a_stay",
            ),
            ExclusionConstraint(
                name="loyalty_night_free_once",
                expressions=[("reservation", RangeOperators.EQUAL), (DAYS, RangeOperators.OVERLAPS)],
                condition=Q(status__in=TAKING, kind=RewardKind.FREE_NIGHT),
            ),
        ]
        indexes = [
            models.Index(fields=["member", "id"], name="loyalty_redemption_member"),
            models.Index(fields=["property", "id"], name="loyalty_redemption_place"),
            models.Index(fields=["reward"], condition=Q(status__in=TAKING), name="loyalty_redemption_takes"),
            models.Index(
                fields=["reservation"],
                condition=Q(reservation__isnull=False),
                name="loyalty_redemption_stay",
            ),
            models.Index(
                fields=["held_until"],
                condition=Q(status=RedemptionStatus.HELD),
                name="loyalty_redemption_held",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reward} for {self.points}"

    def points_out(self) -> int:
        """Points that were taken and have not gone back."""
        return self.points - self.returned
