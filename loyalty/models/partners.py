"""Partners whose customers earn, what they posted, and what they owe for it month by month."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.models_base import TimeStamped
from hotel.properties.scoping import PropertyScopedModel
from loyalty.choices import PartnerKind
from loyalty.models.members import LoyaltyMember
from loyalty.models.points import PointTransaction
from loyalty.models.programs import LoyaltyProgram
from loyalty.querysets import ThroughMember, ThroughProgram


class LoyaltyPartner(TimeStamped):
    """Somebody outside who lets members earn by his contract with a hotel, and pays that hotel for the points."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="partners", db_index=False
    )
    property = models.ForeignKey(
        "properties.Property",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Has the contract: it stands for the points, and the partner pays it.",
    )
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=11, choices=PartnerKind)
    unit = models.CharField(
        max_length=20, help_text="What his amounts count, in the singular, such as EUR, mile or day."
    )
    rate = models.DecimalField(max_digits=12, decimal_places=4, help_text="Points for one unit.")
    point_price = models.DecimalField(
        max_digits=12,
        decimal_places=6,
        default=Decimal(0),
        help_text="What he pays for a point, in the programme's currency.",
    )
    valid_from = models.DateField(help_text="First day that earns.")
    valid_until = models.DateField(null=True, blank=True, help_text="Last day that earns.")
    month_cap = models.PositiveIntegerField(
        null=True, blank=True, help_text="Points of one member in a calendar month at most."
    )
    year_cap = models.PositiveIntegerField(
        null=True, blank=True, help_text="Points of one member in a calendar year at most."
    )
    is_active = models.BooleanField(default=True, help_text="He may post.")

    objects = ThroughProgram.as_manager()

    class Meta:
        ordering = ["program_id", "code"]
        constraints = [
            models.UniqueConstraint(fields=["program", "code"], name="loyalty_partner_code_once"),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(code="") & ~Q(unit=""), name="loyalty_partner_named"
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0, point_price__gte=0), name="loyalty_partner_prices"
            ),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
                name="loyalty_partner_days",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerAccrual(TimeStamped):
    """Points that a partner posted, once for a reference of his; a reversal takes them back."""

    partner = models.ForeignKey(
        LoyaltyPartner, on_delete=models.PROTECT, related_name="accruals", db_index=False
    )
    reference = models.CharField(max_length=60, help_text="The partner's own.")
    member = models.ForeignKey(LoyaltyMember, on_delete=models.PROTECT, related_name="+", db_index=False)
    earned_on = models.DateField(help_text="When the member bought, flew or drove.")
    amount = models.DecimalField(max_digits=14, decimal_places=3, help_text="In the partner's unit.")
    points = models.PositiveIntegerField()
    value = models.DecimalField(
        max_digits=16, decimal_places=6, help_text="What he owes for them by the price of that day."
    )
    transaction = models.OneToOneField(PointTransaction, on_delete=models.PROTECT, related_name="+")
    reversal = models.OneToOneField(PointTransaction, on_delete=models.PROTECT, null=True, related_name="+")
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    objects = ThroughMember.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["partner", "reference"], name="loyalty_partner_reference_once"),
            models.CheckConstraint(
                condition=~Q(reference="") & Q(points__gt=0), name="loyalty_partner_accrual_gives"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "partner", "earned_on"], name="loyalty_partner_member"),
        ]

    def __str__(self) -> str:
        return f"{self.points} by {self.partner}, {self.reference}"


class PartnerStatement(PropertyScopedModel):
    """What a partner owes the hotel of his contract for a month, or (below zero) gets back; written once."""

    partner = models.ForeignKey(
        LoyaltyPartner, on_delete=models.PROTECT, related_name="statements", db_index=False
    )
    month = models.DateField(help_text="Its first day, of the hotel's business dates.")
    given = models.PositiveBigIntegerField(help_text="Points posted in the month.")
    taken_back = models.PositiveBigIntegerField(help_text="Points reversed in the month, whenever posted.")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=16, decimal_places=3)

    class Meta:
        ordering = ["property_id", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "partner", "month"], name="loyalty_partner_month_once"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="loyalty_partner_month_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount} for {self.month:%B %Y}"
