"""Programmes, the hotels that take part, their tiers and what stays earn."""

from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped, Versioned
from hotel.properties.scoping import PropertyScopedModel
from hotel.rates.choices import ChargeGroup
from loyalty.choices import Basis, Expiry, Landing, Needs, PeriodEnd, Rounding, Window
from loyalty.domain.tiers import METRICS
from loyalty.querysets import EarningRuleQuerySet, ProgramPropertyQuerySet, ProgramQuerySet, ThroughProgram

COLOUR = RegexValidator(r"^#[0-9a-f]{6}$", "Use a colour such as #2f5d50.")


def _amount() -> models.DecimalField:
    return models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)


class LoyaltyProgram(Versioned, TimeStamped):
    """A programme of a chain: how points live and how tiers are counted. Members, tiers and rules belong to it."""

    chain = models.ForeignKey("properties.Chain", on_delete=models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=12, help_text="Begins the members' numbers.")
    name = models.CharField(max_length=80)
    currency = models.CharField(
        max_length=3, help_text="ISO 4217; spend counts in it, points are valued in it."
    )
    time_zone = models.CharField(max_length=40, help_text="IANA name; points end with its days.")
    is_active = models.BooleanField(default=True)
    pending_days = models.PositiveSmallIntegerField(
        default=0, help_text="Days after departure until points may be spent."
    )
    expiry = models.CharField(max_length=8, choices=Expiry, default=Expiry.NEVER)
    expiry_months = models.PositiveSmallIntegerField(default=0)
    expiry_end = models.CharField(max_length=5, choices=PeriodEnd, default=PeriodEnd.DAY)
    point_cost = models.DecimalField(
        max_digits=12,
        decimal_places=6,
        default=Decimal(0),
        help_text="What one point costs the house when spent.",
    )
    breakage_rate = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="Share of points that is never spent, 0 to 1; what the past says when empty.",
    )
    window = models.CharField(max_length=11, choices=Window, default=Window.CALENDAR)
    window_months = models.PositiveSmallIntegerField(default=12, help_text="Of a rolling window.")
    grace_months = models.PositiveSmallIntegerField(default=0, help_text="How long a tier outlives its end.")
    landing = models.CharField(max_length=9, choices=Landing, default=Landing.ONE_LEVEL)
    rolls_over = ArrayField(
        models.CharField(max_length=6, choices=[(name, name) for name in METRICS]),
        default=list, blank=True, help_text="What was above the reached tier counts in the next window.",
    )  # fmt: skip
    rooms_earning = models.PositiveSmallIntegerField(
        default=3, help_text="Rooms of one booking that earn for the same member."
    )
    claim_days = models.PositiveSmallIntegerField(
        default=180, help_text="Days after departure that a missing stay may be claimed."
    )
    match_months = models.PositiveSmallIntegerField(
        default=12, help_text="Months after a status match until the member may ask for another one."
    )
    adjustment_limit = models.PositiveIntegerField(
        default=5000, help_text="Points that one person may adjust by hand; above, a second one approves."
    )
    transfer_limit = models.PositiveIntegerField(
        default=0, help_text="Points that a member may give to others in a calendar year; 0: none at all."
    )
    transfer_fee_percent = models.DecimalField(
        max_digits=5, decimal_places=2, default=Decimal(0), help_text="Of the points given, on top of them."
    )
    birthday_points = models.PositiveIntegerField(
        default=0, help_text="Given on a member's birthday; 0: none."
    )
    anniversary_points = models.PositiveIntegerField(
        default=0, help_text="Given on the day of each year that a member enrolled on; 0: none."
    )
    celebrated_until = models.DateField(
        null=True, editable=False, help_text="Last day whose birthdays and anniversaries were looked for."
    )

    objects = ProgramQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "code"], name="loyalty_program_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="loyalty_program_named"),
            models.CheckConstraint(
                condition=Q(expiry=Expiry.NEVER) | Q(expiry_months__gt=0), name="loyalty_expiry_has_months"
            ),
            models.CheckConstraint(condition=Q(window_months__gt=0), name="loyalty_window_has_months"),
            models.CheckConstraint(condition=Q(point_cost__gte=0), name="loyalty_point_cost_not_negative"),
            models.CheckConstraint(
                condition=Q(breakage_rate=None) | Q(breakage_rate__range=(0, 1)),
                name="loyalty_breakage_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(transfer_fee_percent__gte=0, transfer_fee_percent__lte=100),
                name="loyalty_transfer_fee",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProgramProperty(PropertyScopedModel):
    """A hotel that takes part in a programme; it takes part in one at a time."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="houses", db_index=False
    )
    joined_on = models.DateField(help_text="First business date that departures earn on.")
    left_on = models.DateField(null=True, blank=True, help_text="From this day on departures earn no more.")
    currency_rate = models.DecimalField(
        max_digits=18, decimal_places=9, default=Decimal(1),
        help_text="Units of the programme's currency for one of the hotel's.",
    )  # fmt: skip

    objects = ProgramPropertyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "program properties"
        ordering = ["property_id", "joined_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["property"], condition=Q(left_on=None), name="loyalty_house_in_one_program"
            ),
            models.CheckConstraint(condition=Q(currency_rate__gt=0), name="loyalty_house_rate_positive"),
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(left_on__gte=F("joined_on")), name="loyalty_house_days_in_order"
            ),
        ]
        indexes = [models.Index(fields=["property", "program"], name="loyalty_house_program")]

    def __str__(self) -> str:
        return f"{self.property} in {self.program}"


class LoyaltyTier(TimeStamped):
    """A level of a programme: what it asks for in a window, and what makes it last for life. Level 0 is the first."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="tiers", db_index=False
    )
    level = models.PositiveSmallIntegerField(help_text="0 is where everybody begins.")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    colour = models.CharField(max_length=7, default="#6b7280", validators=[COLOUR], help_text="Of the card.")
    needs = models.CharField(max_length=3, choices=Needs, default=Needs.ANY)
    min_nights = _amount()
    min_stays = _amount()
    min_points = _amount()
    min_spend = _amount()
    lifetime_nights = models.PositiveIntegerField(
        null=True, blank=True, help_text="Nights that keep it for life."
    )
    benefits = models.JSONField(default=dict, blank=True, help_text="What the house honours, see the guide.")

    objects = ThroughProgram.as_manager()

    class Meta:
        ordering = ["program_id", "level"]
        constraints = [
            models.UniqueConstraint(fields=["program", "level"], name="loyalty_tier_level_once"),
            models.UniqueConstraint(fields=["program", "code"], name="loyalty_tier_code_once"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(code=""), name="loyalty_tier_named"),
            models.CheckConstraint(
                condition=Q(level__gt=0)
                | Q(min_nights=None, min_stays=None, min_points=None, min_spend=None),
                name="loyalty_first_tier_asks_nothing",
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"min_{name}": None}) | Q(**{f"min_{name}__gt": 0}),
                    name=f"loyalty_tier_min_{name}",
                )
                for name in METRICS
            ),
        ]

    def __str__(self) -> str:
        return self.name


