"""Offers to guests on the waiting list, and business that was turned away."""

from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import OfferStatus, TurnawayReason


class WaitlistOffer(PropertyScopedModel):
    """A room held for a waitlisted stay until ``expires_at``; accepting it confirms the stay."""

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, related_name="waitlist_offers", db_index=False
    )
    hold = models.OneToOneField(
        "reservations.PriceHold", on_delete=models.PROTECT, related_name="waitlist_offer"
    )
    status = models.CharField(max_length=10, choices=OfferStatus, default=OfferStatus.OPEN)
    offered_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["property_id", "-offered_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "reservation"],
                condition=Q(status=OfferStatus.OPEN),
                name="waitlist_one_open_offer",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "expires_at"],
                name="waitlist_offer_due",
                condition=Q(status=OfferStatus.OPEN),
            ),
            models.Index(fields=["property", "reservation"], name="waitlist_offer_of_stay"),
        ]

    def __str__(self) -> str:
        return f"{self.reservation_id} until {self.expires_at:%d %b %H:%M}"


class Turnaway(PropertyScopedModel):
    """Somebody wanted a room and did not get it (denial) or did not take it (regret): unconstrained demand.

    People record them, and the house itself whenever it refuses a sale.
    """

    arrival = models.DateField()
    departure = models.DateField()
    room_type = models.ForeignKey(
        "rooms.RoomType", on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    rooms = models.PositiveSmallIntegerField(default=1)
    adults = models.PositiveSmallIntegerField(null=True, blank=True, help_text="In each room, when told.")
    children = models.PositiveSmallIntegerField(default=0, help_text="In each room, of any age band.")
    reason = models.CharField(max_length=20, choices=TurnawayReason)
    market = models.CharField(max_length=40, blank=True)
    channel_code = models.CharField(max_length=40, blank=True)
    source = models.CharField(max_length=40, blank=True, help_text="Source of business code.")
    business_date = models.DateField(help_text="On which it was turned away.")
    notes = models.CharField(max_length=200, blank=True)
    refusal_key = models.CharField(
        max_length=64,
        blank=True,
        editable=False,
        help_text="By which a repeated request is known; empty for what people record.",
    )

    class Meta:
        ordering = ["property_id", "-business_date", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(departure__gte=F("arrival")), name="turnaway_dates_in_order"),
            models.CheckConstraint(condition=Q(rooms__gte=1), name="turnaway_rooms_positive"),
            models.UniqueConstraint(
                fields=["property", "refusal_key"],
                condition=~Q(refusal_key=""),
                name="turnaway_refusal_once",
            ),
        ]
        indexes = [models.Index(fields=["property", "arrival"], name="turnaway_arrival")]

    def __str__(self) -> str:
        return f"{self.arrival}–{self.departure} {self.reason}"
