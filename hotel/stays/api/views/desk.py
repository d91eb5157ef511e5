"""The commands of the desk on reservations, walk-ins, and fixed charges."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.errors import CONTENT_TYPE
from hotel.core.api.schema import PROBLEM
from hotel.folios.api.views.invoices import PDF, PRINTED, PRO_FORMA, pdf_file
from hotel.folios.domain.documents import Draft, content
from hotel.folios.services.pdfs import draft_pdf
from hotel.properties.api.mixins import ReadViewSet
from hotel.reservations.api.serializers.commands import CancelInput, ReasonInput
from hotel.reservations.api.serializers.reservations import CommandResultSerializer, FeeSerializer
from hotel.reservations.api.views.reservations import CommandViewSet
from hotel.reservations.models import Reservation
from hotel.stays.api.filters import FixedChargeFilter
from hotel.stays.api.serializers.desk import (
    CheckInInput,
    EndInput,
    ExtendInput,
    FixedChargeInput,
    FixedChargeSerializer,
    LateInput,
    MoveInput,
    StayProFormaQuery,
    WalkInInput,
)
from hotel.stays.models import FixedCharge
from hotel.stays.services.check_in import check_in, check_in_revert
from hotel.stays.services.check_out import check_out, check_out_reinstate
from hotel.stays.services.departures import early_departure, early_departure_cost, late_check_out, stay_extend
from hotel.stays.services.fixed_charges import fixed_charge_add, fixed_charge_end
from hotel.stays.services.pro_formas import pro_forma_of_stay
from hotel.stays.services.room_moves import room_move
from hotel.stays.services.walk_ins import walk_in

RESULT = CommandResultSerializer


class StayViewSet(CommandViewSet):
    """Guests come, move and leave: commands on reservations.

    What is possible now, and why not, stands in the ``actions`` of each reservation.
    """

    area = "stays"
    queryset = Reservation.objects.all()
    serializer_class = CommandResultSerializer
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]
    verbs: ClassVar[dict[str, str]] = {
        "check_in": "manage",
        "revert_check_in": "manage",
        "move_room": "manage",
        "early_departure": "manage",
        "early_departure_fee": "view",
        "pro_forma": "view",
        "pro_forma_pdf": "view",
        "late_check_out": "manage",
        "extend": "manage",
        "check_out": "manage",
        "reinstate_check_out": "manage",
    }
    idempotent = frozenset({"early_departure", "late_check_out"})
    versioned = frozenset(
        {"check_in", "revert_check_in", "move_room", "early_departure", "late_check_out", "extend", "check_out",
         "reinstate_check_out"}
    )  # fmt: skip

    def stay(self) -> dict[str, Any]:
        """What every command is told: the reservation, who asks, and the version he saw."""
        return {
            "reservation": self.get_object(),
            "actor": self.request.user,
            "expected_version": self.seen(),
        }

    @extend_schema(request=CheckInInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="check-in")
    def check_in(self, request: Any, pk: Any = None) -> Response:
        """The guest is here: in house from now on, in its room, with a folio and what was deposited on it."""
        body = self.body(CheckInInput)
        return self.result(check_in(**self.stay(), **body.validated_data))

    @extend_schema(request=ReasonInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="revert-check-in")
    def revert_check_in(self, request: Any, pk: Any = None) -> Response:
        """Undo a check-in of the open business date, before anything was charged."""
        body = self.body(ReasonInput)
        return self.result(check_in_revert(**self.stay(), **body.validated_data))

    @extend_schema(request=MoveInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="move-room")
    def move_room(self, request: Any, pk: Any = None) -> Response:
        """Move the guest to another room from tonight on, at the price he has or at that of the new type."""
        body = self.body(MoveInput)
        return self.result(room_move(**self.stay(), **body.validated_data))

    @extend_schema(request=CancelInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="early-departure")
    def early_departure(self, request: Any, pk: Any = None) -> Response:
        """The guest leaves today: later nights are free again, and owed under the policy frozen at booking."""
        body = self.body(CancelInput)
        return self.result(early_departure(**self.stay(), waiver=body.waiver()))

    @extend_schema(responses=FeeSerializer)
    @action(detail=True, methods=["get"], url_path="early-departure-fee")
    def early_departure_fee(self, request: Any, pk: Any = None) -> Response:
        """What leaving today would cost, and under which step of the policy; nothing changes."""
        return Response(FeeSerializer(early_departure_cost(self.get_object())).data)

    @extend_schema(
        parameters=[StayProFormaQuery],
        responses={200: OpenApiTypes.OBJECT, (409, CONTENT_TYPE): PROBLEM},
        examples=[OpenApiExample("A pro forma, shortened", PRO_FORMA, response_only=True)],
    )
    @action(detail=True, methods=["get"], url_path="pro-forma")
    def pro_forma(self, request: Any, pk: Any = None) -> Response:
        """What the invoice would say at the end: what was posted, and the nights and fixed charges to come.

        Nights cost what was agreed, with their taxes, to the cent what the night audits will post. Deposits count as
        paid. It has no number and is not stored. Of a stay that is over there is none (409 ``status_forbids``).
        """
        return Response(content(self._drawn_up(), ""))

    @extend_schema(parameters=[StayProFormaQuery], responses=PDF | {(409, CONTENT_TYPE): PROBLEM})
    @action(detail=True, methods=["get"], url_path="pro-forma/pdf", renderer_classes=PRINTED)
    def pro_forma_pdf(self, request: Any, pk: Any = None) -> HttpResponse:
        """The same, printed."""
        draft = self._drawn_up()
        stay = self.get_object()
        return pdf_file(draft_pdf(place=stay.property, draft=draft), f"pro-forma-{stay.number}")

    def _drawn_up(self) -> Draft:
        query = StayProFormaQuery(data=self.request.query_params)
        query.is_valid(raise_exception=True)
        return pro_forma_of_stay(reservation=self.get_object(), **query.validated_data)

    @extend_schema(request=LateInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="late-check-out")
    def late_check_out(self, request: Any, pk: Any = None) -> Response:
        """Let the guest keep the room longer on the day of departure, at a price or for nothing."""
        body = self.body(LateInput)
        return self.result(late_check_out(**self.stay(), **body.validated_data))

    @extend_schema(request=ExtendInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def extend(self, request: Any, pk: Any = None) -> Response:
        """Let the guest stay longer; the added nights are priced and sold like any others."""
        body = self.body(ExtendInput)
        return self.result(stay_extend(**self.stay(), **body.validated_data))

    @extend_schema(request=None, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="check-out")
    def check_out(self, request: Any, pk: Any = None) -> Response:
        """The guest leaves: everything is settled, the folio closed, the room free and dirty."""
        return self.result(check_out(**self.stay()))

    @extend_schema(request=ReasonInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="reinstate-check-out")
    def reinstate_check_out(self, request: Any, pk: Any = None) -> Response:
        """Undo a check-out of the open business date: in house again, in the same room, with the folio open."""
        body = self.body(ReasonInput)
        return self.result(check_out_reinstate(**self.stay(), **body.validated_data))


class WalkInViewSet(CommandViewSet):
    """Guests who come without a booking."""

    area = "stays"
    queryset = Reservation.objects.all()
    serializer_class = WalkInInput
    http_method_names: ClassVar[list[str]] = ["post", "options"]
    idempotent = frozenset({"create"})

    @extend_schema(request=WalkInInput, responses={201: RESULT})
    def create(self, request: Any) -> Response:
        """Book one stay from tonight, give it a room and check the guest in: all of it or nothing."""
        body = self.body(WalkInInput)
        return self.result(walk_in(**body.walk_in(), actor=request.user), status=201)


class FixedChargeViewSet(ReadViewSet):
    """Charges for every n-th night of a stay; the night audit posts them while the guest is in house."""

    area = "stays"
    queryset = FixedCharge.objects.select_related("code")
    serializer_class = FixedChargeSerializer
    filterset_class = FixedChargeFilter
    ordering_fields: ClassVar[list[str]] = ["first_night"]
    default_ordering = ("-pk",)
    verbs: ClassVar[dict[str, str]] = {"end": "manage"}
    idempotent = frozenset({"create"})

    @extend_schema(request=FixedChargeInput, responses={201: FixedChargeSerializer})
    def create(self, request: Any) -> Response:
        """Agree a charge with a guest who is to come or in house."""
        body = FixedChargeInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        wanted = body.charge()
        self.require_at(wanted["reservation"].property_id)
        return Response(self.get_serializer(fixed_charge_add(**wanted)).data, status=201)

    @extend_schema(request=EndInput, responses=FixedChargeSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Any, pk: Any = None) -> Response:
        """End a charge from tonight or a later night on; what was posted stays."""
        body = EndInput(data=request.data)
        body.is_valid(raise_exception=True)
        charge = fixed_charge_end(charge=self.get_object(), **body.validated_data)
        return Response(self.get_serializer(charge).data)
