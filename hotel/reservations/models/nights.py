"""Nightly slices: what each night was sold as and for."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.models.reservations import price_field


class ReservationNight(PropertyScopedModel):
    """One night (or the one day of day use) of a reservation with its price as sold.

    ``room_type`` is what takes inventory; ``rate_room_type`` what the price is for (an upgrade keeps the
    price of the smaller room). ``total`` is all the guest pays for the night. ``price_detail`` is the
    whole ``NightPrice`` as JSON: taxes, packages and the steps that explain it.

    Of the stays that share a room one ``holds_room`` and takes inventory for all. A night whose price is a part of
    the shared room keeps in ``alone_detail`` what it was sold for.
    """

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, related_name="nights", db_index=False
    )
    night = models.DateField(help_text="Business date.")
    room_type = models.ForeignKey(
        "rooms.RoomType", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rate_room_type = models.ForeignKey(
        "rooms.RoomType", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    rate_plan = models.ForeignKey(
        "rates.RatePlan", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    adults = models.PositiveSmallIntegerField()
    children = models.JSONField(default=dict, help_text="Age band code to count.")
    room_net = price_field()
    room_gross = price_field()
    total = price_field()
    price_detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    share = models.ForeignKey(
        "reservations.RoomShare",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="nights",
        db_index=False,
    )
    holds_room = models.BooleanField(default=True, help_text="Takes the room from the counters.")
    alone_detail = models.JSONField(
        null=True,
        blank=True,
        encoder=DjangoJSONEncoder,
        help_text="The price as sold, when a part of it counts.",
    )
    is_taken_over = models.BooleanField(default=False, editable=False, help_text="Priced by another system.")

    class Meta:
        ordering = ["reservation_id", "night"]
        constraints = [
            models.UniqueConstraint(fields=["reservation", "night"], name="reservation_night_once"),
            models.UniqueConstraint(
                fields=["share", "night"],
                condition=models.Q(holds_room=True),
                name="reservation_night_held_once",
            ),
            models.CheckConstraint(
                condition=models.Q(holds_room=True) | models.Q(share__isnull=False),
                name="reservation_night_held_by_sharer",
            ),
            models.CheckConstraint(
                condition=models.Q(total__gte=0) | models.Q(is_taken_over=True),
                name="reservation_night_not_negative",
            ),
        ]
        indexes = [models.Index(fields=["property", "night", "room_type"], name="reservation_night_day")]

    def __str__(self) -> str:
        return f"{self.reservation_id} {self.night}"
