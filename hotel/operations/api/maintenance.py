"""Endpoints of work orders."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.operations.api import maintenance_serializers as serializers
from hotel.operations.api.base import OperationsViewSet
from hotel.operations.api.filters import WorkOrderFilter
from hotel.operations.models import WorkOrder
from hotel.operations.services.work_orders import (
    order_assign,
    order_cancel,
    order_done,
    order_hold,
    order_reopen,
    order_report,
    order_start,
    order_wait,
)
from hotel.properties.scoping import grants_of

ANSWER = serializers.WorkOrderSerializer


class WorkOrderViewSet(OperationsViewSet):
    """What is broken, how bad it is, who repairs it, and until when; the room may be held for it meanwhile."""

    verbs: ClassVar[dict[str, str]] = {
        "create": "work",
        "assign": "manage",
        "start": "work",
        "wait": "work",
        "done": "work",
        "cancel": "manage",
        "hold": "work",
        "reopen": "manage",
    }
    idempotent = frozenset({"create"})
    versioned = frozenset({"retrieve", "assign", "start", "wait", "done", "cancel", "hold", "reopen"})
    queryset = WorkOrder.objects.prefetch_related("changes")
    serializer_class = ANSWER
    filterset_class = WorkOrderFilter
    search_fields = ["title", "location", "room__number"]
    ordering_fields = ["severity", "due_at", "reported_at"]
    default_ordering = ["severity", "due_at"]

    @extend_schema(request=serializers.WorkOrderInput, responses={201: ANSWER})
    def create(self, request: Any) -> Response:
        """Report that something is broken."""
        values = self.read(serializers.WorkOrderInput)
        order = order_report(place=values.pop("property"), values=values, actor=request.user)
        return self.told(order, status=201)

    @extend_schema(request=serializers.WorkOrderAssignInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def assign(self, request: Any, pk: int) -> Response:
        """Give it to somebody who works here."""
        return self.command(order_assign, serializers.WorkOrderAssignInput)

    @extend_schema(request=None, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def start(self, request: Any, pk: int) -> Response:
        """Begin it, or go on with it; whoever begins it is who does it."""
        return self.command(order_start)

    @extend_schema(request=serializers.WorkOrderReasonInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def wait(self, request: Any, pk: int) -> Response:
        """Let it wait, for a part or a firm."""
        return self.command(order_wait, serializers.WorkOrderReasonInput)

    @extend_schema(request=serializers.WorkOrderDoneInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def done(self, request: Any, pk: int) -> Response:
        """Finish it; a room that was held for it comes back dirty, and is cleaned."""
        return self.command(order_done, serializers.WorkOrderDoneInput)

    @extend_schema(request=serializers.WorkOrderReasonInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: int) -> Response:
        """Give it up; a room that was held for it comes back."""
        return self.command(order_cancel, serializers.WorkOrderReasonInput)

    @extend_schema(request=serializers.WorkOrderReasonInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def reopen(self, request: Any, pk: int) -> Response:
        """Take it up again, because it is not repaired after all; it is new, and due by its severity from now."""
        return self.command(order_reopen, serializers.WorkOrderReasonInput)

    @extend_schema(request=serializers.WorkOrderHoldInput, responses=ANSWER)
    @action(detail=True, methods=["post"])
    def hold(self, request: Any, pk: int) -> Response:
        """Hold its room from today, which takes the right to block rooms as well.

        Refused with ``room_taken`` over stays and ``capacity_in_use`` over sold-out nights, with what to plan anew.
        """
        order, body = self.get_object(), self.read(serializers.WorkOrderHoldInput)
        if not grants_of(request.user).holds("block", "rooms", order.property_id):
            raise NotPermitted(_("You may not hold rooms at this property."))
        return self.told(order_hold(order=order, **self.seen(), **body))

    def command(self, service: Any, form: type | None = None) -> Response:
        """Give a command to the order."""
        body = self.read(form) if form else {}
        return self.told(service(order=self.get_object(), **self.seen(), **body))

    def told(self, order: WorkOrder, status: int = 200) -> Response:
        """How the order stands now."""
        fresh = self.get_queryset().get(pk=order.pk)
        return self.answer(self.get_serializer(fresh).data, status=status, version=fresh.version)
