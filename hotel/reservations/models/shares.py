"""Rooms that several stays share."""

from django.db import models

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import RateSplit


class RoomShare(PropertyScopedModel):
    """Two or more stays in one room, each with its own dates, guest and folio.

    Who shares now is said by ``Reservation.share``; the nights that were shared, by ``ReservationNight.share``, also
    when the stays have parted since.
    """

    split = models.CharField(max_length=8, choices=RateSplit)

    class Meta:
        ordering = ["property_id", "id"]

    def __str__(self) -> str:
        return f"{self.get_split_display()} {self.pk}"
