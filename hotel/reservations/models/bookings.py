"""Bookings: one booker, one confirmation number, one or more stays."""

from django.db import models
from django.db.models import Q

from hotel.core.models_base import Versioned
from hotel.properties.scoping import PropertyScopedModel


class Booking(PropertyScopedModel, Versioned):
    """What somebody booked in one go. Each room's stay is a reservation of its own."""

    confirmation_number = models.CharField(max_length=32, editable=False)
    booker = models.ForeignKey(
        "guests.Guest", on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    company = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="bookings"
    )
    agent = models.ForeignKey(
        "guests.Company", on_delete=models.PROTECT, null=True, blank=True, related_name="agent_bookings"
    )
    channel_code = models.CharField(max_length=40, blank=True, help_text="Where it came in, such as direct.")
    external_id = models.CharField(max_length=120, blank=True, help_text="The number the channel gave it.")
    market = models.CharField(max_length=40, blank=True, help_text="Market segment code.")
    source = models.CharField(max_length=40, blank=True, help_text="Source of business code.")
    currency = models.CharField(max_length=3)
    group_name = models.CharField(max_length=120, blank=True)
    notes = models.TextField(blank=True)
    booked_at = models.DateTimeField()
    booked_on = models.DateField(help_text="Business date.")
    booked_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    import_run = models.ForeignKey(
        "reservations.ImportRun",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="bookings",
        db_index=False,
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "confirmation_number"], name="booking_number_once"),
            models.UniqueConstraint(
                fields=["property", "channel_code", "external_id"],
                condition=~Q(external_id=""),
                name="booking_external_id_once",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "booked_on"], name="booking_booked_on"),
            models.Index(
                fields=["property", "import_run"],
                name="booking_import_run",
                condition=Q(import_run__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.confirmation_number
