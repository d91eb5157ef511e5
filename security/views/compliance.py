"""The pages of compliance: the newest report of each framework, how far one is, and what stands in it."""

from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from hotel.core.downloads import download
from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.acting import Act, ActingPage
from security.compliance_choices import Framework, Outcome, ReportStatus
from security.forms_compliance import EvidenceForm, ItemsForm, ReportForm
from security.models import ComplianceItem, ComplianceReport
from security.models.keys import sees_keys
from security.selectors.compliance import figures_of, report_before
from security.selectors.frameworks import catalogue, catalogues
from security.services.compliance import report_ask
from security.services.compliance_evidence import evidence_give
from security.services.compliance_files import PDF, XLSX, report_name, report_pdf, report_xlsx

LISTED = 12
FILES = {"pdf": (report_pdf, PDF), "xlsx": (report_xlsx, XLSX)}


def _asked(page: "CompliancePage", values: dict[str, Any]) -> str:
    report_ask(framework=values["framework"], by=page.request.user)
    return _("A worker makes it within a minute; it will stand here.")


class _WholePage(ActingPage):
    """For who holds the right at every property."""

    area = "security"

    def may(self, name: str) -> bool:
        """The right is needed at every property."""
        return super().may(name) and sees_keys(self.request.user, "manage")


class CompliancePage(_WholePage):
    """The newest report of each framework and those before; one is asked for here."""

    template_name = "security/compliance.html"
    acts: ClassVar = {"report": Act(ReportForm, _asked, "manage", is_once=True)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Nothing for who sees a part of the hotels only."""
        if not sees_keys(self.request.user):
            return super().get_context_data(is_partial=True, **kwargs)
        open_ones = ComplianceReport.objects.filter(status__in=[ReportStatus.WAITING, ReportStatus.RUNNING])
        return super().get_context_data(
            parts=[self._part(code) for code in Framework],
            running=open_ones.order_by("pk"),
            reports=ComplianceReport.objects.select_related("asked_by")[:LISTED],
            catalogues=catalogues(),
            **kwargs,
        )

    def _part(self, code: Framework) -> dict[str, Any]:
        report = report_before(code)
        return {
            "framework": code,
            "report": report,
            "figures": figures_of(report),
            "failed": report.items.filter(outcome=Outcome.FAILED)[:5] if report is not None else [],
        }


def _given(page: "ComplianceReportPage", values: dict[str, Any]) -> str:
    evidence_give(framework=page.report.framework, by=page.request.user, **values)
    return _("Noted; it counts in the next report.")


class ComplianceReportPage(_WholePage):
    """One finished report, row by row, and the form for evidence."""

    template_name = "security/compliance_report.html"
    acts: ClassVar = {"evidence": Act(EvidenceForm, _given, "manage", is_once=True)}

    @cached_property
    def report(self) -> ComplianceReport:
        """Which; 404 for who sees a part of the hotels only."""
        rows = ComplianceReport.objects.visible_to(self.request.user).select_related("asked_by", "before")
        return get_object_or_404(rows, pk=self.kwargs["pk"], status=ReportStatus.DONE)

    def about(self, name: str) -> dict[str, Any]:
        """Evidence can be given for what applies."""
        rows = catalogue(self.report.framework).requirements
        choices = [(row.id, f"{row.id} {row.says}"[:90]) for row in rows if not row.not_applicable]
        return {"choices": choices}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The rows that were asked for."""
        report, find = self.report, ItemsForm(self.request.GET)
        return super().get_context_data(
            report=report,
            figures=figures_of(report),
            find=find,
            items=self._items(report, find),
            **kwargs,
        )

    def _items(self, report: ComplianceReport, find: ItemsForm) -> QuerySet[ComplianceItem]:
        rows = report.items.all()
        if not find.is_valid():
            return rows
        if outcome := find.cleaned_data["outcome"]:
            rows = rows.filter(outcome=outcome)
        if words := find.cleaned_data["q"]:
            rows = rows.filter(Q(requirement__startswith=words) | Q(says__icontains=words))
        return rows


class ComplianceFile(StaffPage, View):
    """A report as PDF or workbook."""

    area = "security"

    def get(self, request: HttpRequest, pk: int, kind: str) -> HttpResponse:
        """The file; 404 for who sees a part of the hotels only."""
        rows = ComplianceReport.objects.visible_to(request.user)
        report = get_object_or_404(rows, pk=pk, status=ReportStatus.DONE)
        if kind not in FILES:
            raise Http404
        make, media = FILES[kind]
        return download(make(report), report_name(report, kind), media)
