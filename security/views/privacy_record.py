"""The record of processing activities and the register of processors (GDPR 28, 30)."""

from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views import View

from hotel.core.downloads import download
from hotel.dashboard.access import StaffPage
from hotel.dashboard.views.acting import Act, ActingPage
from security.forms_privacy import ProcessorForm, ProcessorsForm
from security.models import Processor
from security.selectors.processing_record import record_values
from security.services.compliance_files import PDF, XLSX
from security.services.record_files import record_name, record_pdf, record_xlsx
from security.services.registers import processor_add, processor_end

FILES = {"pdf": (record_pdf, PDF), "xlsx": (record_xlsx, XLSX)}


def _added(page: "RecordPage", values: dict[str, Any]) -> str:
    row = processor_add(place=page.place, **values)
    return _("Written down: %(name)s.") % {"name": row.name}


def _ended(page: "RecordPage", values: dict[str, Any]) -> str:
    processor_end(processor=values["processor"])
    return _("He processes nothing for the hotel any more; his line is kept, and left out here.")


class RecordPage(ActingPage):
    """What is processed, why, for whom and how long, made from what the apps declare; and what is missing."""

    area = "security"
    template_name = "security/privacy_record.html"
    acts: ClassVar = {
        "add": Act(ProcessorForm, _added, "manage", is_once=True),
        "end": Act(ProcessorsForm, _ended, "manage"),
    }

    def _processors(self) -> list[Processor]:
        return list(Processor.objects.at(self.place.pk).filter(is_active=True))

    def is_possible(self, name: str) -> bool:
        """Somebody may leave when somebody is there."""
        return name == "add" or bool(self._processors())

    def about(self, name: str) -> dict[str, Any]:
        """Who may leave."""
        return {"processors": self._processors()} if name == "end" else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The record as of now; a handful of queries."""
        return super().get_context_data(**record_values(self.place), **kwargs)


class RecordFile(StaffPage, View):
    """The record as PDF or workbook."""

    area = "security"

    def get(self, request: HttpRequest, kind: str) -> HttpResponse:
        """The file, made anew each time."""
        if kind not in FILES:
            raise Http404
        make, media = FILES[kind]
        return download(make(self.place), record_name(self.place, kind), media)
