"""Reservations: read, and changed by commands."""

from dataclasses import replace
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.versions import expected_version
from hotel.core.api.viewsets import ReadMixin
from hotel.properties.api.mixins import PropertyScopedViewSet
from hotel.reservations.api.filters import ReservationFilter
from hotel.reservations.api.serializers.commands import (
    AmendInput,
    CancelInput,
    CombineInput,
    ConfirmInput,
    CopyInput,
    DetailsInput,
    GuestAddInput,
    GuestRemoveInput,
    LinkInput,
    OptionInput,
    ReasonInput,
    ShareInput,
    SplitInput,
    UnlinkInput,
    WaitlistInput,
)
from hotel.reservations.api.serializers.reservations import (
    CommandResultSerializer,
    FeeSerializer,
    ReservationChangeSerializer,
    ReservationDetailSerializer,
    ReservationSerializer,
)
from hotel.reservations.api.views.rooms import RoomCommands
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.services.amendments import reservation_amend
from hotel.reservations.services.cancellations import fee_preview, reservation_cancel, reservation_no_show
from hotel.reservations.services.combinations import reservation_combine
from hotel.reservations.services.commands import CommandResult
from hotel.reservations.services.copies import reservation_copy, reservation_split
from hotel.reservations.services.details import reservation_describe
from hotel.reservations.services.guests import guest_add, guest_remove
from hotel.reservations.services.lifecycle import (
    reservation_confirm,
    reservation_option,
    reservation_waitlist,
)
from hotel.reservations.services.links import reservation_unlink, reservations_link
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.sharing import room_share, room_unshare

RESULT = CommandResultSerializer


class CommandViewSet(PropertyScopedViewSet):
    """What every command on a reservation shares: body read, service called, new state answered.

    The base of the commands of this floor and of those above it.
    """

    is_abstract: ClassVar[bool] = True

    def body(self, serializer: Any) -> Any:
        """The validated body."""
        read = serializer(data=self.request.data, context=self.get_serializer_context())
        read.is_valid(raise_exception=True)
        return read

    def result(self, result: CommandResult, *, status: int = 200) -> Response:
        """The answer of a command, read fresh with all its parts."""
        fresh = Reservation.objects.whole().get(pk=result.reservation.pk)
        shown = RESULT(replace(result, reservation=fresh), context=self.get_serializer_context()).data
        return self.answer(shown, status=status, version=fresh.version)

    def seen(self, *, required: bool = False) -> int | None:
        """The version named by If-Match."""
        return expected_version(self.request, required=required)


