"""The handover book: what one shift tells the next."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hotel.dashboard.forms.handover import NoteForm, WriteForm
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.operations.models import HandoverNote
from hotel.operations.selectors.handover import handover_open, handover_over
from hotel.operations.services.handover import handover_done, handover_reopen, handover_write

OPEN, PAGE = 100, 30


def _written(page: "HandoverPage", values: dict[str, Any]) -> str:
    handover_write(place=page.place, **values, actor=page.request.user)  # type: ignore[arg-type]
    return _("The next shift will read it on Today.")


def _done(page: "HandoverPage", values: dict[str, Any]) -> str:
    handover_done(note=page.note(values["note"]), actor=page.request.user)  # type: ignore[arg-type]
    return _("That is done.")


def _again(page: "HandoverPage", values: dict[str, Any]) -> str:
    handover_reopen(note=page.note(values["note"]))
    return _("It stands again.")


class HandoverPage(ActingPage):
    """What is open, the form for the next note, and what was done."""

    area = "operations"
    template_name = "dashboard/handover.html"
    acts: ClassVar = {
        "write": Act(WriteForm, _written, "work", is_once=True),
        "done": Act(NoteForm, _done, "work"),
        "again": Act(NoteForm, _again, "work"),
    }

    def note(self, pk: int) -> HandoverNote:
        """A note of this property.

        Raises:
            Http404: none at this property.
        """
        return get_object_or_404(HandoverNote.objects.at(self.place.pk), pk=pk)

    def after(self, name: str) -> str:
        """Where one stood: on this page, or on the first page of the shift."""
        return reverse("dashboard:today") if self.request.POST.get("back") == "today" else super().after(name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Open notes, and a page of those that are done."""
        over = Paginator(handover_over(self.place.pk), PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(notes=handover_open(self.place.pk)[:OPEN], page=over, **kwargs)
