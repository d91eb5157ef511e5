"""Notes, traces and alerts."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import ReadViewSet, ScopedRelatedField
from hotel.reservations.api.filters import NoteFilter
from hotel.reservations.api.serializers.reservations import NoteSerializer
from hotel.reservations.models import Reservation, ReservationNote
from hotel.reservations.services.details import note_add, note_done


class NoteInput(NoteSerializer):
    """A new note."""

    reservation = ScopedRelatedField(queryset=Reservation.objects.all())


class NoteViewSet(ReadViewSet):
    """Notes on reservations; a trace is for a department on a day, an alert pops up on a screen."""

    area = "reservations"
    queryset = ReservationNote.objects.all()
    serializer_class = NoteSerializer
    filterset_class = NoteFilter
    ordering_fields: ClassVar[list[str]] = ["due_on", "created_at"]
    verbs: ClassVar[dict[str, str]] = {"done": "manage"}
    http_method_names: ClassVar[list[str]] = ["get", "post", "head", "options"]

    @extend_schema(request=NoteInput, responses={201: NoteSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Write a note on a reservation."""
        body = NoteInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        self.require_at(body.validated_data["reservation"].property_id)
        note = note_add(actor=request.user, **body.validated_data)
        return Response(NoteSerializer(note).data, status=201)

    @extend_schema(request=None, responses=NoteSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Any, pk: Any = None) -> Response:
        """Tick a trace off."""
        return Response(NoteSerializer(note_done(note=self.get_object(), actor=request.user)).data)
