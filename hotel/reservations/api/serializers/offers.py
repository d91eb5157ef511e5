"""Offers, availability and price holds."""

from typing import Any

from rest_framework import serializers

from hotel.core.api.serializers import KeptInput, MoneyField
from hotel.core.words import _
from hotel.guests.models import Company
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.rates.domain.guarantees import STRENGTH
from hotel.rates.domain.quotes import stay_quote_dump
from hotel.reservations.api.serializers.bookings import StayInput
from hotel.reservations.api.serializers.commands import OverrideInput
from hotel.reservations.api.serializers.parties import PartyMixin, day_use_read
from hotel.reservations.models import PriceHold
from hotel.reservations.services.holds import MAX_MINUTES, MAX_ROOMS

MAX_SPAN = 366


class IdsField(serializers.ListField):
    """Ids of rows."""

    child = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class SpanInput(KeptInput):
    """A property and a span of dates ``[arrival, departure)``."""

    property = PropertyField()
    arrival = serializers.DateField(help_text="First night.")
    departure = serializers.DateField(help_text="The day the room is left.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """At least one night, at most a year."""
        if not 1 <= (attrs["departure"] - attrs["arrival"]).days <= MAX_SPAN:
            raise serializers.ValidationError(
                {"departure": [_("1 to %(max_span)s days after the arrival.") % {"max_span": MAX_SPAN}]}
            )
        return attrs


class DayOrNightsInput(SpanInput):
    """A span of nights, or some hours of one day."""

    day_use_start = serializers.TimeField(
        required=False, help_text="Day use, local time; the departure is the day of arrival then."
    )
    day_use_end = serializers.TimeField(required=False, help_text="Later on the same day.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Nights as ever; or hours in order, on the day of arrival. ``hours`` holds them, None for nights."""
        hours = attrs["hours"] = day_use_read(attrs)
        if hours is None:
            return super().validate(attrs)
        if attrs["departure"] != attrs["arrival"]:
            raise serializers.ValidationError({"departure": [_("Day use departs on the day it arrives.")]})
        if hours[1] <= hours[0]:
            raise serializers.ValidationError({"day_use_end": [_("Day use ends later on the same day.")]})
        return attrs


class OfferInput(PartyMixin, DayOrNightsInput):
    """What is looked for."""

    room_types = IdsField(required=False, max_length=100)
    rate_plans = IdsField(required=False, max_length=100)
    promo_code = serializers.CharField(max_length=40, required=False, default="", allow_blank=True)
    company = ScopedRelatedField(
        queryset=Company.objects.all(), required=False, allow_null=True, default=None
    )
    rooms = serializers.IntegerField(min_value=1, max_value=MAX_ROOMS, default=1)
    include_closed = serializers.BooleanField(
        default=False, help_text="Also what cannot be booked, with the rules that forbid it."
    )


class AvailabilityInput(DayOrNightsInput):
    """Which nights or hours; with a party also the lowest price."""

    adults = serializers.IntegerField(min_value=1, max_value=99, required=False)
    children = serializers.DictField(
        child=serializers.IntegerField(min_value=0, max_value=99), required=False
    )
    room_types = IdsField(required=False, max_length=100)
    rooms = serializers.IntegerField(min_value=1, max_value=MAX_ROOMS, default=1)


class ExplainInput(SpanInput):
    """Which nights, types and plans are to be explained."""

    room_types = IdsField(required=False, max_length=100)
    rate_plans = IdsField(required=False, max_length=100)


class OfferSerializer(serializers.Serializer):
    """One plan in one type: what it costs night by night, and how many rooms are left."""

    room_type = serializers.IntegerField(source="quote.room_type_id")
    rate_plan = serializers.IntegerField(source="quote.rate_plan_id")
    arrival = serializers.DateField(source="quote.arrival")
    departure = serializers.DateField(source="quote.departure")
    total = MoneyField(source="quote.total")
    net_total = MoneyField(source="quote.net_total")
    tax_total = MoneyField(source="quote.tax_total")
    sellable = serializers.IntegerField(help_text="Rooms left for the whole stay.")
    is_bookable = serializers.BooleanField()
    guarantees = serializers.SerializerMethodField(
        help_text="What is enough to stand behind it, weakest first; `quote.policies.guarantee` says why."
    )
    quote = serializers.SerializerMethodField(help_text="The whole quote: nights, taxes, steps, policies.")

    def get_guarantees(self, offer: Any) -> list[str]:
        """Those at least as strong as the least one asked for; all when none is."""
        asked = offer.quote.policies.get("guarantee")
        return asked["allowed"] if asked else list(STRENGTH)

    def get_quote(self, offer: Any) -> dict[str, Any]:
        """Everything that explains the price."""
        return stay_quote_dump(offer.quote)


class NightFreeSerializer(serializers.Serializer):
    """Rooms left on a night."""

    night = serializers.DateField()
    sellable = serializers.IntegerField()


class TypeAvailabilitySerializer(serializers.Serializer):
    """One room type over the nights asked for."""

    room_type = serializers.IntegerField(source="room_type.pk")
    code = serializers.CharField(source="room_type.code")
    name = serializers.CharField(source="room_type.name")
    sellable = serializers.IntegerField(help_text="Rooms left for the whole stay.")
    min_price = MoneyField(allow_null=True, help_text="Lowest total for the party, when one is given.")
    nights = NightFreeSerializer(many=True)

    def to_representation(self, entry: Any) -> dict[str, Any]:
        """Written out: a field for each value would take longer than the database to count the rooms."""
        price = entry.min_price
        nights = sorted(entry.nights.items())
        return {
            "room_type": entry.room_type.pk,
            "code": entry.room_type.code,
            "name": entry.room_type.name,
            "sellable": entry.sellable,
            "min_price": None if price is None else MoneyField().to_representation(price),
            "nights": [{"night": night.isoformat(), "sellable": free} for night, free in nights],
        }


class AlternativeDatesSerializer(serializers.Serializer):
    """Arrivals nearby with rooms for a stay of the same length."""

    room_type = serializers.IntegerField()
    arrivals = serializers.ListField(child=serializers.DateField())


class AlternativesSerializer(serializers.Serializer):
    """What could be offered instead."""

    room_types = TypeAvailabilitySerializer(many=True)
    dates = AlternativeDatesSerializer(many=True)


class AvailabilitySerializer(serializers.Serializer):
    """What can be sold, and what else when a type is sold out."""

    property = serializers.IntegerField()
    arrival = serializers.DateField()
    departure = serializers.DateField()
    room_types = TypeAvailabilitySerializer(many=True)
    alternatives = AlternativesSerializer(allow_null=True)


class NightCountSerializer(serializers.Serializer):
    """The parts of a counter; free = capacity + overbooking − out of order − sold − blocked − held."""

    capacity = serializers.IntegerField()
    out_of_order = serializers.IntegerField()
    overbooking = serializers.IntegerField()
    sold = serializers.IntegerField()
    blocked = serializers.IntegerField()
    held = serializers.IntegerField()
    day_sold = serializers.IntegerField()
    day_limit = serializers.IntegerField()
    free = serializers.IntegerField()


class NightExplainedSerializer(serializers.Serializer):
    """Why so many of a type can be sold on a night."""

    room_type = serializers.IntegerField(source="room_type_id")
    night = serializers.DateField()
    sellable = serializers.IntegerField()
    is_open = serializers.BooleanField(help_text="Whether the night is opened for sale.")
    limited_by = serializers.ListField(
        child=serializers.IntegerField(allow_null=True),
        help_text="Room types that set the limit; null is the house.",
    )
    count = NightCountSerializer(allow_null=True)
    house = NightCountSerializer(allow_null=True)


class RuleSerializer(serializers.Serializer):
    """A restriction that closes a plan."""

    code = serializers.CharField()
    level = serializers.CharField()
    night = serializers.DateField(allow_null=True)
    text = serializers.CharField()


class PlanExplainedSerializer(serializers.Serializer):
    """Why a plan cannot be sold in a type; no rules means that it can."""

    room_type = serializers.IntegerField()
    rate_plan = serializers.IntegerField()
    rules = RuleSerializer(many=True)


class ExplanationSerializer(serializers.Serializer):
    """Count parts of each night and type, and the rules that close each plan."""

    nights = NightExplainedSerializer(many=True)
    plans = PlanExplainedSerializer(many=True)


class HoldInput(StayInput, OverrideInput):
    """What is held, for how many rooms and minutes."""

    property = PropertyField()
    company = ScopedRelatedField(
        queryset=Company.objects.all(), required=False, allow_null=True, default=None
    )
    quantity = serializers.IntegerField(min_value=1, max_value=MAX_ROOMS, default=1)
    minutes = serializers.IntegerField(
        min_value=1, max_value=MAX_MINUTES, required=False, allow_null=True, default=None
    )


class HoldSerializer(serializers.ModelSerializer):
    """A price hold with the quote it promises."""

    total = MoneyField(source="total_amount", read_only=True)

    class Meta:
        model = PriceHold
        fields = [
            "id", "property", "room_type", "rate_plan", "arrival", "departure", "quantity", "adults", "children",
            "promo_code", "company", "exemptions", "total", "status", "expires_at", "ended_at", "booking",
            "quote", "created_at",
        ]  # fmt: skip
        read_only_fields = fields
