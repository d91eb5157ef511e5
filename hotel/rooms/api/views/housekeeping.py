"""Endpoints of housekeeping."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.rooms.api import filters
from hotel.rooms.api.serializers import rooms as serializers
from hotel.rooms.choices import StatusSource
from hotel.rooms.models import Room, RoomStatusChange
from hotel.rooms.selectors.housekeeping import housekeeping_rooms
from hotel.rooms.services.status import rooms_status_set


class HousekeepingViewSet(ReadViewSet):
    """The rooms of the business date with their status, tonight's hold and whether someone is in."""

    area = "rooms"
    verbs: ClassVar[dict[str, str]] = {"status": "status"}
    queryset = Room.objects.all()
    serializer_class = serializers.HousekeepingRoomSerializer
    filterset_class = filters.HousekeepingFilter
    search_fields = ["number"]
    ordering_fields = ["number", "housekeeping_status"]
    default_ordering = ["property_id", "number"]

    def get_queryset(self) -> Any:
        """Rooms of today."""
        return housekeeping_rooms(super().get_queryset())

    @extend_schema(
        request=serializers.RoomsStatusSerializer, responses=serializers.HousekeepingRoomSerializer(many=True)
    )
    @action(detail=False, methods=["post"], filterset_class=None, pagination_class=None)
    def status(self, request: Any) -> Response:
        """Set the status of several rooms of a property, all or none; the answer lists them."""
        form = serializers.RoomsStatusSerializer(data=request.data, context=self.get_serializer_context())
        form.is_valid(raise_exception=True)
        values = form.validated_data
        wanted = set(values["rooms"])
        known = Room.objects.at(values["property"].pk).filter(pk__in=wanted)
        if len(known) < len(wanted):
            raise ValidationError({"rooms": [_("Some of these rooms are not of this property.")]})
        rooms_status_set(
            room_ids=wanted,
            status=values["status"],
            source=StatusSource.HOUSEKEEPING,
            user=request.user,
            note=values["note"],
            expected=values.get("expected_status"),
        )
        rows = housekeeping_rooms(known.all()).order_by("number")
        return self.answer(serializers.HousekeepingRoomSerializer(rows, many=True).data)


class RoomStatusChangeViewSet(ReadViewSet):
    """Who changed a room's housekeeping status when, from what to what; newest first."""

    area = "rooms"
    queryset = RoomStatusChange.objects.select_related("property", "room")
    serializer_class = serializers.RoomStatusChangeSerializer
    filterset_class = filters.RoomStatusChangeFilter
    search_fields = ["room__number", "note"]
    ordering_fields = ["changed_at"]
    default_ordering = ["-changed_at"]