class ReservationViewSet(RoomCommands, ReadMixin, CommandViewSet):
    """Reservations: one room's stay each.

    They are made through bookings. A status never changes by PATCH: each command is a POST below the
    reservation and answers with the new state, the postings made, the fees, and what is possible now.
    """

    area = "reservations"
    queryset = Reservation.objects.all()
    serializer_class = ReservationSerializer
    filterset_class = ReservationFilter
    ordering_fields: ClassVar[list[str]] = ["arrival", "departure", "booked_at", "number"]
    default_ordering = ("-arrival", "-pk")
    http_method_names: ClassVar[list[str]] = ["get", "patch", "post", "head", "options"]
    verbs: ClassVar[dict[str, str]] = {
        "amend": "manage",
        "assign": "assign",
        "gap": "view",
        "lock": "assign",
        "unassign": "assign",
        "unlock": "assign",
        "cancel": "manage",
        "cancellation_fee": "view",
        "changes": "view",
        "combine": "manage",
        "explain_assignment": "view",
        "confirm": "manage",
        "copy": "manage",
        "guests": "manage",
        "link": "manage",
        "unlink": "manage",
        "no_show": "manage",
        "option": "manage",
        "reinstate": "manage",
        "remove_guest": "manage",
        "share": "manage",
        "unshare": "manage",
        "split": "manage",
        "waitlist": "manage",
    }
    idempotent = frozenset({"copy", "split"})
    versioned = frozenset(
        {"retrieve", "partial_update", "amend", "cancel", "combine", "confirm", "guests", "no_show", "option",
         "reinstate", "remove_guest", "share", "split", "unlink", "unshare", "assign", "unassign", "lock",
         "unlock", "waitlist"}
    )  # fmt: skip

    def get_queryset(self) -> Any:
        """One reservation comes with its nights and guests."""
        rows = super().get_queryset()
        return rows.whole() if self.action == "retrieve" else rows.with_parts().with_rooms()

    def get_serializer_class(self) -> Any:
        """One reservation is shown whole."""
        return ReservationDetailSerializer if self.action == "retrieve" else super().get_serializer_class()

    @extend_schema(request=DetailsInput, responses=RESULT)
    def partial_update(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Change times, guarantee or confidentiality; whatever sells or moves anything is a command."""
        body = DetailsInput(data=request.data, partial=True)
        body.is_valid(raise_exception=True)
        return self.result(
            reservation_describe(
                reservation=self.get_object(),
                changes=body.validated_data,
                actor=request.user,
                expected_version=self.seen(),
            )
        )

    @extend_schema(request=ConfirmInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Any, pk: Any = None) -> Response:
        """Promise the stay: inventory is taken now, at the price offered."""
        body = self.body(ConfirmInput)
        return self.result(
            reservation_confirm(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=OptionInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def option(self, request: Any, pk: Any = None) -> Response:
        """Hold the room until an instant for a guest who has not decided."""
        body = self.body(OptionInput)
        return self.result(
            reservation_option(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=WaitlistInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def waitlist(self, request: Any, pk: Any = None) -> Response:
        """Put the stay on the waiting list, or change its priority; an option gives its nights back."""
        body = self.body(WaitlistInput)
        return self.result(
            reservation_waitlist(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=AmendInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def amend(self, request: Any, pk: Any = None) -> Response:
        """Change dates, type, plan, party or prices in one step; needs If-Match.

        Only changed nights are priced anew. In house, nights before the business date are never touched.
        """
        version = self.seen(required=True)
        reservation = self.get_object()
        body = self.body(AmendInput)
        return self.result(
            reservation_amend(
                reservation=reservation,
                amendment=body.amendment(reservation),
                actor=request.user,
                expected_version=version,
                override_reason=body.validated_data["override_reason"],
            )
        )

    @extend_schema(request=CancelInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: Any = None) -> Response:
        """Cancel: nights free again, fee by the policy frozen at booking, a cancellation number."""
        body = self.body(CancelInput)
        return self.result(
            reservation_cancel(
                reservation=self.get_object(),
                actor=request.user,
                waiver=body.waiver(),
                expected_version=self.seen(),
            )
        )

    @extend_schema(responses=FeeSerializer)
    @action(detail=True, methods=["get"], url_path="cancellation-fee")
    def cancellation_fee(self, request: Any, pk: Any = None) -> Response:
        """What a cancellation would cost now, and under which step of the policy; nothing changes."""
        return Response(FeeSerializer(fee_preview(self.get_object())).data)

    @extend_schema(request=CancelInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="no-show")
    def no_show(self, request: Any, pk: Any = None) -> Response:
        """Mark that the guest did not come; from the business date of the arrival on."""
        body = self.body(CancelInput)
        return self.result(
            reservation_no_show(
                reservation=self.get_object(),
                actor=request.user,
                waiver=body.waiver(),
                expected_version=self.seen(),
            )
        )

    @extend_schema(request=ReasonInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Any, pk: Any = None) -> Response:
        """Make a cancelled or missed stay confirmed again; its nights are taken anew and its fee taken back."""
        body = self.body(ReasonInput)
        return self.result(
            reservation_reinstate(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=SplitInput, responses={201: RESULT})
    @action(detail=True, methods=["post"])
    def split(self, request: Any, pk: Any = None) -> Response:
        """Cut the stay in two at a date; answers with the new second part."""
        body = self.body(SplitInput)
        _, second = reservation_split(
            reservation=self.get_object(),
            at=body.validated_data["at"],
            actor=request.user,
            expected_version=self.seen(),
        )
        return self.result(second, status=201)

    @extend_schema(request=CombineInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def combine(self, request: Any, pk: Any = None) -> Response:
        """Make one stay of this and others of the same guest that follow one another and were sold alike.

        All nights keep their prices; the others end as cancelled without a fee. The opposite of ``split``.
        """
        body = self.body(CombineInput)
        return self.result(
            reservation_combine(
                reservation=self.get_object(),
                others=body.validated_data["reservations"],
                actor=request.user,
                expected_version=self.seen(),
            )
        )

    @extend_schema(request=ShareInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def share(self, request: Any, pk: Any = None) -> Response:
        """Put this and other stays into one room: counted once, each with its own folio.

        On nights with more than one of them the price of the room is divided: `full` – each pays his own rate;
        `entire` – the first who is there pays the room, this stay before the others; `split` – equal parts;
        `custom` – by `weights`. The price that was sold comes back when they part. Given again, it takes further
        stays in or divides the price otherwise.
        """
        body = self.body(ShareInput)
        return self.result(
            room_share(
                reservation=self.get_object(),
                others=body.validated_data["reservations"],
                split=body.validated_data["split"],
                weights=body.validated_data["weights"],
                override_reason=body.validated_data["override_reason"],
                actor=request.user,
                expected_version=self.seen(),
            )
        )

    @extend_schema(request=None, responses=RESULT)
    @action(detail=True, methods=["post"])
    def unshare(self, request: Any, pk: Any = None) -> Response:
        """Take the stay out of the room it shares: it is sold a room of its own again.

        A guest in house keeps the room, else the others do.
        """
        return self.result(
            room_unshare(reservation=self.get_object(), actor=request.user, expected_version=self.seen())
        )

    @extend_schema(request=LinkInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def link(self, request: Any, pk: Any = None) -> Response:
        """Link this and other stays: one guest who goes on (back to back), or people who travel together."""
        body = self.body(LinkInput)
        return self.result(
            reservations_link(
                reservation=self.get_object(),
                others=body.validated_data["reservations"],
                kind=body.validated_data["kind"],
                actor=request.user,
            )
        )

    @extend_schema(request=UnlinkInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def unlink(self, request: Any, pk: Any = None) -> Response:
        """Take the stay out of its link of this kind."""
        body = self.body(UnlinkInput)
        return self.result(
            reservation_unlink(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=CopyInput, responses={201: RESULT})
    @action(detail=True, methods=["post"])
    def copy(self, request: Any, pk: Any = None) -> Response:
        """Book the same once more in the same booking, at today's prices; answers with the new stay."""
        body = self.body(CopyInput)
        result = reservation_copy(reservation=self.get_object(), actor=request.user, **body.validated_data)
        return self.result(result, status=201)

    @extend_schema(request=GuestAddInput, responses=RESULT)
    @action(detail=True, methods=["post"])
    def guests(self, request: Any, pk: Any = None) -> Response:
        """Add a guest: a new primary one, a sharer, one who comes along, or who pays."""
        body = self.body(GuestAddInput)
        return self.result(
            guest_add(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(request=GuestRemoveInput, responses=RESULT)
    @action(detail=True, methods=["post"], url_path="guests/remove")
    def remove_guest(self, request: Any, pk: Any = None) -> Response:
        """Take a guest off the stay; the primary one only by naming another."""
        body = self.body(GuestRemoveInput)
        return self.result(
            guest_remove(
                reservation=self.get_object(),
                actor=request.user,
                expected_version=self.seen(),
                **body.validated_data,
            )
        )

    @extend_schema(responses=ReservationChangeSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None, ordering_fields=[], default_ordering=("-pk",))
    def changes(self, request: Any, pk: Any = None) -> Response:
        """The change log, newest first: who did what, when and why."""
        rows = ReservationChange.objects.filter(reservation=self.get_object()).select_related("actor")
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ReservationChangeSerializer(page, many=True).data)
