"""The change log of a reservation: who did what, when and why."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from hotel.core.clock import now
from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import ChangeKind


class ReservationChange(PropertyScopedModel):
    """One command on a reservation; never changed or deleted. ``actor`` is None for the house itself."""

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, related_name="changes"
    )
    kind = models.CharField(max_length=16, choices=ChangeKind)
    version = models.PositiveIntegerField(help_text="Of the reservation after the change.")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField(default=now)
    business_date = models.DateField()
    before = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="Changed fields only.")
    after = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="Changed fields only.")
    reason = models.CharField(max_length=400, blank=True)

    class Meta:
        ordering = ["reservation_id", "id"]
        indexes = [
            models.Index(
                fields=["property", "business_date"],
                name="reservation_cancelled_on",
                condition=models.Q(kind=ChangeKind.CANCELLED),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reservation_id}"
