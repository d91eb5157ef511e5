"""Stays that belong together without being one booking."""

from django.db import models

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import LinkKind


class ReservationLink(PropertyScopedModel):
    """Two stays or more that are looked at together; a stay is in one link of each kind at most."""

    kind = models.CharField(max_length=16, choices=LinkKind)
    reservations = models.ManyToManyField("reservations.Reservation", related_name="links")

    class Meta:
        ordering = ["property_id", "id"]
        indexes = [models.Index(fields=["property", "kind"], name="reservation_link_kind")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
