"""The trail over the API: entries, proofs, seals, checks, exports, and who looked at whose data."""

from pathlib import Path
from typing import Any, ClassVar

from django.conf import settings
from django.http import FileResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.exceptions import NotFound, RuleBroken
from hotel.core.words import _
from hotel.properties.api.mixins import PropertyScopedViewSet, ReadViewSet
from hotel.properties.scoping import scope_of
from hotel.properties.selectors.restraints import require_exports
from security.api import trail_serializers as serializers
from security.api.trail_filters import AccessEventFilter, AuditLogFilter
from security.choices import TrailJobStatus
from security.models import AccessEvent, AuditLog, AuditSeal, TrailJob
from security.selectors.proofs import entry_proof, heads_proof
from security.services.trail_jobs import job_ask


class AuditLogViewSet(ReadViewSet):
    """Every change of every row, newest first, written by the database itself. Nothing here is ever changed.

    A caller sees the entries of properties where he holds ``view`` on security. Entries of rows that belong to no
    property, such as guests and users, are for superusers and those who hold it at every property.
    """

    area = "security"
    queryset = AuditLog.objects.all()
    serializer_class = serializers.AuditLogSerializer
    filterset_class = AuditLogFilter
    verbs: ClassVar[dict[str, str]] = {"proof": "view"}

    @extend_schema(responses=serializers.ProofSerializer)
    @action(detail=True, methods=["get"])
    def proof(self, request: Any, pk: int) -> Response:
        """The proof that this entry is part of the trail, down from the newest signed head; 422 until it is sealed."""
        return Response(serializers.ProofSerializer(entry_proof(self.get_object())).data)


class AccessEventViewSet(ReadViewSet):
    """Who looked at whose personal data, through which door; one event for each request, sealed like a change."""

    area = "security"
    queryset = AccessEvent.objects.all()
    serializer_class = serializers.AccessEventSerializer
    filterset_class = AccessEventFilter


class _WholeTrail(mixins.RetrieveModelMixin, mixins.ListModelMixin, PropertyScopedViewSet):
    """What concerns the whole house and tells nothing of any row: seen by all who hold the verb anywhere."""

    is_abstract: ClassVar[bool] = True
    area = "security"


class AuditSealViewSet(_WholeTrail):
    """Signed heads of the tree over the whole trail, newest first. They hold hashes only."""

    queryset = AuditSeal.objects.all()
    serializer_class = serializers.AuditSealSerializer
    verbs: ClassVar[dict[str, str]] = {"consistency": "view"}

    @extend_schema(
        parameters=[serializers.ConsistencyQuery], responses=serializers.ConsistencySerializer, filters=False
    )
    @action(detail=False, methods=["get"], pagination_class=None)
    def consistency(self, request: Any) -> Response:
        """The proof that the head of the second seal goes on from that of the first."""
        asked = serializers.ConsistencyQuery(data=request.query_params)
        asked.is_valid(raise_exception=True)
        first, second, path = heads_proof(**asked.validated_data)
        shown = {"first": first, "second": second, "path": path}
        return Response(serializers.ConsistencySerializer(shown).data)


class TrailCheckViewSet(_WholeTrail):
    """Checks of the whole trail against its seals and the heads kept outside, newest first."""

    queryset = TrailJob.objects.filter(kind=TrailJob.VERIFY)
    serializer_class = serializers.TrailJobSerializer

    @extend_schema(request=None, responses={202: serializers.TrailJobSerializer})
    def create(self, request: Any) -> Response:
        """Have a worker check everything; read the job to see how far it is and what was found."""
        job = job_ask(kind=TrailJob.VERIFY, by=request.user)
        return self.answer(self.get_serializer(job).data, status=202)


class TrailExportViewSet(_WholeTrail):
    """Exports that the caller asked for, newest first."""

    queryset = TrailJob.objects.filter(kind=TrailJob.EXPORT)
    serializer_class = serializers.TrailJobSerializer
    verbs: ClassVar[dict[str, str]] = {"file": "manage"}
    step_up = frozenset({"create", "file"})

    def get_queryset(self) -> Any:
        """His own only."""
        return super().get_queryset().filter(asked_by_id=self.request.user.pk)

    @extend_schema(request=serializers.ExportInput, responses={202: serializers.TrailJobSerializer})
    def create(self, request: Any) -> Response:
        """Have a worker write the entries that the caller may see into a file."""
        asked = serializers.ExportInput(data=request.data)
        asked.is_valid(raise_exception=True)
        job = job_ask(kind=TrailJob.EXPORT, by=request.user, filters=asked.validated_data)
        return self.answer(self.get_serializer(job).data, status=202)

    @extend_schema(responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"])
    def file(self, request: Any, pk: int) -> Any:
        """The file, once the export is done. Cells of CSV are no formulas for a spreadsheet."""
        job = self.get_object()
        require_exports(scope_of(request.user))
        if job.status != TrailJobStatus.DONE:
            raise RuleBroken(_("The export is not done."), code="export_not_done")
        path = Path(settings.AUDIT_EXPORT_DIR) / job.file
        if not path.exists():
            raise NotFound(_("The file is not there any more."))
        return FileResponse(path.open("rb"), as_attachment=True, filename=job.file)
