"""Endpoints of holds, counters and overbooking."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import PropertyScopedViewSet, ReadViewSet
from hotel.rooms.api import filters
from hotel.rooms.api.serializers import inventory as serializers
from hotel.rooms.models import InventoryNight, RoomBlock
from hotel.rooms.services.blocks import BlockData, block_create, block_release, block_reschedule
from hotel.rooms.services.inventory import overbooking_set


class RoomBlockViewSet(ReadViewSet):
    """Maintenance holds: out of service (still sellable), out of order, out of inventory (leaves the house count)."""

    area = "rooms"
    verbs: ClassVar[dict[str, str]] = {"create": "block", "release": "block", "reschedule": "block"}
    idempotent: ClassVar[frozenset[str]] = frozenset({"create"})
    queryset = RoomBlock.objects.select_related("property", "room")
    serializer_class = serializers.RoomBlockSerializer
    filterset_class = filters.RoomBlockFilter
    search_fields = ["room__number", "reason"]
    ordering_fields = ["start_on", "end_on"]
    default_ordering = ["-start_on"]

    def create(self, request: Any) -> Response:
        """Hold a room on the nights [start_on, end_on).

        Refused with ``room_taken`` over stays, and with ``capacity_in_use`` over sold-out nights; both list what has to
        be planned anew. Overbooking of those nights may be allowed first.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        values.pop("property")
        block = block_create(room=values.pop("room"), data=BlockData(**values), user=request.user)
        return self.answer(self.get_serializer(block).data, status=201)

    @extend_schema(request=serializers.BlockReleaseSerializer, responses=serializers.RoomBlockSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Any, pk: int) -> Response:
        """End a hold now: tonight can be sold again, past nights stay as they were counted."""
        block = self.get_object()
        form = serializers.BlockReleaseSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        block = block_release(
            block=block, user=request.user, return_status=form.validated_data.get("return_status")
        )
        return self.answer(self.get_serializer(block).data)

    @extend_schema(request=serializers.BlockRescheduleSerializer, responses=serializers.RoomBlockSerializer)
    @action(detail=True, methods=["post"])
    def reschedule(self, request: Any, pk: int) -> Response:
        """Extend or shorten a hold; refused like making one."""
        block = self.get_object()
        form = serializers.BlockRescheduleSerializer(data=request.data)
        form.is_valid(raise_exception=True)
        block = block_reschedule(block=block, **form.validated_data)
        return self.answer(self.get_serializer(block).data)


class InventoryNightViewSet(ReadViewSet):
    """The counters of each night, per type and for the house. They follow from sales, rooms and holds."""

    area = "rooms"
    queryset = InventoryNight.objects.select_related("property")
    serializer_class = serializers.InventoryNightSerializer
    filterset_class = filters.InventoryNightFilter
    ordering_fields = ["night"]
    default_ordering = ["night"]


class OverbookingViewSet(PropertyScopedViewSet):
    """How many rooms may be sold beyond capacity, per type or for the house, by date."""

    area = "rooms"
    queryset = InventoryNight.objects.all()
    serializer_class = serializers.OverbookingSerializer

    @extend_schema(responses={200: serializers.OverbookingSerializer})
    def create(self, request: Any) -> Response:
        """Set the limit of the nights [start, end), replacing what was set; refused below what is sold already."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = form.validated_data
        overbooking_set(
            place=values["property"],
            room_type=values["room_type"],
            start=values["start"],
            end=values["end"],
            quantity=values["quantity"],
        )
        return self.answer(form.data)
