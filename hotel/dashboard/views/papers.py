"""Papers: asked for here, made by a worker, looked at while they are made, taken when they are there."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View
from django.views.generic import TemplateView

from hotel.core.downloads import download
from hotel.core.exceptions import NotFound, PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.papers import PaperAskForm
from hotel.dashboard.selectors.waiting import blocks_ahead
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.papers.choices import UNDONE, PaperForm, PaperKind, PaperStatus
from hotel.papers.domain.kinds import KINDS
from hotel.papers.models import Paper
from hotel.papers.selectors.papers import LISTED, papers_visible
from hotel.papers.services.papers import MEDIA, PaperWish, paper_ask, paper_give
from hotel.stays.models import DailyStatistic

BLOCKS = 20


def _asked(page: "PapersPage", values: dict[str, Any]) -> str:
    wish = PaperWish(**values)
    page.made = paper_ask(place=page.place, wish=wish, by=page.request.user)  # type: ignore[arg-type]
    return ""


class PapersPage(ActingPage):
    """The papers there are, as what they can be had, and those that are held now."""

    area = "papers"
    template_name = "dashboard/papers.html"
    made: Paper | None = None
    acts: ClassVar = {
        "ask": Act(PaperAskForm, _asked, "view", needs=lambda page: {"place": page.place}),
    }

    def after(self, name: str) -> str:
        """The page of the paper."""
        return reverse("dashboard:paper", args=[self.made.pk]) if self.made else super().after(name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries."""
        shell = shell_of(self.request)
        kinds = [
            (kind, PaperKind(kind).label, [(form, PaperForm(form).label) for form in what.forms])
            for kind, what in KINDS.items()
            if kind in shell.papers and kind not in (PaperKind.ROOMING, PaperKind.AUDIT_PACK)
        ]
        may_group = PaperKind.ROOMING in shell.papers
        blocks = blocks_ahead(self.place.pk, self.place.business_date)[:BLOCKS] if may_group else []
        days = DailyStatistic.objects.at(self.place.pk).filter(business_date__lt=self.place.business_date)
        return super().get_context_data(
            kinds=kinds,
            blocks=blocks,
            last_day=days.order_by("-business_date").values_list("business_date", flat=True).first()
            if PaperKind.AUDIT_PACK in shell.papers
            else None,
            held=papers_visible(self.place.pk, shell.may)[:LISTED],
            **kwargs,
        )


class PaperPage(StaffPage, TemplateView):
    """One paper: how far it is, and then its file. It looks for news by itself, or by reloading."""

    area = "papers"
    template_name = "dashboard/paper.html"

    @cached_property
    def paper(self) -> Paper:
        """The paper.

        Raises:
            Http404: no such paper here, or one of a kind that the person may not read.
        """
        rows = papers_visible(self.place.pk, shell_of(self.request).may).select_related("property")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The paper as it stands."""
        paper = self.paper
        return super().get_context_data(
            paper=paper,
            is_waiting=paper.status in UNDONE,
            is_ready=paper.status == PaperStatus.READY,
            again=paper.business_date if paper.kind == PaperKind.AUDIT_PACK else None,
            **kwargs,
        )


class PaperFile(StaffPage, View):
    """The file of a paper; a PDF is shown, a workbook saved."""

    area = "papers"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The file; the trail notes whose data were taken out, by whom.

        Raises:
            Http404: no such paper here, not made, or its time is over.
        """
        rows = papers_visible(self.place.pk, shell_of(request).may).select_related("property")
        paper = get_object_or_404(rows.defer(None), pk=pk)
        try:
            content = paper_give(paper=paper, by=request.user)
        except NotFound as error:
            raise Http404(error.message) from error
        except PmsError as error:
            return render(request, "not_at_present.html", {"words": error.message}, status=error.status)
        form = PaperForm(paper.form)
        return download(content, paper.file_name, MEDIA[form], is_shown=form == PaperForm.PDF)