class EarningRule(TimeStamped):
    """One version of what stays earn. A change ends a version and begins the next, so earlier stays keep theirs."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="rules", db_index=False
    )
    campaign = models.ForeignKey(
        "loyalty.BonusCampaign",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rules",
        db_index=False,
        help_text="Gives only by this campaign.",
    )
    code = models.CharField(max_length=20, help_text="The same for all versions.")
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    name = models.CharField(max_length=80)
    basis = models.CharField(max_length=7, choices=Basis)
    rate = models.DecimalField(
        max_digits=12, decimal_places=4, help_text="Points for one; of a share hundredths."
    )
    groups = ArrayField(
        models.CharField(max_length=9, choices=ChargeGroup), default=list, blank=True,
        help_text="Revenue groups that spend counts; empty for all.",
    )  # fmt: skip
    only = models.JSONField(default=dict, blank=True, help_text="Trait to the codes one of which must fit.")
    never = models.JSONField(default=dict, blank=True, help_text="Trait to the codes none of which may fit.")
    min_nights = models.PositiveSmallIntegerField(default=0)
    max_nights = models.PositiveSmallIntegerField(null=True, blank=True)
    from_stay = models.PositiveIntegerField(default=1, help_text="From the member's how-manieth stay on.")
    to_stay = models.PositiveIntegerField(null=True, blank=True, help_text="1 and 1: a welcome.")
    with_awards = models.BooleanField(default=False, help_text="Stays paid with points earn, too.")
    is_qualifying = models.BooleanField(default=True, help_text="Its points count for the tier.")
    most = models.PositiveIntegerField(null=True, blank=True, help_text="Points at most for one stay.")
    rounding = models.CharField(max_length=7, choices=Rounding, default=Rounding.DOWN)
    valid_from = models.DateField(help_text="First departure it holds for.")
    valid_until = models.DateField(null=True, blank=True, help_text="Last departure; open when empty.")

    objects = EarningRuleQuerySet.as_manager()

    class Meta:
        ordering = ["program_id", "code", "version"]
        indexes = [
            models.Index(
                fields=["campaign"], condition=Q(campaign__isnull=False), name="loyalty_rule_campaign"
            )
        ]
        constraints = [
            models.UniqueConstraint(fields=["program", "code", "version"], name="loyalty_rule_version_once"),
            models.UniqueConstraint(
                fields=["program", "code"], condition=Q(valid_until=None), name="loyalty_rule_open_once"
            ),
            models.CheckConstraint(condition=Q(rate__gt=0), name="loyalty_rule_gives"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="loyalty_rule_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(max_nights=None) | Q(max_nights__gte=F("min_nights")),
                name="loyalty_rule_nights_in_order",
            ),
            models.CheckConstraint(
                condition=Q(to_stay=None) | Q(to_stay__gte=F("from_stay")), name="loyalty_rule_stays_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} (version {self.version})"
