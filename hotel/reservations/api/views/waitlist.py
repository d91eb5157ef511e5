"""The waiting list with its offers, and business that was turned away."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.viewsets import ReadMixin
from hotel.properties.api.mixins import ReadViewSet
from hotel.reservations.api.filters import TurnawayFilter, WaitlistFilter, WaitlistOfferFilter
from hotel.reservations.api.serializers.commands import GuaranteeInput
from hotel.reservations.api.serializers.reservations import CommandResultSerializer, ReservationSerializer
from hotel.reservations.api.serializers.waitlist import (
    TurnawayInput,
    TurnawaySerializer,
    WaitlistOfferInput,
    WaitlistOfferSerializer,
)
from hotel.reservations.api.views.reservations import CommandViewSet
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation, Turnaway, WaitlistOffer
from hotel.reservations.services.turnaways import TurnawayData, turnaway_record
from hotel.reservations.services.waitlist import waitlist_accept, waitlist_decline, waitlist_offer


class WaitlistViewSet(ReadViewSet):
    """Stays that wait for a room, most urgent first; they take no inventory until an offer is accepted."""

    area = "reservations"
    queryset = Reservation.objects.with_parts().with_rooms().filter(status=ReservationStatus.WAITLISTED)
    serializer_class = ReservationSerializer
    filterset_class = WaitlistFilter
    ordering_fields: ClassVar[list[str]] = ["arrival", "booked_at"]
    default_ordering = ("-waitlist_priority", "booked_at", "pk")
    verbs: ClassVar[dict[str, str]] = {"offer": "manage"}

    @extend_schema(request=WaitlistOfferInput, responses={201: WaitlistOfferSerializer})
    @action(detail=True, methods=["post"])
    def offer(self, request: Any, pk: Any = None) -> Response:
        """Hold a room for the stay and offer it until the offer expires."""
        body = WaitlistOfferInput(data=request.data)
        body.is_valid(raise_exception=True)
        made = waitlist_offer(reservation=self.get_object(), actor=request.user, **body.validated_data)
        return Response(WaitlistOfferSerializer(made).data, status=201)


class WaitlistOfferViewSet(ReadMixin, CommandViewSet):
    """Offers to waiting guests: each holds a room until it is accepted, declined or expires."""

    area = "reservations"
    queryset = WaitlistOffer.objects.select_related("reservation", "hold")
    serializer_class = WaitlistOfferSerializer
    filterset_class = WaitlistOfferFilter
    ordering_fields: ClassVar[list[str]] = ["offered_at", "expires_at"]
    verbs: ClassVar[dict[str, str]] = {"accept": "manage", "decline": "manage"}
    idempotent = frozenset({"accept"})

    @extend_schema(request=GuaranteeInput, responses=CommandResultSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Any, pk: Any = None) -> Response:
        """Confirm the stay with the room that was held for it."""
        body = self.body(GuaranteeInput)
        return self.result(
            waitlist_accept(offer=self.get_object(), actor=request.user, **body.validated_data)
        )

    @extend_schema(request=None, responses=WaitlistOfferSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Any, pk: Any = None) -> Response:
        """Give the held room back; the stay goes on waiting."""
        return Response(WaitlistOfferSerializer(waitlist_decline(offer=self.get_object())).data)


class TurnawayViewSet(ReadViewSet):
    """Business that was turned away: denials are ours, regrets the guest's. It feeds unconstrained demand.

    A booking, a pick-up of a block, a walk-in or a price hold that is refused for want of rooms or by a restriction is
    recorded by itself, with its dates, type, party, channel and source: one entry for equal stays, once for a request
    however often it is repeated. Everything else is recorded by people.
    """

    area = "reservations"
    queryset = Turnaway.objects.all()
    serializer_class = TurnawaySerializer
    filterset_class = TurnawayFilter
    ordering_fields: ClassVar[list[str]] = ["business_date", "arrival"]

    @extend_schema(request=TurnawayInput, responses={201: TurnawaySerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Record one denial or regret on the open business date."""
        body = TurnawayInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        attrs = dict(body.validated_data)
        made = turnaway_record(place=attrs.pop("property"), data=TurnawayData(**attrs))
        return Response(TurnawaySerializer(made).data, status=201)
