"""Guests: found, one with his journey, and what he told of himself put right."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.guests import GuestEditForm
from hotel.dashboard.selectors.guests import (
    consents_shown,
    figures_of,
    guest_rows,
    guests_listed,
    stays_shown,
    with_signs,
)
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.guests.models import Guest, GuestDocument
from hotel.guests.selectors.profiles import guest_resolved
from hotel.guests.services.guests import guest_change
from hotel.properties.journeys import journey_of
from hotel.properties.panels import panels_of

TEXT_AT_MOST = 120
TABLE = Guest._meta.db_table


class GuestListPage(StaffPage, TemplateView):
    """Guests of the house: looked for by what one knows of them, or those who became known last."""

    area = "guests"
    template_name = "dashboard/guests.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Fifty at most; whom it shows is noted."""
        text = self.request.GET.get("who", "")[:TEXT_AT_MOST].replace("\0", "").strip()
        rows = guests_listed(self.request.user, self.place, text)
        access_note(TABLE, (row.guest_id for row in rows), "search" if text else "list")
        return super().get_context_data(who=text, rows=rows, **kwargs)


class OfGuest(StaffPage):
    """A page about one guest; that of a merged profile leads to the one that lives on."""

    area = "guests"

    @cached_property
    def guest(self) -> Guest:
        """The guest of the address, for those who hold the page's right.

        Raises:
            Http404: none whom they may see at this property.
        """
        return get_object_or_404(guest_rows(self.request.user, self.place, self.verb), pk=self.kwargs["pk"])

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The page; who is shown is noted."""
        if self.guest.merged_into_id:
            return redirect("dashboard:guest", pk=guest_resolved(self.guest).pk)
        access_note(TABLE, [self.guest.pk])
        return super().get(request, **kwargs)  # type: ignore[misc,no-any-return]


class GuestProfilePage(OfGuest, TemplateView):
    """One guest: who he is, what he wants, and all that has been between him and the house, newest first."""

    template_name = "dashboard/guest.html"
    is_revealed = False

    @cached_property
    def guest(self) -> Guest:
        """With what else there is to know; see ``OfGuest``."""
        rows = with_signs(guest_rows(self.request.user, self.place))
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def may_reveal(self) -> bool:
        """Whether the person may see what is masked."""
        return shell_of(self.request).may("manage", "guests")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Show once what is masked; who looked at whom is written to the trail.

        Raises:
            PermissionDenied: the person may not.
        """
        if request.POST.get("do") != "reveal":
            raise Http404
        if not self.may_reveal:
            raise PermissionDenied
        self.is_revealed = True
        access_note(TABLE, [self.guest.pk], "reveal")
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The parts of the page, a part of the journey among them; nothing of other houses."""
        guest, shell, asked = self.guest, shell_of(self.request), self.request.GET
        kind = asked.get("kind", "")
        journey = journey_of(
            guest.pk, self.request.user, self.place, kind=kind, before=asked.get("before", "")
        )
        may_stays = shell.may("view", "reservations")
        documents = GuestDocument.objects.filter(guest=guest).order_by("pk")
        return super().get_context_data(
            guest=guest,
            figures=figures_of(guest, self.place),
            consents=consents_shown(guest),
            stays=stays_shown(guest, self.place) if may_stays else None,
            may_stays=may_stays,
            may_money=shell.may("view", "folios"),
            may_edit=shell.may("manage", "guests") and guest.erased_at is None,
            may_merge=shell.may("merge", "guests") and guest.erased_at is None,
            may_reveal=self.may_reveal,
            may_write=shell.may("send", "messaging"),
            may_book=shell.may("manage", "reservations"),
            is_revealed=self.is_revealed,
            documents=documents if self.is_revealed else (),
            journey=journey,
            kind=kind if kind in journey.kinds else "",
            is_first=not asked.get("before"),
            marks=panels_of("guest_mark", guest.pk, self.request.user, self.place),
            panels=panels_of("guest_act", guest.pk, self.request.user, self.place),
            **kwargs,
        )


def _edited(page: "GuestEditPage", values: dict[str, Any]) -> str:
    version = values.pop("version")
    found = guest_change(
        guest=page.guest, changes=values, country=page.place.country, expected_version=version
    )
    return _("%(guest)s is saved.") % {"guest": found}


class GuestEditPage(OfGuest, ActingPage):
    """What a guest told about himself, to be put right."""

    verb = "manage"
    template_name = "dashboard/guest_edit.html"
    acts: ClassVar = {"edit": Act(GuestEditForm, _edited, "manage", needs=lambda page: {"guest": page.guest})}

    def after(self, name: str) -> str:
        """To his page."""
        return reverse("dashboard:guest", args=[self.guest.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The guest and the form."""
        return super().get_context_data(guest=self.guest, **kwargs)
