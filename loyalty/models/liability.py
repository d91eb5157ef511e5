"""What outstanding points are worth, day by day, and which hotel owes which for points it gave and another served."""

from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel
from loyalty.models.programs import LoyaltyProgram


def _money() -> models.DecimalField:
    return models.DecimalField(max_digits=16, decimal_places=3)


class LiabilitySnapshot(PropertyScopedModel):
    """Points that a hotel gave and that may still be spent, at the beginning of a day; written once.

    Amounts are in the programme's currency. ``moved`` is what the net has changed by since the snapshot before.
    """

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="snapshots", db_index=False
    )
    day = models.DateField(help_text="In the programme's zone; as its first hour found it.")
    usable = models.PositiveBigIntegerField(help_text="May be spent.")
    pending = models.PositiveBigIntegerField(help_text="Earned, not to be spent yet.")
    currency = models.CharField(max_length=3)
    point_cost = models.DecimalField(max_digits=12, decimal_places=6, help_text="Of one point then.")
    breakage_rate = models.DecimalField(
        max_digits=5, decimal_places=4, help_text="Share that is never spent, 0 to 1."
    )
    gross = _money()
    breakage = _money()
    net = _money()
    moved = _money()

    class Meta:
        ordering = ["property_id", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["property", "program", "day"], name="loyalty_liability_once"),
            models.CheckConstraint(condition=Q(net=F("gross") - F("breakage")), name="loyalty_liability_net"),
            models.CheckConstraint(
                condition=Q(breakage_rate__range=(0, 1)), name="loyalty_liability_breakage_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.net} on {self.day}"


class PropertySettlement(PropertyScopedModel):
    """What a hotel owes another for a month's points, or (below zero) gets; written once, a row for each side."""

    program = models.ForeignKey(
        LoyaltyProgram, on_delete=models.PROTECT, related_name="settlements", db_index=False
    )
    counterpart = models.ForeignKey(
        "properties.Property", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    month = models.DateField(help_text="Its first day, of business dates.")
    given = models.BigIntegerField(help_text="Points of this hotel that the other one served.")
    served = models.BigIntegerField(help_text="Points of the other one that this hotel served.")
    currency = models.CharField(max_length=3)
    point_cost = models.DecimalField(max_digits=12, decimal_places=6)
    amount = _money()

    class Meta:
        ordering = ["property_id", "-month"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "program", "month", "counterpart"], name="loyalty_settlement_once"
            ),
            models.CheckConstraint(condition=~Q(property=F("counterpart")), name="loyalty_settlement_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount} for {self.month:%B %Y}"
