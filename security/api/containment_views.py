"""Endpoints of containment: steps of playbooks, what the house did at once, and the playbooks themselves."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import ReadViewSet
from security.api import containment_serializers as serializers
from security.api import incident_filters as filters
from security.api.incident_serializers import WordsSerializer
from security.models import IncidentContainment, IncidentStep, Playbook
from security.services.containments import containment_undo, step_finish, step_skip, step_take


class _CommandViewSet(ReadViewSet):
    """Rows that hang on an incident, with commands."""

    is_abstract: ClassVar[bool] = True

    def _said(self, form_class: Any) -> dict[str, Any]:
        form = form_class(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _shown(self) -> Response:
        return self.answer(self.get_serializer(self.get_object()).data)


class IncidentStepViewSet(_CommandViewSet):
    """Steps of the playbooks of incidents; ``actions`` tells what may be done about each.

    One with an ``action`` is taken by the house (``take``); others are done by people, who say so (``finish``).
    """

    area = "security"
    verbs: ClassVar[dict[str, str]] = dict.fromkeys(("take", "finish", "skip"), "respond")
    queryset = IncidentStep.objects.select_related("incident")
    serializer_class = serializers.IncidentStepSerializer
    filterset_class = filters.IncidentStepFilter
    search_fields = ["title"]
    ordering_fields = ["created_at"]
    default_ordering = ["-created_at"]
    step_up = frozenset({"take"})

    @extend_schema(request=serializers.TakeSerializer, responses=serializers.IncidentStepSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Any, pk: int) -> Response:
        """Let the house do it now; see ``security/incident-response/{id}/act``."""
        step_take(step=self.get_object(), **self._said(serializers.TakeSerializer), by=request.user)
        return self._shown()

    @extend_schema(request=WordsSerializer, responses=serializers.IncidentStepSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Any, pk: int) -> Response:
        """Say that a person did it, and what came of it."""
        step_finish(step=self.get_object(), **self._said(WordsSerializer), by=request.user)
        return self._shown()

    @extend_schema(request=WordsSerializer, responses=serializers.IncidentStepSerializer)
    @action(detail=True, methods=["post"])
    def skip(self, request: Any, pk: int) -> Response:
        """Say that it is not needed, and why."""
        step_skip(step=self.get_object(), **self._said(WordsSerializer), by=request.user)
        return self._shown()


class IncidentContainmentViewSet(_CommandViewSet):
    """What the house did at once to contain incidents, newest first.

    Made by ``security/incident-response/{id}/act``; ``actions`` tells whether it can be taken back.
    """

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"undo": "respond"}
    queryset = IncidentContainment.objects.select_related("incident", "taken_by")
    serializer_class = serializers.IncidentContainmentSerializer
    filterset_class = filters.IncidentContainmentFilter
    search_fields = ["target", "reason"]
    ordering_fields = ["taken_at"]
    default_ordering = ["-taken_at"]
    step_up = frozenset({"undo"})

    @extend_schema(request=serializers.UndoSerializer, responses=serializers.IncidentContainmentSerializer)
    @action(detail=True, methods=["post"])
    def undo(self, request: Any, pk: int) -> Response:
        """Take it back, also after the incident has ended; not what ended for good, such as a token."""
        said = self._said(serializers.UndoSerializer)
        containment_undo(containment=self.get_object(), **said, by=request.user)
        return self._shown()


class PlaybookViewSet(ReadViewSet):
    """What a chain does about each kind of incident; changed in the administration."""

    area = "security"
    queryset = Playbook.objects.prefetch_related("steps")
    serializer_class = serializers.PlaybookSerializer
    filterset_class = filters.PlaybookFilter
    search_fields = ["title"]
    ordering_fields = ["category"]
    default_ordering = ["category"]
