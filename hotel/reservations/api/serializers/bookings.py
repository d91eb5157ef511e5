"""Bookings as they are made and shown."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import KeptFieldsSerializer, KeptInput
from hotel.core.words import _
from hotel.guests.api.fields import GuestField
from hotel.guests.models import Company
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.rates.models import RatePlan
from hotel.reservations.api.serializers.commands import OverrideInput
from hotel.reservations.api.serializers.parties import (
    MAX_PRIORITY,
    NightPriceInput,
    PartyMixin,
    WishesField,
    day_use_read,
    occupancy_read,
    prices_read,
)
from hotel.reservations.api.serializers.reservations import CommandResultSerializer, ReservationSerializer
from hotel.reservations.choices import Guarantee, GuestRole, ReservationStatus
from hotel.reservations.models import Booking, PriceHold
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.drafts import BOOKABLE, FLAGS
from hotel.rooms.models import RoomType

MAX_ROOMS = 100


class GuestRoleInput(KeptInput):
    """A further guest of a stay."""

    guest = GuestField()
    role = serializers.ChoiceField(
        choices=[choice for choice in GuestRole.choices if choice[0] != GuestRole.PRIMARY],
        default=GuestRole.ACCOMPANYING,
    )


class StayInput(PartyMixin):
    """What is sold: type, plan, dates, party."""

    room_type = ScopedRelatedField(queryset=RoomType.objects.all())
    rate_plan = ScopedRelatedField(queryset=RatePlan.objects.all())
    arrival = serializers.DateField()
    departure = serializers.DateField()
    promo_code = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    exemptions = serializers.ListField(
        child=serializers.CharField(max_length=60),
        required=False,
        max_length=10,
        help_text="Tax exemptions: certificate numbers, or reasons such as resident or resident:2 (persons).",
    )
    prices = NightPriceInput(many=True, required=False)
    discount_rate = serializers.DecimalField(
        max_digits=5, decimal_places=4, min_value=0, max_value=1, required=False, default=0
    )


class ReservationInput(StayInput):
    """One room's stay of a new booking."""

    status = serializers.ChoiceField(
        choices=[choice for choice in ReservationStatus.choices if choice[0] in BOOKABLE],
        default=ReservationStatus.CONFIRMED,
    )
    guarantee = serializers.ChoiceField(choices=Guarantee.choices, default=Guarantee.NONE)
    primary_guest = GuestField(required=False, allow_null=True)
    guests = GuestRoleInput(many=True, required=False)
    eta = serializers.TimeField(required=False, allow_null=True, default=None)
    etd = serializers.TimeField(required=False, allow_null=True, default=None)
    day_use_start = serializers.TimeField(required=False, allow_null=True, default=None)
    day_use_end = serializers.TimeField(required=False, allow_null=True, default=None)
    hold_until = serializers.DateTimeField(required=False, allow_null=True, default=None)
    hold = ScopedRelatedField(
        queryset=PriceHold.objects.all(), required=False, allow_null=True, help_text="A price hold to use up."
    )
    is_confidential = serializers.BooleanField(default=False)
    is_complimentary = serializers.BooleanField(default=False)
    is_house_use = serializers.BooleanField(default=False)
    is_walk_in = serializers.BooleanField(default=False)
    note = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    waitlist_priority = serializers.IntegerField(
        min_value=0, max_value=MAX_PRIORITY, required=False, allow_null=True, default=None
    )
    room_wishes = WishesField(required=False, default=dict)


def reservation_data(attrs: dict[str, Any], property_id: int) -> ReservationData:
    """A validated stay as data for the service."""
    occupancy = occupancy_read(attrs, property_id)
    assert occupancy is not None  # noqa: S101  (adults is required)
    same = ("room_type", "rate_plan", "arrival", "departure", "promo_code", "discount_rate")
    optional = (
        "status", "guarantee", "primary_guest", "eta", "etd", "hold_until", "hold", "note", "waitlist_priority",
        "room_wishes",
    )  # fmt: skip
    return ReservationData(
        **{name: attrs[name] for name in same},
        **{name: attrs[name] for name in optional if name in attrs},
        occupancy=occupancy,
        guests=tuple((row["guest"], row["role"]) for row in attrs.get("guests") or []),
        exemptions=tuple(attrs.get("exemptions") or ()),
        day_use=day_use_read(attrs),
        prices=prices_read(attrs.get("prices")),
        flags=frozenset(name for name in FLAGS if attrs.get(name)),
    )


class BookingInput(OverrideInput):
    """A new booking: all stays or none."""

    property = PropertyField()
    booker = GuestField(required=False, allow_null=True, default=None)
    company = ScopedRelatedField(
        queryset=Company.objects.all(), required=False, allow_null=True, default=None
    )
    agent = ScopedRelatedField(queryset=Company.objects.all(), required=False, allow_null=True, default=None)
    channel_code = serializers.CharField(max_length=40, required=False, default="direct")
    external_id = serializers.CharField(
        max_length=120,
        required=False,
        default="",
        allow_blank=True,
        help_text="The channel's own number; sent again, it answers with the booking made first.",
    )
    market = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    source = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    group_name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    notes = serializers.CharField(max_length=4000, required=False, default="", allow_blank=True)
    reservations = ReservationInput(many=True, allow_empty=False, max_length=MAX_ROOMS)

    def data_of_booking(self) -> BookingData:
        """The validated body as data for the service."""
        attrs = dict(self.validated_data)
        place = attrs.pop("property")
        stays = attrs.pop("reservations")
        return BookingData(**attrs, reservations=tuple(reservation_data(stay, place.pk) for stay in stays))


class ReservationsInput(OverrideInput):
    """Further stays for a booking."""

    reservations = ReservationInput(many=True, allow_empty=False, max_length=MAX_ROOMS)


class BookingSplitInput(serializers.Serializer):
    """Which reservations leave the booking."""

    reservations = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        allow_empty=False,
        max_length=MAX_ROOMS,
    )

    def validate_reservations(self, value: list[int]) -> list[int]:
        """Each once."""
        if len(set(value)) != len(value):
            raise serializers.ValidationError(_("Name each reservation once."))
        return value


class BookingSerializer(KeptFieldsSerializer):
    """A booking with its reservations. PATCH changes its texts only."""

    reservations = ReservationSerializer(many=True, read_only=True)

    class Meta:
        model = Booking
        fields = [
            "id", "property", "confirmation_number", "booker", "company", "agent", "channel_code", "external_id",
            "market", "source", "currency", "group_name", "notes", "booked_at", "booked_on", "reservations", "version",
            "updated_at",
        ]  # fmt: skip
        read_only_fields = [
            name for name in fields if name not in {"market", "source", "group_name", "notes"}
        ]


class BookingResultSerializer(serializers.Serializer):
    """What commands on a whole booking answer."""

    booking = BookingSerializer()
    results = CommandResultSerializer(many=True)
