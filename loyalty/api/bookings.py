"""Booking stays with points over the API."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.examples import example
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.api.mixins import PropertyField, ScopedRelatedField
from hotel.properties.scoping import grants_of
from hotel.reservations.api.serializers.bookings import StayInput, reservation_data
from loyalty.api import reward_serializers
from loyalty.api.base import ProgramViewSet
from loyalty.models import Reward
from loyalty.services.bookings import StayAsked, StayBooked, stay_book, stay_quote


@example(
    "Three nights, two of them free", property=1, reward=3, room_type=2, rate_plan=1, arrival="2027-06-18",
    departure="2027-06-21", adults=2, past_day="2027-06-20",
)  # fmt: skip
class StayAskedInput(StayInput):
    """A stay as any booking has it, and what of it is paid with points."""

    property = PropertyField(help_text="The hotel.")
    reward = ScopedRelatedField(queryset=Reward.objects.all(), help_text="Free nights.")
    past_day = serializers.DateField(
        required=False, allow_null=True, default=None,
        help_text="The day after the last free night; all nights are free when empty.",
    )  # fmt: skip
    points = serializers.IntegerField(
        min_value=1, max_value=reward_serializers.POINTS, required=False, allow_null=True, default=None,
        help_text="How many of the points he gives; the rest is money. All when empty.",
    )  # fmt: skip


class StayQuoteSerializer(serializers.Serializer):
    """What a stay costs in points and money."""

    points = serializers.IntegerField(source="redemption.points")
    price = serializers.IntegerField(source="redemption.price", help_text="Points for one night.")
    because = serializers.SerializerMethodField()
    free_nights = serializers.IntegerField(source="redemption.quantity")
    cash = serializers.DecimalField(
        source="redemption.cash", max_digits=14, decimal_places=3, help_text="The part of the free nights in money."
    )  # fmt: skip
    to_pay = serializers.DecimalField(
        max_digits=14, decimal_places=3, help_text="In the hotel's currency: that part, and the other nights."
    )

    def get_because(self, booked: StayBooked) -> list[dict[str, Any]]:
        """The way to the price of a night."""
        return reward_serializers.reasons(booked.redemption.because)


class StayBookedSerializer(StayQuoteSerializer):
    """A stay that is booked."""

    reservation = serializers.IntegerField(source="reservation.pk")
    number = serializers.CharField(source="reservation.number")
    redemption = serializers.IntegerField(source="redemption.pk")


class MemberBooking(ProgramViewSet):
    """What booking with points adds to the endpoint of members."""

    is_abstract: ClassVar[bool] = True

    @extend_schema(
        request=StayAskedInput,
        responses={201: StayBookedSerializer},
    )
    @action(detail=True, methods=["post"])
    def book(self, request: Any, pk: int) -> Response:
        """Book a stay and redeem its free nights: both or neither. Needs the right to book at the hotel, too."""
        booked = stay_book(asked=self._stay(), actor=request.user)
        return self.answer(StayBookedSerializer(booked).data, status=201)

    @extend_schema(request=StayAskedInput, responses=StayQuoteSerializer)
    @action(detail=True, methods=["post"], url_path="book/quote")
    def book_quote(self, request: Any, pk: int) -> Response:
        """What that would cost now, and why; nothing is booked."""
        return self.answer(StayQuoteSerializer(stay_quote(asked=self._stay(), actor=request.user)).data)

    def _stay(self) -> StayAsked:
        member = self.get_object()
        said = self.read(StayAskedInput)
        place = said["property"]
        if place.pk not in grants_of(self.request.user).property_ids("manage", "reservations"):
            raise NotPermitted(_("This needs the right to book at the hotel."))
        return StayAsked(
            member=member,
            reward=said["reward"],
            place=place,
            stay=reservation_data(said, place.pk),
            past_day=said["past_day"],
            points=said["points"],
        )
