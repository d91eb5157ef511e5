"""Endpoints of rooms."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.properties.api.mixins import ReadViewSet
from hotel.rooms.api import filters
from hotel.rooms.api.serializers import rooms as serializers
from hotel.rooms.choices import StatusSource
from hotel.rooms.models import Room
from hotel.rooms.services.rooms import (
    room_change,
    room_close,
    room_create,
    room_delete,
    room_reopen,
    room_retype,
)
from hotel.rooms.services.status import room_status_set


class RoomViewSet(ReadViewSet):
    """Rooms and suites. They are opened and closed with dates, because the past was counted with them."""

    area = "rooms"
    verbs: ClassVar[dict[str, str]] = {
        "close": "manage",
        "reopen": "manage",
        "retype": "manage",
        "status": "status",
    }
    queryset = Room.objects.select_related("property", "room_type").prefetch_related(
        "features", "beds", "parts", "connects_to"
    )
    serializer_class = serializers.RoomSerializer
    filterset_class = filters.RoomFilter
    search_fields = ["number", "room_type__code", "room_type__name"]
    ordering_fields = ["number", "opened_on"]
    default_ordering = ["property_id", "number"]
    versioned: ClassVar[frozenset[str]] = frozenset({"retrieve", "create", "partial_update"})

    def create(self, request: Any) -> Response:
        """Open a room; it counts from ``opened_on``, the open business date unless given."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        room = room_create(
            place=form.validated_data["property"], contents=serializers.room_contents(form.validated_data)
        )
        return self.shown(room, status=201)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a room's number, place or equipment; its opening day only as long as no counted night changes."""
        room = self.get_object()
        form = self.get_serializer(room, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        room = room_change(
            room=room,
            contents=serializers.room_contents(form.validated_data),
            version=expected_version(request),
        )
        return self.shown(room)

    def destroy(self, request: Any, pk: int) -> Response:
        """Delete a room that was never counted, taken or held; close others with a date."""
        room_delete(room=self.get_object())
        return self.answer(None, status=204)

    @extend_schema(request=serializers.RoomCloseSerializer, responses=serializers.RoomSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """Close a room: from the night of ``on`` it no longer counts.

        Refused with ``room_taken`` while stays or holds need it then, and with ``capacity_in_use`` while more of its
        type or of the house is sold than would be left; both list what has to be planned anew.
        """
        room = self.get_object()
        form = serializers.RoomCloseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        return self.shown(room_close(room=room, on=form.validated_data["on"]))

    @extend_schema(request=None, responses=serializers.RoomSerializer)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Any, pk: int) -> Response:
        """Take back a closing that is still to come, or is today's."""
        return self.shown(room_reopen(room=self.get_object()))

    @extend_schema(request=serializers.RoomRetypeSerializer, responses={201: serializers.RoomSerializer})
    @action(detail=True, methods=["post"])
    def retype(self, request: Any, pk: int) -> Response:
        """Let the room count as another type from the night of ``on``.

        It is closed and opened anew under its number, so that the past stays as it was counted; the answer is the new
        room.
        """
        room = self.get_object()
        context = {**self.get_serializer_context(), "room": room}
        form = serializers.RoomRetypeSerializer(data=request.data, context=context)
        form.is_valid(raise_exception=True)
        return self.shown(room_retype(room=room, **form.validated_data), status=201)

    @extend_schema(request=serializers.RoomStatusSerializer, responses=serializers.RoomSerializer)
    @action(detail=True, methods=["post"])
    def status(self, request: Any, pk: int) -> Response:
        """Set the housekeeping status; with ``expected_status`` only if nobody else changed it meanwhile."""
        room = self.get_object()
        form = serializers.RoomStatusSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        room = room_status_set(
            room=room,
            status=values["status"],
            source=StatusSource.HOUSEKEEPING,
            user=request.user,
            note=values["note"],
            expected=values.get("expected_status"),
        )
        return self.shown(room)

    def shown(self, room: Room, *, status: int = 200) -> Response:
        """The answer that shows a room, read fresh with all that belongs to it."""
        fresh = type(self).queryset.get(pk=room.pk)
        return self.answer(self.get_serializer(fresh).data, status=status, version=fresh.version)
