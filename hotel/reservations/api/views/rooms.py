"""Rooms for stays: commands on one reservation, and plans for many."""

from datetime import timedelta
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.errors import CONTENT_TYPE
from hotel.core.api.schema import PROBLEM
from hotel.core.exceptions import Conflict
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from hotel.reservations.api.filters import RoomAssignmentFilter
from hotel.reservations.api.serializers.reservations import CommandResultSerializer
from hotel.reservations.api.serializers.rooms import (
    ApplyInput,
    AssignInput,
    DueInput,
    PartExplainedSerializer,
    PartInput,
    PlanInput,
    PlanSerializer,
    RoomAssignmentSerializer,
    stays_wanted,
)
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import RoomAssignment
from hotel.reservations.selectors.assignment import unassigned
from hotel.reservations.selectors.assignment_reasons import assignment_explained
from hotel.reservations.services.assignment import (
    MAX_STAYS,
    gap_plan,
    plan_apply,
    room_assign,
    room_lock,
    room_unassign,
    rooms_assign_due,
    rooms_plan,
)

RESULT = CommandResultSerializer


class RoomCommands:
    """The commands of ``reservations/{id}`` that give, take and lock a room; mixed into its viewset."""

    @extend_schema(request=AssignInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def assign(self: Any, request: Any, pk: Any = None) -> Response:
        """Give the stay a room for all its nights, or for a part of them; one it had there is given back.

        Other nights keep their rooms, so two parts that meet are a planned move. Of a guest in house only nights after
        the open business date are planned.
        """
        body = self.body(AssignInput)
        return self.result(
            room_assign(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=PartInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def unassign(self: Any, request: Any, pk: Any = None) -> Response:
        """Take the room away from a stay that has not arrived, for all its nights or for a part of them."""
        body = self.body(PartInput)
        return self.result(
            room_unassign(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=None, responses=RESULT)
    @action(detail=True, methods=["post"])
    def lock(self: Any, request: Any, pk: Any = None) -> Response:
        """Promise this very room: neither people nor a re-shuffle may change it."""
        return self.result(
            room_lock(reservation=self.get_object(), actor=request.user, expected_version=self.seen())
        )

    @extend_schema(request=None, responses=RESULT)
    @action(detail=True, methods=["post"])
    def unlock(self: Any, request: Any, pk: Any = None) -> Response:
        """Let the room be changed again."""
        return self.result(
            room_lock(
                reservation=self.get_object(),
                actor=request.user,
                is_locked=False,
                expected_version=self.seen(),
            )
        )

    @extend_schema(responses={200: PlanSerializer, (409, CONTENT_TYPE): PROBLEM})
    @action(detail=True, methods=["get"])
    def gap(self: Any, request: Any, pk: Any = None) -> Response:
        """Show the fewest moves of other stays that give all nights of this one a room; nothing is changed.

        Send the moves to ``room-assignments/apply`` to do them.
        """
        reservation = self.get_object()
        if reservation.status != ReservationStatus.CONFIRMED:
            raise Conflict(_("Only a confirmed stay is given a room."), code="status_forbids")
        return Response(PlanSerializer(gap_plan(reservation=reservation)).data)

    @extend_schema(responses=PartExplainedSerializer(many=True))
    @action(
        detail=True,
        methods=["get"],
        url_path="assignment/explain",
        pagination_class=None,
        filterset_class=None,
    )
    def explain_assignment(self: Any, request: Any, pk: Any = None) -> Response:
        """Why the stay has this room, or would get it: what speaks for and against each room of the house.

        One entry per part of the stay, with a room or without one. The points are those of the automatic assignment:
        among the rooms that can be had, the fewest win.
        """
        return Response(PartExplainedSerializer(assignment_explained(self.get_object()), many=True).data)


class RoomAssignmentViewSet(ReadViewSet):
    """Which stay has which room; plans that give rooms to many stays at once."""

    area = "reservations"
    queryset = RoomAssignment.objects.select_related("room", "reservation")
    serializer_class = RoomAssignmentSerializer
    filterset_class = RoomAssignmentFilter
    ordering_fields: ClassVar[list[str]] = ["arrival", "departure"]
    verbs: ClassVar[dict[str, str]] = {"plan": "assign", "apply": "assign", "due": "assign"}
    idempotent = frozenset({"apply", "due"})

    @extend_schema(request=PlanInput, responses=PlanSerializer)
    @action(detail=False, methods=["post"])
    def plan(self, request: Any) -> Response:
        """Find rooms for stays without one, by features and wishes; nothing is changed."""
        body = PlanInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        place, ids = body.validated_data["property"], body.validated_data.get("reservations")
        if ids:
            stays = stays_wanted(place, ids)
        else:
            last = place.business_date + timedelta(days=body.validated_data["days"])
            stays = unassigned(place, place.business_date, last)[:MAX_STAYS]
        return Response(PlanSerializer(rooms_plan(place=place, reservations=stays)).data)

    @extend_schema(request=ApplyInput, responses=RoomAssignmentSerializer(many=True))
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def apply(self, request: Any) -> Response:
        """Do exactly what a plan showed: all of it, or nothing when the house changed meanwhile."""
        body = ApplyInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        place = body.validated_data["property"]
        rows = plan_apply(place=place, lines=body.lines(), actor=request.user)
        found = RoomAssignment.objects.filter(reservation__in=rows, released_at=None)
        done = found.select_related("room", "reservation").order_by("reservation_id", "arrival")
        return Response(RoomAssignmentSerializer(done, many=True).data)

    @extend_schema(request=DueInput, responses=PlanSerializer)
    @action(detail=False, methods=["post"], pagination_class=None, filterset_class=None)
    def due(self, request: Any) -> Response:
        """Give rooms to all stays that arrive within so many business days; answers what was done."""
        body = DueInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        place, days = body.validated_data["property"], body.validated_data["days"]
        return Response(PlanSerializer(rooms_assign_due(place=place, days=days, actor=request.user)).data)
