"""Price holds: a price and a room kept for a few minutes while a guest decides."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import HoldStatus
from hotel.reservations.models.reservations import price_field


class PriceHold(PropertyScopedModel):
    """Rooms of one type held at the quoted price until ``expires_at``; counted as ``held`` while active."""

    room_type = models.ForeignKey(
        "rooms.RoomType", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rate_plan = models.ForeignKey(
        "rates.RatePlan", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    arrival = models.DateField()
    departure = models.DateField()
    quantity = models.PositiveSmallIntegerField(default=1)
    adults = models.PositiveSmallIntegerField()
    children = models.JSONField(default=dict)
    child_ages = models.JSONField(default=list)
    promo_code = models.CharField(max_length=40, blank=True)
    company = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    exemptions = models.JSONField(default=list, help_text="Tax exemptions, as on the reservation.")
    quote = models.JSONField(encoder=DjangoJSONEncoder, help_text="The stay quote as promised.")
    total_amount = price_field(help_text="Of one room's stay.")
    status = models.CharField(max_length=16, choices=HoldStatus, default=HoldStatus.ACTIVE)
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    booking = models.ForeignKey(
        "reservations.Booking", on_delete=models.PROTECT, null=True, blank=True, related_name="holds"
    )
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(departure__gt=F("arrival")), name="price_hold_dates_in_order"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="price_hold_quantity_positive"),
            models.CheckConstraint(
                condition=(Q(status=HoldStatus.ACTIVE) & Q(ended_at=None))
                | (~Q(status=HoldStatus.ACTIVE) & Q(ended_at__isnull=False)),
                name="price_hold_ended_when_not_active",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "expires_at"],
                name="price_hold_due",
                condition=Q(status=HoldStatus.ACTIVE),
            )
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"
