"""Endpoints of incidents: written down, brought through their states, assessed, told of, and proven."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.exceptions import NotFound, NotPermitted
from hotel.core.words import _
from hotel.monitoring.models.limits import holds_everywhere
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import sees_everything
from security.api import incident_filters as filters
from security.api import incident_serializers as serializers
from security.api.containment_serializers import ActSerializer, IncidentContainmentSerializer
from security.api.key_views import WholeViewSet
from security.incident_choices import EvidenceKind
from security.models import IncidentDetector, IncidentEntry, IncidentEvidence
from security.selectors.evidence import evidence_check
from security.selectors.incidents import incidents_counted
from security.services.breaches import Assessment, authority_tell, breach_assess, people_tell
from security.services.containments import containment_take
from security.services.detection import detector_change
from security.services.evidence import evidence_of_file, evidence_of_words
from security.services.incidents import Seen, incident_grade, incident_move, incident_open, incident_write

SHOWN = serializers.SecurityIncidentSerializer
WORDS = extend_schema(request=serializers.WordsSerializer, responses=SHOWN)


class SecurityIncidentViewSet(ReadViewSet):
    """Incidents, newest first: those of properties, and of the whole installation for who holds the right everywhere.

    ``actions`` tells what may be done now, and why not. Their parts are ``security/incident-response/timeline``,
    ``…/steps``, ``…/containments`` and ``…/evidence``.
    """

    area = "security"
    verbs: ClassVar[dict[str, str]] = dict.fromkeys(
        (
            "create", "triage", "declare", "contain", "eradicate", "begin_recovery", "finish_recovery", "review",
            "close", "dismiss", "write", "grade", "assess", "tell_authority", "tell_people", "act",
        ),
        "respond",
    )  # fmt: skip
    queryset = incidents_counted()
    serializer_class = serializers.SecurityIncidentSerializer
    filterset_class = filters.SecurityIncidentFilter
    search_fields = ["title", "summary", "subject"]
    ordering_fields = ["detected_at", "aware_at"]
    default_ordering = ["-detected_at"]
    step_up = frozenset({"act"})

    def create(self, request: Any) -> Response:
        """Write down what somebody saw; those who respond are told. A drill is marked and never told outside."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        values = dict(form.validated_data)
        place = values.pop("property", None)
        if place is not None:
            self.require_at(place.pk)
        elif not (sees_everything(request.user) or holds_everywhere(request.user, "respond", "security")):
            raise NotPermitted(_("An incident of the whole installation needs the right at every property."))
        is_drill = values.pop("is_drill", False)
        row = incident_open(seen=Seen(**values), place=place, is_drill=is_drill, by=request.user)
        return self.answer(self.get_serializer(self.get_queryset().get(pk=row.pk)).data, status=201)

    def _moved(self, request: Any) -> Response:
        words = self._said(serializers.WordsSerializer)["words"]
        incident_move(incident=self.get_object(), command=self.action, words=words, by=request.user)
        return self._shown()

    def _said(self, form_class: Any) -> dict[str, Any]:
        form = form_class(data=self.request.data)
        form.is_valid(raise_exception=True)
        return dict(form.validated_data)

    def _shown(self) -> Response:
        return self.answer(self.get_serializer(self.get_object()).data)

    @WORDS
    @action(detail=True, methods=["post"])
    def triage(self, request: Any, pk: int) -> Response:
        """Somebody looks at it."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def declare(self, request: Any, pk: int) -> Response:
        """It is an incident indeed."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def contain(self, request: Any, pk: int) -> Response:
        """It can do no more harm; the steps of the playbook were taken or are not needed."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def eradicate(self, request: Any, pk: int) -> Response:
        """Its cause is removed; say what it was."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"], url_path="begin-recovery")
    def begin_recovery(self, request: Any, pk: int) -> Response:
        """What was harmed is being put right."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"], url_path="finish-recovery")
    def finish_recovery(self, request: Any, pk: int) -> Response:
        """The house works as before."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def review(self, request: Any, pk: int) -> Response:
        """Say what was learned."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def close(self, request: Any, pk: int) -> Response:
        """End it; of a breach only after the notices that the law asks for."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Any, pk: int) -> Response:
        """It was a false alarm; say why."""
        return self._moved(request)

    @WORDS
    @action(detail=True, methods=["post"])
    def write(self, request: Any, pk: int) -> Response:
        """Add a note to the timeline."""
        incident_write(incident=self.get_object(), **self._said(serializers.WordsSerializer), by=request.user)
        return self._shown()

    @extend_schema(request=serializers.GradeSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def grade(self, request: Any, pk: int) -> Response:
        """Say how bad it is now."""
        incident_grade(incident=self.get_object(), **self._said(serializers.GradeSerializer), by=request.user)
        return self._shown()

    @extend_schema(request=serializers.AssessSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"])
    def assess(self, request: Any, pk: int) -> Response:
        """Say what is known of the personal data concerned; that there are any begins the 72 hours."""
        said = Assessment(**self._said(serializers.AssessSerializer))
        breach_assess(incident=self.get_object(), said=said, by=request.user)
        return self._shown()

    @extend_schema(request=serializers.AuthoritySerializer, responses=SHOWN)
    @action(detail=True, methods=["post"], url_path="tell-authority")
    def tell_authority(self, request: Any, pk: int) -> Response:
        """Write down that the authority was told; later than 72 hours only with the reason."""
        said = self._said(serializers.AuthoritySerializer)
        authority_tell(incident=self.get_object(), **said, by=request.user)
        return self._shown()

    @extend_schema(request=serializers.PeopleSerializer, responses=SHOWN)
    @action(detail=True, methods=["post"], url_path="tell-people")
    def tell_people(self, request: Any, pk: int) -> Response:
        """Write down that the people concerned were told, and how."""
        people_tell(incident=self.get_object(), **self._said(serializers.PeopleSerializer), by=request.user)
        return self._shown()

    @extend_schema(request=ActSerializer, responses={201: IncidentContainmentSerializer})
    @action(detail=True, methods=["post"])
    def act(self, request: Any, pk: int) -> Response:
        """Let the house do at once what stops it, and record it with its effect; of a drill nothing is done.

        The caller may respond wherever the target belongs; an address is blocked by who may do so everywhere. Nobody
        acts on his own account, key or address, nor disables the last who manages security somewhere. Repeatable:
        what stands already is answered.
        """
        made = containment_take(incident=self.get_object(), **self._said(ActSerializer), by=request.user)
        shown = IncidentContainmentSerializer(made, context=self.get_serializer_context())
        return self.answer(shown.data, status=201)


class IncidentEntryViewSet(ReadViewSet):
    """Timelines of incidents, newest first; only ever added to."""

    area = "security"
    queryset = IncidentEntry.objects.select_related("actor")
    serializer_class = serializers.IncidentEntrySerializer
    filterset_class = filters.IncidentEntryFilter
    search_fields = ["text"]
    ordering_fields = ["at"]
    default_ordering = ["-at"]


class IncidentEvidenceViewSet(ReadViewSet):
    """Evidence of incidents, newest first; only ever added to, and bound by the seals of the trail."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"create": "respond", "check": "view", "content": "respond"}
    queryset = IncidentEvidence.objects.defer("content")
    serializer_class = serializers.IncidentEvidenceSerializer
    filterset_class = filters.IncidentEvidenceFilter
    search_fields = ["title"]
    ordering_fields = ["collected_at"]
    default_ordering = ["-collected_at"]

    def create(self, request: Any) -> Response:
        """Keep words, or the hash of a file that lies elsewhere."""
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        said = form.validated_data
        about = {"incident": said["incident"], "title": said["title"], "by": request.user}
        if said["kind"] == EvidenceKind.TEXT:
            row = evidence_of_words(**about, words=said.get("words", ""))
        else:
            names = {"sha256": "", "size": 0, "where_kept": ""}
            row = evidence_of_file(**about, **{name: said.get(name, empty) for name, empty in names.items()})
        return self.answer(self.get_serializer(row).data, status=201)

    @extend_schema(responses=serializers.EvidenceCheckSerializer)
    @action(detail=True, methods=["get"])
    def check(self, request: Any, pk: int) -> Response:
        """Hash it anew and compare with what the trail wrote down when it was kept."""
        return self.answer(serializers.EvidenceCheckSerializer(evidence_check(self.get_object())).data)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def content(self, request: Any, pk: int) -> HttpResponse:
        """The very bytes that were hashed: rows as JSON, or words. Of a file there are none here."""
        row = self.get_object()
        if row.kind == EvidenceKind.FILE:
            raise NotFound(_("The file lies elsewhere; see where_kept."))
        name = f"evidence-{row.pk}.{'json' if row.kind == EvidenceKind.ROWS else 'txt'}"
        answer = HttpResponse(bytes(row.content), content_type="application/octet-stream")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


class IncidentDetectorViewSet(WholeViewSet):
    """How sharply each detector looks: for who holds the right at every property."""

    area = "security"
    queryset = IncidentDetector.objects.all()
    serializer_class = serializers.IncidentDetectorSerializer
    search_fields = ["code"]
    ordering_fields = ["code"]
    default_ordering = ["code"]

    def partial_update(self, request: Any, pk: int) -> Response:
        """Change it; from the next half minute on."""
        self.require_everywhere()
        form = self.get_serializer(self.get_object(), data=request.data, partial=True)
        form.is_valid(raise_exception=True)
        row = detector_change(detector=form.instance, changes=form.validated_data)
        return self.answer(self.get_serializer(row).data)
