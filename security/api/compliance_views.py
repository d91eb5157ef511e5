"""Reports of compliance over the API: what was checked, what failed, what only a person can show."""

from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.downloads import download
from hotel.core.exceptions import RuleBroken
from hotel.core.words import _
from security.api import compliance_filters as filters
from security.api import compliance_serializers as serializers
from security.api.key_views import WholeViewSet
from security.compliance_choices import ReportStatus
from security.models import ComplianceEvidence, ComplianceItem, ComplianceReport
from security.selectors.frameworks import catalogues
from security.services.compliance import report_ask
from security.services.compliance_evidence import evidence_give, evidence_withdraw
from security.services.compliance_files import PDF, XLSX, report_name, report_pdf, report_xlsx


class ComplianceReportViewSet(WholeViewSet):
    """Reports, newest first: of each requirement whether it was checked, failed, needs evidence, or does not apply.

    They concern the whole installation: a caller needs the right at every property.
    """

    area = "security"
    queryset = ComplianceReport.objects.select_related("asked_by")
    serializer_class = serializers.ComplianceReportSerializer
    filterset_class = filters.ComplianceReportFilter
    ordering_fields = ["asked_at"]
    default_ordering = ["-asked_at"]
    verbs: ClassVar[dict[str, str]] = {"frameworks": "view", "pdf": "view", "xlsx": "view"}
    idempotent = frozenset({"create"})

    @extend_schema(responses={202: serializers.ComplianceReportSerializer})
    def create(self, request: Any) -> Response:
        """Have a worker make a report of one framework; read it again to see how far it is."""
        self.require_everywhere()
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        report = report_ask(framework=form.validated_data["framework"], by=request.user)
        return self.answer(self.get_serializer(report).data, status=202)

    @extend_schema(responses=serializers.CatalogueSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def frameworks(self, request: Any) -> Response:
        """What the house is compared with, and how many requirements are bound to what."""
        self.require_everywhere()
        return self.answer(serializers.CatalogueSerializer(catalogues(), many=True).data)

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY})
    @action(detail=True)
    def pdf(self, request: Any, pk: int) -> Any:
        """The report to be printed and signed."""
        report = self._finished()
        return download(report_pdf(report), report_name(report, "pdf"), PDF)

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY})
    @action(detail=True)
    def xlsx(self, request: Any, pk: int) -> Any:
        """The report as a workbook: summary, requirements, grounds."""
        report = self._finished()
        return download(report_xlsx(report), report_name(report, "xlsx"), XLSX)

    def _finished(self) -> ComplianceReport:
        report: ComplianceReport = self.get_object()
        if report.status != ReportStatus.DONE:
            raise RuleBroken(_("The report is not done."), code="report_not_done")
        return report


class ComplianceItemViewSet(WholeViewSet):
    """Rows of reports, as they were frozen: one for each requirement."""

    area = "security"
    queryset = ComplianceItem.objects.all()
    serializer_class = serializers.ComplianceItemSerializer
    filterset_class = filters.ComplianceItemFilter
    search_fields = ["requirement", "says"]
    ordering_fields = ["position"]
    default_ordering = ["-report", "position"]


class ComplianceEvidenceViewSet(WholeViewSet):
    """Evidence that people gave for what no machine can look at, with the days for which it counts."""

    area = "security"
    queryset = ComplianceEvidence.objects.select_related("given_by")
    serializer_class = serializers.ComplianceEvidenceSerializer
    filterset_class = filters.ComplianceEvidenceFilter
    search_fields = ["title", "requirement"]
    ordering_fields = ["valid_until", "given_at"]
    default_ordering = ["-given_at"]
    verbs: ClassVar[dict[str, str]] = {"withdraw": "manage"}

    def create(self, request: Any) -> Response:
        """Give evidence for a requirement; it counts in the next report."""
        self.require_everywhere()
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = evidence_give(by=request.user, **form.validated_data)
        return self.answer(self.get_serializer(row).data, status=201)

    @extend_schema(request=None, responses=serializers.ComplianceEvidenceSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Any, pk: int) -> Response:
        """Take evidence back; reports that were made stay as they are."""
        row = evidence_withdraw(evidence=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(row).data)
