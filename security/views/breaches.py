"""The register of breaches: on the page, as PDF and as workbook."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.views import View
from django.views.generic import TemplateView

from hotel.core.downloads import download
from hotel.dashboard.access import StaffPage
from security.selectors.breach_register import register_of
from security.services.breach_files import PDF, XLSX, register_name, register_pdf, register_xlsx

FILES = {"pdf": (register_pdf, PDF), "xlsx": (register_xlsx, XLSX)}


class BreachesPage(StaffPage, TemplateView):
    """Every breach of personal data at the hotels one sees, with what was decided and why."""

    area = "security"
    template_name = "security/breaches.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """All of them: there are few, and the law asks for each."""
        return super().get_context_data(lines=register_of(self.request.user), **kwargs)


class BreachFile(StaffPage, View):
    """The register as a file; times on paper are those of the hotel one works at."""

    area = "security"

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The file."""
        if kind not in FILES:
            raise Http404
        make, media = FILES[kind]
        return download(make(register_of(request.user)), register_name(kind), media)
