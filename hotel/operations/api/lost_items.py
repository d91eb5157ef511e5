"""Endpoints of lost and found."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.operations.api import lost_item_serializers as serializers
from hotel.operations.api.base import OperationsViewSet
from hotel.operations.api.filters import LostItemFilter
from hotel.operations.models import LostItem
from hotel.operations.services.lost_items import (
    lost_item_dispose,
    lost_item_move,
    lost_item_owner_set,
    lost_item_record,
    lost_item_return,
    lost_item_ship,
)

ANSWER = serializers.LostItemSerializer


class LostItemViewSet(OperationsViewSet):
    """Things that were found: kept until they are returned, shipped, or their time is over."""

    verbs: ClassVar[dict[str, str]] = {
        "create": "work",
        "move": "work",
        "owner": "work",
        "return_to": "work",
        "ship": "work",
        "dispose": "manage",
    }
    idempotent = frozenset({"create"})
    versioned = frozenset({"retrieve", "move", "owner", "return_to", "ship", "dispose"})
    queryset = LostItem.objects.all()
    serializer_class = ANSWER
    filterset_class = LostItemFilter
    search_fields = ["description", "location", "storage", "room__number"]
    ordering_fields = ["found_at", "keep_until"]
    default_ordering = ["-found_at"]

    @extend_schema(request=serializers.LostItemInput, responses={201: ANSWER})
    def create(self, request: Any) -> Response:
        """Record a thing that was found; the house's setting says until when it is kept."""
        values = self.read(serializers.LostItemInput)
        row = lost_item_record(place=values.pop("property"), values=values, actor=request.user)
        return self.told(row, status=201)

    @extend_schema(request=serializers.LostItemMoveInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def move(self, request: Any, pk: int) -> Response:
        """Say where it lies now."""
        return self.command(lost_item_move, serializers.LostItemMoveInput)

    @extend_schema(request=serializers.LostItemOwnerInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def owner(self, request: Any, pk: int) -> Response:
        """Say whose it is, by his stay."""
        return self.command(lost_item_owner_set, serializers.LostItemOwnerInput)

    @extend_schema(request=serializers.LostItemReturnInput, responses=ANSWER)
    @action(detail=True, methods=["post"], url_path="return")
    def return_to(self, request: Any, pk: int) -> Response:
        """Hand it over to who signs for it."""
        return self.command(lost_item_return, serializers.LostItemReturnInput, actor=request.user)

    @extend_schema(request=serializers.LostItemShipInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def ship(self, request: Any, pk: int) -> Response:
        """Send it to its owner."""
        return self.command(lost_item_ship, serializers.LostItemShipInput, actor=request.user)

    @extend_schema(request=serializers.LostItemDisposeInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def dispose(self, request: Any, pk: int) -> Response:
        """Give it away or throw it away; 409 ``lost_item_too_early`` before its time is over."""
        return self.command(lost_item_dispose, serializers.LostItemDisposeInput, actor=request.user)

    def command(self, service: Any, form: type, **more: Any) -> Response:
        """Give a command to the item."""
        item, seen = self.get_object(), expected_version(self.request)
        return self.told(service(item=item, expected_version=seen, **self.read(form), **more))

    def told(self, row: LostItem, status: int = 200) -> Response:
        """How it stands now."""
        return self.answer(self.get_serializer(row).data, status=status, version=row.version)
