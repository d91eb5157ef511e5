"""Requests of guests about their data: the work list, and a new one."""

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.core.clock import now
from hotel.dashboard.access import StaffPage
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from security.domain.privacy_requests import OPEN
from security.forms_privacy import CasesForm, RecordForm, guest_words
from security.models import PrivacyRequest
from security.selectors.privacy_cases import cases, guests_known
from security.services.privacy_requests import request_record

PAGE = 50
FOUND = 20


class PrivacyPage(StaffPage, TemplateView):
    """Requests at the property one works at, the next day to answer first."""

    area = "security"
    template_name = "security/privacy.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty lines; what cannot be read of the filter finds nothing."""
        rows, form = PrivacyRequest.objects.at(self.place.pk), CasesForm(self.request.GET)
        page = Paginator(self._found(rows, form), PAGE).get_page(self.request.GET.get("page"))
        lines = cases(list(page.object_list), user=self.request.user, place=self.place)
        access_note(Guest._meta.db_table, (line.guest.pk for line in lines if line.guest), "list")
        kept = self.request.GET.copy()
        kept.pop("page", None)
        return super().get_context_data(
            form=form,
            page=page,
            lines=lines,
            kept=kept.urlencode(),
            late=self._late(rows).count(),
            waiting=rows.filter(status__in=OPEN).count(),
            is_new=not rows.exists(),
            may_record=shell_of(self.request).may("manage", "security"),
            **kwargs,
        )

    def _late(self, rows: QuerySet) -> QuerySet:
        return rows.filter(status__in=OPEN, due_on__lt=now().astimezone(self.place.zone).date())

    def _found(self, rows: QuerySet, form: CasesForm) -> QuerySet:
        if not form.is_valid():
            return rows.none()
        if kind := form.cleaned_data["kind"]:
            rows = rows.filter(kind=kind)
        state = form.cleaned_data["state"] or "open"
        if state == "late":
            return self._late(rows).order_by("due_on", "pk")
        if state == "open":
            return rows.filter(status__in=OPEN).order_by("due_on", "pk")
        return (rows.exclude(status__in=OPEN) if state == "closed" else rows).order_by("-pk")


def _recorded(page: "NewRequestPage", values: dict[str, Any]) -> str:
    guest = get_object_or_404(page.guests, pk=values["guest"])
    changes = {
        name.removeprefix("right_"): value
        for name, value in values.items()
        if name.startswith("right_") and value
    }
    page.made = request_record(
        place=page.place,
        guest=guest,
        kind=values["kind"],
        received_on=values["received_on"],
        purpose=values["purpose"],
        words=values["words"],
        changes=changes or None,
        by=page.request.user,
    )
    return _("Recorded: to be answered until %(day)s.") % {"day": f"{page.made.due_on:%d %b %Y}"}


class NewRequestPage(ActingPage):
    """Find the guest, then write down what he asks for. ``?guest=`` leads to one at once."""

    area = "security"
    verb = "manage"
    template_name = "security/privacy_new.html"
    acts: ClassVar = {"record": Act(RecordForm, _recorded, "manage", is_once=True)}
    made: PrivacyRequest | None = None

    @cached_property
    def guests(self) -> QuerySet[Guest]:
        """Those who may be chosen: known at this property, alive, nothing hidden."""
        known = guests_known(self.request.user, self.place).linked_to([self.place.pk])
        return known.current().filter(erased_at=None)

    @cached_property
    def chosen(self) -> Guest | None:
        """The guest of the address, or of what was sent; None while he is looked for."""
        wanted = self.request.POST.get("record-guest") or self.request.GET.get("guest", "")
        is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 19
        return self.guests.filter(pk=int(wanted)).first() if is_number else None

    def is_possible(self, name: str) -> bool:
        """When it is known who asks."""
        return self.chosen is not None

    def form(self, name: str, sent: Any = None) -> Any:
        """Received today unless told otherwise."""
        form = super().form(name, sent)
        form.fields["received_on"].initial = now().astimezone(self.place.zone).date()
        if self.chosen is not None:
            form.fields["guest"].initial = self.chosen.pk
        return form

    def after(self, name: str) -> str:
        """To the new request; to the list when it was made by a click before."""
        if self.made is not None:
            return reverse("security:privacy_request", args=[self.made.pk])
        return reverse("security:privacy")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Guests found, best first."""
        who, rows = self.request.GET.get("who", "").strip(), {}
        ids = guests_search([self.place.pk], who, FOUND) if who and self.chosen is None else []
        if ids:
            rows = self.guests.in_bulk(ids)
            access_note(Guest._meta.db_table, rows, "search")
        if self.chosen is not None:
            access_note(Guest._meta.db_table, [self.chosen.pk])
        return super().get_context_data(
            who=who,
            found=[(pk, guest_words(rows[pk])) for pk in ids if pk in rows],
            chosen=self.chosen and guest_words(self.chosen),
            **kwargs,
        )
