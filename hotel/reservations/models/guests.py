"""Who belongs to a reservation, in which role."""

from django.db import models

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import GuestRole


class ReservationGuest(PropertyScopedModel):
    """A guest's part in a reservation. Exactly one is primary at most; one guest may have two roles."""

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, related_name="guests", db_index=False
    )
    guest = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="stays_of")
    role = models.CharField(max_length=16, choices=GuestRole, default=GuestRole.ACCOMPANYING)

    class Meta:
        ordering = ["reservation_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reservation", "guest", "role"], name="reservation_guest_once"),
            models.UniqueConstraint(
                fields=["reservation"],
                condition=models.Q(role=GuestRole.PRIMARY),
                name="reservation_one_primary_guest",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.guest_id} {self.role} {self.reservation_id}"
