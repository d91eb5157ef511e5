"""Endpoints of room types and features."""

from typing import Any, ClassVar

from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.properties.api.mixins import CrudViewSet, ReadViewSet
from hotel.rooms.api import filters
from hotel.rooms.api.serializers import room_types as serializers
from hotel.rooms.models import RoomFeature, RoomType
from hotel.rooms.services.room_types import room_type_change, room_type_create, room_type_delete


class RoomFeatureViewSet(CrudViewSet):
    """What rooms have and guests ask for, such as a balcony."""

    area = "rooms"
    queryset = RoomFeature.objects.select_related("property")
    serializer_class = serializers.RoomFeatureSerializer
    filterset_class = filters.RoomFeatureFilter
    search_fields = ["code", "name"]
    ordering_fields = ["code", "name"]
    default_ordering = ["property_id", "code"]


class RoomTypeViewSet(ReadViewSet):
    """Kinds of rooms that are sold: standard, component suites, virtual types and posting masters."""

    area = "rooms"
    queryset = RoomType.objects.select_related("property", "base_type").prefetch_related(
        "features", "parts__part_type", "occupancies__age_band"
    )
    serializer_class = serializers.RoomTypeSerializer
    filterset_class = filters.RoomTypeFilter
    search_fields = ["code", "name", "room_class"]
    ordering_fields = ["code", "name", "sort_order"]
    default_ordering = ["property_id", "sort_order", "code"]
    versioned: ClassVar[frozenset[str]] = frozenset({"retrieve", "create", "partial_update"})

    def create(self, request: Any) -> Response:
        """Make a room type; the nights the property sells already are opened for it, still without rooms."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        made = room_type_create(
            place=form.validated_data["property"],
            contents=serializers.room_type_contents(form.validated_data),
        )
        return self.answer(self.get_serializer(made).data, status=201, version=made.version)

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change a room type. Kind, base and parts stay once it has rooms or was ever sold."""
        room_type = self.get_object()
        form = self.get_serializer(room_type, data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        changed = room_type_change(
            room_type=room_type,
            contents=serializers.room_type_contents(form.validated_data),
            version=expected_version(request),
        )
        return self.answer(self.get_serializer(changed).data, version=changed.version)

    def destroy(self, request: Any, pk: int) -> Response:
        """Delete a type that never had rooms, sales or types made of it; deactivate others instead."""
        room_type_delete(room_type=self.get_object())
        return self.answer(None, status=204)
