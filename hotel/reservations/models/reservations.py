"""Reservations: one room's stay, with the policies it was sold under."""

from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from djmoney.models.fields import MoneyField

from hotel.core.models_base import Versioned
from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import Guarantee, ReservationStatus
from hotel.reservations.querysets import ReservationQuerySet


def price_field(**options: Any) -> MoneyField:
    """Money of a stay: up to 11 digits before the point and the three places of the finest currencies."""
    return MoneyField(max_digits=14, decimal_places=3, **options)


class Reservation(PropertyScopedModel, Versioned):
    """The stay of one room: ``[arrival, departure)`` in business dates, sold as a type, the room comes later.

    The status changes by commands only. ``policies`` is the frozen copy of the cancellation, deposit and
    no-show rules as sold; ``policy_arrival`` is the earliest arrival the stay ever had, so that moving the
    arrival to a later day never re-opens a free cancellation that had passed.
    """

    booking = models.ForeignKey("reservations.Booking", on_delete=models.PROTECT, related_name="reservations")
    number = models.CharField(max_length=40, editable=False)
    status = models.CharField(max_length=16, choices=ReservationStatus)
    arrival = models.DateField(help_text="First night, business date.")
    departure = models.DateField(help_text="The day the room is left; equal to the arrival for day use.")
    room_type = models.ForeignKey(
        "rooms.RoomType", on_delete=models.PROTECT, related_name="+", db_index=False, help_text="Sold."
    )
    rate_plan = models.ForeignKey(
        "rates.RatePlan", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    adults = models.PositiveSmallIntegerField()
    children = models.JSONField(default=dict, help_text="Age band code to count.")
    child_ages = models.JSONField(default=list, help_text="Full years on the arrival day, when told.")
    primary_guest = models.ForeignKey(
        "guests.Guest", on_delete=models.PROTECT, null=True, blank=True, related_name="reservations"
    )
    guarantee = models.CharField(max_length=16, choices=Guarantee, default=Guarantee.NONE)
    eta = models.TimeField(null=True, blank=True, help_text="Expected arrival, local time.")
    etd = models.TimeField(null=True, blank=True, help_text="Expected departure, local time.")
    is_room_locked = models.BooleanField(default=False, help_text="Do not move to another room.")
    is_confidential = models.BooleanField(default=False)
    is_complimentary = models.BooleanField(default=False)
    is_house_use = models.BooleanField(default=False)
    is_walk_in = models.BooleanField(default=False)
    is_taken_over = models.BooleanField(
        default=False,
        editable=False,
        help_text="Recorded as another system sold it, also without an adult or at a price below zero.",
    )
    is_day_use = models.BooleanField(default=False)
    day_use_start = models.TimeField(null=True, blank=True, help_text="Local time.")
    day_use_end = models.TimeField(null=True, blank=True, help_text="Local time.")
    hold_expires_at = models.DateTimeField(null=True, blank=True, help_text="Until when an option is held.")
    promo_code = models.CharField(max_length=40, blank=True)
    exemptions = models.JSONField(
        default=list,
        help_text="Tax exemptions: certificate numbers, or reasons such as resident or resident:2.",
    )
    policies = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="Frozen as sold.")
    policy_arrival = models.DateField(help_text="The arrival that cancellation deadlines are counted from.")
    booked_at = models.DateTimeField()
    booked_on = models.DateField(help_text="Business date.")
    total_amount = price_field(help_text="All nights and stay taxes.")
    stay_tax_amount = price_field(help_text="Taxes charged once for the whole stay.")
    stay_taxes = models.JSONField(
        default=list, encoder=DjangoJSONEncoder, help_text="Those taxes, line by line."
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancellation_number = models.CharField(max_length=60, blank=True)
    fee_amount = price_field(null=True, blank=True, help_text="Of a cancellation or no-show, after waiver.")
    cancel_reason = models.CharField(max_length=200, blank=True)
    no_show_at = models.DateTimeField(null=True, blank=True)
    block = models.ForeignKey(
        "reservations.GroupBlock",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reservations",
        help_text="The group block it was picked up from.",
    )
    room_wishes = models.JSONField(default=dict, blank=True, help_text="Room feature code to weight, 1–100.")
    share = models.ForeignKey(
        "reservations.RoomShare",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reservations",
        db_index=False,
        help_text="With whom the room is shared now.",
    )
    share_position = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Among those who share: the first who is there pays an entire room."
    )
    share_weight = models.DecimalField(
        max_digits=12, decimal_places=3, null=True, blank=True, help_text="Of a custom split."
    )
    waitlist_priority = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="While it waits: the highest is served first."
    )

    objects = ReservationQuerySet.as_manager()

    class Meta:
        ordering = ["property_id", "arrival", "id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "number"], name="reservation_number_once"),
            models.UniqueConstraint(
                fields=["property", "cancellation_number"],
                condition=~Q(cancellation_number=""),
                name="reservation_cancellation_number_once",
            ),
            models.CheckConstraint(
                condition=Q(is_day_use=False, departure__gt=F("arrival"))
                | Q(is_day_use=True, departure=F("arrival"), day_use_end__gt=F("day_use_start")),
                name="reservation_dates_in_order",
            ),
            models.CheckConstraint(
                condition=Q(adults__gte=1) | Q(is_taken_over=True), name="reservation_has_adult"
            ),
            models.CheckConstraint(
                condition=~Q(status=ReservationStatus.OPTION) | Q(hold_expires_at__isnull=False),
                name="reservation_option_expires",
            ),
            models.CheckConstraint(
                condition=~Q(status=ReservationStatus.WAITLISTED) | Q(waitlist_priority__isnull=False),
                name="reservation_waiting_has_priority",
            ),
            models.CheckConstraint(
                condition=Q(share=None, share_position=None, share_weight=None)
                | Q(share__isnull=False, share_position__isnull=False, is_day_use=False),
                name="reservation_share_has_position",
            ),
            models.CheckConstraint(
                condition=Q(policy_arrival__lte=F("arrival")), name="reservation_policy_arrival_earliest"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="reservation_version_positive"),
            models.CheckConstraint(
                condition=(Q(total_amount__gte=0) | Q(is_taken_over=True))
                & (Q(fee_amount=None) | Q(fee_amount__gte=0)),
                name="reservation_amounts_not_negative",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "arrival"], name="reservation_arrival"),
            models.Index(fields=["property", "departure", "arrival"], name="reservation_departure"),
            models.Index(fields=["property", "status", "arrival"], name="reservation_status"),
            models.Index(
                fields=["property", "arrival"],
                name="reservation_release_due",
                condition=Q(status=ReservationStatus.CONFIRMED, guarantee=Guarantee.HOLD_6PM),
            ),
            models.Index(
                fields=["property", "share"], name="reservation_sharing", condition=Q(share__isnull=False)
            ),
            models.Index(
                fields=["property", "hold_expires_at"],
                name="reservation_option_due",
                condition=Q(status=ReservationStatus.OPTION),
            ),
        ]

    def __str__(self) -> str:
        return self.number
