"""Bookings: made, shown, and commanded as a whole."""

from dataclasses import replace
from typing import Any, ClassVar

from django.db.models import Prefetch
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import etag, expected_version
from hotel.core.exceptions import InvalidInput
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.reservations.api.filters import BookingFilter
from hotel.reservations.api.serializers.bookings import (
    BookingInput,
    BookingResultSerializer,
    BookingSerializer,
    BookingSplitInput,
    ReservationsInput,
    reservation_data,
)
from hotel.reservations.api.serializers.commands import CancelInput, ReasonInput
from hotel.reservations.models import Booking, Reservation
from hotel.reservations.services.booking_data import BookingData
from hotel.reservations.services.bookings import BookingResult, booking_create, reservations_add
from hotel.reservations.services.cancellations import booking_cancel
from hotel.reservations.services.commands import CommandResult
from hotel.reservations.services.copies import booking_split
from hotel.reservations.services.details import booking_describe
from hotel.reservations.services.reinstatements import booking_reinstate

PARTS = Prefetch("reservations", Reservation.objects.with_parts().with_rooms().order_by("pk"))


class BookingViewSet(ReadViewSet):
    """Bookings: one booker, one confirmation number, one or more stays that are sold together or not at all."""

    area = "reservations"
    queryset = Booking.objects.prefetch_related(PARTS)
    serializer_class = BookingSerializer
    filterset_class = BookingFilter
    ordering_fields: ClassVar[list[str]] = ["booked_at"]
    http_method_names: ClassVar[list[str]] = ["get", "patch", "post", "head", "options"]
    verbs: ClassVar[dict[str, str]] = {
        "cancel": "manage",
        "reinstate": "manage",
        "reservations": "manage",
        "split": "manage",
    }
    idempotent = frozenset({"create", "reservations", "split"})
    versioned = frozenset({"retrieve", "partial_update"})

    @extend_schema(request=BookingInput, responses={201: BookingSerializer, 200: BookingSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Sell one or more stays: all or none. A channel's number sent again answers 200 with the first booking."""
        body = BookingInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        data = body.data_of_booking()
        result = booking_create(place=body.validated_data["property"], data=data, actor=request.user)
        return self.made(result) if result.is_new else self.shown(result.booking)

    @extend_schema(responses=BookingSerializer)
    def partial_update(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Change the texts of a booking: notes, group name, market, source."""
        booking = self.get_object()
        body = self.get_serializer(booking, data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        changed = booking_describe(
            booking=booking,
            changes=body.validated_data,
            actor=request.user,
            expected_version=expected_version(request),
        )
        return self.shown(changed)

    @extend_schema(request=ReservationsInput, responses={201: BookingSerializer})
    @action(detail=True, methods=["post"])
    def reservations(self, request: Any, pk: Any = None) -> Response:
        """Add stays to the booking: all of them or none."""
        booking = self.get_object()
        body = ReservationsInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        stays = tuple(
            reservation_data(stay, booking.property_id) for stay in body.validated_data["reservations"]
        )
        data = BookingData(
            reservations=stays,
            booker=booking.booker,
            company=booking.company,
            override_reason=body.validated_data["override_reason"],
        )
        reservations_add(booking=booking, data=data, actor=request.user)
        return self.shown(booking, status=201)

    @extend_schema(request=CancelInput, responses=BookingResultSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: Any = None) -> Response:
        """Cancel all stays that are still open: all of them or none."""
        body = CancelInput(data=request.data)
        body.is_valid(raise_exception=True)
        booking = self.get_object()
        return self.results(
            booking, booking_cancel(booking=booking, actor=request.user, waiver=body.waiver())
        )

    @extend_schema(request=ReasonInput, responses=BookingResultSerializer)
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Any, pk: Any = None) -> Response:
        """Reinstate all cancelled and missed stays: all of them or none."""
        body = ReasonInput(data=request.data)
        body.is_valid(raise_exception=True)
        booking = self.get_object()
        return self.results(
            booking, booking_reinstate(booking=booking, actor=request.user, **body.validated_data)
        )

    @extend_schema(request=BookingSplitInput, responses={201: BookingSerializer})
    @action(detail=True, methods=["post"])
    def split(self, request: Any, pk: Any = None) -> Response:
        """Take some rooms out into a booking of their own; answers with the new booking."""
        booking = self.get_object()
        body = BookingSplitInput(data=request.data)
        body.is_valid(raise_exception=True)
        ids = body.validated_data["reservations"]
        rows = list(booking.reservations.filter(pk__in=ids))
        if len(rows) != len(ids):
            raise InvalidInput(_("Name reservations of this booking."), code="split_invalid")
        return self.shown(booking_split(booking=booking, reservations=rows, actor=request.user), status=201)

    def made(self, result: BookingResult) -> Response:
        """A booking just made, as it stands in memory: reading it again would find the same, and no room yet."""
        for row in result.reservations:
            row.rooms_now = []
        # What a prefetch leaves behind, so that the serializer finds the rows.
        result.booking._prefetched_objects_cache = {"reservations": result.reservations}
        response = Response(self.get_serializer(result.booking).data, status=201)
        response["ETag"] = etag(result.booking.version)
        return response

    def shown(self, booking: Booking, *, status: int = 200) -> Response:
        """A booking read fresh with its reservations."""
        fresh = Booking.objects.prefetch_related(PARTS).get(pk=booking.pk)
        response = Response(self.get_serializer(fresh).data, status=status)
        response["ETag"] = etag(fresh.version)
        return response

    def results(self, booking: Booking, results: list[CommandResult]) -> Response:
        """What a command did to each stay."""
        whole = Prefetch("reservations", Reservation.objects.whole().order_by("pk"))
        fresh = Booking.objects.prefetch_related(whole).get(pk=booking.pk)
        rows = {row.pk: row for row in fresh.reservations.all()}
        done = [replace(result, reservation=rows[result.reservation.pk]) for result in results]
        data = {"booking": fresh, "results": done}
        return Response(BookingResultSerializer(data, context=self.get_serializer_context()).data)
