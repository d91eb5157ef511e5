"""Group blocks: rooms set aside for a group, picked up one by one."""

from django.db import models
from django.db.models import F, Q
from djmoney.models.fields import MoneyField

from hotel.core.models_base import Versioned
from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import BlockControl, BlockStatus


class GroupBlock(PropertyScopedModel, Versioned):
    """Rooms of ``[arrival, departure)`` promised to a group.

    Whether it takes rooms from the house is decided by its status and control; see ``domain.blocks``.
    After ``cutoff_on`` what is not picked up goes back to the house.
    """

    code = models.CharField(max_length=32)
    name = models.CharField(max_length=120)
    status = models.CharField(max_length=12, choices=BlockStatus)
    control = models.CharField(max_length=12, choices=BlockControl, default=BlockControl.NON_ELASTIC)
    arrival = models.DateField(help_text="First night of the grid, business date.")
    departure = models.DateField(help_text="The day after the last night of the grid.")
    shoulder_days = models.PositiveSmallIntegerField(
        default=0,
        help_text="Days before and after the grid on which the group's price holds, from house inventory.",
    )
    cutoff_on = models.DateField(
        null=True, blank=True, help_text="Business date from which unpicked rooms go back; never when empty."
    )
    cut_off_at = models.DateTimeField(null=True, blank=True, editable=False)
    rate_plan = models.ForeignKey(
        "rates.RatePlan", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    company = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="blocks"
    )
    attrition_rate = models.DecimalField(
        max_digits=5,
        decimal_places=4,
        default=0,
        help_text="Share of the contract the group may give up free, 0–1.",
    )
    lost_reason = models.CharField(max_length=200, blank=True)
    notes = models.TextField(blank=True)

    class Meta:
        ordering = ["property_id", "arrival", "code"]
        constraints = [
            models.UniqueConstraint(fields=["property", "code"], name="block_code_once"),
            models.CheckConstraint(condition=Q(departure__gt=F("arrival")), name="block_dates_in_order"),
            models.CheckConstraint(condition=Q(attrition_rate__range=(0, 1)), name="block_attrition_share"),
        ]
        indexes = [
            models.Index(
                fields=["property", "cutoff_on"], name="block_cutoff_due", condition=Q(cut_off_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class BlockNight(PropertyScopedModel):
    """One cell of a block's grid: a room type on a night.

    ``current`` is what is promised now (the contract less the wash); ``picked_up`` what was booked from it.
    """

    block = models.ForeignKey(GroupBlock, on_delete=models.CASCADE, related_name="nights", db_index=False)
    room_type = models.ForeignKey(
        "rooms.RoomType", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    night = models.DateField()
    contracted = models.PositiveIntegerField(default=0)
    current = models.PositiveIntegerField(default=0)
    picked_up = models.PositiveIntegerField(default=0)
    price = MoneyField(
        max_digits=14, decimal_places=3, null=True, blank=True, help_text="Per room; else the plan's."
    )

    class Meta:
        ordering = ["block_id", "room_type_id", "night"]
        constraints = [
            models.UniqueConstraint(fields=["block", "room_type", "night"], name="block_night_once"),
            models.CheckConstraint(
                condition=Q(price=None) | Q(price__gte=0), name="block_price_not_negative"
            ),
        ]
        indexes = [models.Index(fields=["property", "night", "room_type"], name="block_night_day")]

    def __str__(self) -> str:
        return f"{self.block_id} {self.night}"
