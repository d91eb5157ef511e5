"""One document: what is printed, what was credited of it, and how it is taken back, whole or in part."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hotel.accounts.selectors.actions import actions_for
from hotel.core.actions import Action
from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.documents import CreditForm, RebateForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.folios.domain.document_actions import actions
from hotel.folios.models import Invoice
from hotel.folios.selectors.documents import credited, document_state
from hotel.folios.services.credit_notes import credit_note_issue, invoice_cancel, invoice_rebate

# command -> what the page calls it
WORDS = {
    "cancel": gettext_lazy("Take back whole"),
    "credit": gettext_lazy("Credit what was corrected"),
    "rebate": gettext_lazy("Let a part off"),
}


def _told(page: "DocumentPage", note: Invoice) -> str:
    page.made = note
    return _("Credit note %(number)s is issued: %(amount)s less is owed.") % {
        "number": note.number_text, "amount": money(-note.total),
    }  # fmt: skip


def _cancelled(page: "DocumentPage", values: dict[str, Any]) -> str:
    return _told(page, invoice_cancel(invoice=page.document, actor=page.request.user, **values))  # type: ignore[arg-type]


def _credited(page: "DocumentPage", values: dict[str, Any]) -> str:
    return _told(page, credit_note_issue(invoice=page.document, actor=page.request.user, **values))  # type: ignore[arg-type]


def _let_off(page: "DocumentPage", values: dict[str, Any]) -> str:
    return _told(page, invoice_rebate(invoice=page.document, actor=page.request.user, **values))  # type: ignore[arg-type]


class DocumentPage(ActingPage):
    """An invoice, credit note, advance invoice or receipt; it is never changed, only credited."""

    area = "folios"
    template_name = "dashboard/document.html"
    made: Invoice | None = None
    acts: ClassVar = {
        "rebate": Act(RebateForm, _let_off, "adjust", is_once=True),
        "credit": Act(CreditForm, _credited, "invoice", is_once=True),
        "cancel": Act(CreditForm, _cancelled, "invoice", is_once=True),
    }

    @cached_property
    def document(self) -> Invoice:
        """The document.

        Raises:
            Http404: no such document here.
        """
        rows = Invoice.objects.at(self.place.pk).select_related(
            "property", "window__folio__reservation", "reservation", "corrects", "actor"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def content(self) -> dict[str, Any]:
        """All that is printed."""
        return self.document.document

    @cached_property
    def actions(self) -> dict[str, Action]:
        """What the person may do with the document as it stands, by name."""
        judged = actions(document_state(self.document))
        return {row.name: row for row in actions_for(self.request.user, self.place.pk, judged)}

    @property
    def is_hidden(self) -> bool:
        """Whether the guest is confidential, and the person may not view guests."""
        window = self.document.window
        stay = self.document.reservation or (window and window.folio.reservation)
        return bool(stay and stay.is_confidential) and not shell_of(self.request).may("view", "guests")

    def about(self, name: str) -> dict[str, Any]:
        """The lines of the document."""
        if name != "rebate":
            return {}
        return {"lines": self.content["lines"], "currency": self.content["currency"]}

    def is_possible(self, name: str) -> bool:
        """What the document's ``actions`` allow."""
        return self.actions[name].is_allowed

    def after(self, name: str) -> str:
        """The credit note that was made; this page when there is none."""
        return reverse("dashboard:document", args=[self.made.pk]) if self.made else super().after(name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The document as it is printed, and what was credited of it."""
        document = self.document
        notes = Invoice.objects.at(self.place.pk).filter(corrects=document).order_by("pk")
        return super().get_context_data(
            document=document,
            lines=list(enumerate(self.content["lines"], 1)),
            reason=self.content["reason"],
            notes=notes,
            left=document.total - credited(document),
            is_hidden=self.is_hidden,
            denied=[(WORDS[row.name], row.reason) for row in self.actions.values() if not row.is_allowed],
            **kwargs,
        )
