"""Two profiles of one person become one: side by side, field by field; and two again while that is possible."""

from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.core.access_notes import access_note
from hotel.dashboard.forms.guests import MergeForm, UnmergeForm
from hotel.dashboard.selectors.guests import guest_rows, merges_of, twins_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.guests import TABLE, TEXT_AT_MOST, OfGuest
from hotel.guests.models import Guest, GuestMerge
from hotel.guests.selectors.profiles import guests_search
from hotel.guests.services.merges import UNMERGE_DAYS, guest_merge, guest_unmerge

FOUND = 10


def _merged(page: "GuestMergePage", values: dict[str, Any]) -> str:
    chosen = [name.removeprefix("take_") for name, value in values.items() if value == "merged"]
    other: Any = page.other
    guest_merge(kept=page.guest, merged=other, by=page.request.user, reason=values["reason"], chosen=chosen)
    told = _("%(other)s is part of this profile now; it can be undone for %(days)d days.")
    return told % {"other": other, "days": UNMERGE_DAYS}


def _unmerged(page: "GuestMergePage", values: dict[str, Any]) -> str:
    other = values["merge"].merged
    guest_unmerge(guest=other, by=page.request.user)
    return _("They are two profiles again: %(guest)s and %(other)s.") % {"guest": page.guest, "other": other}


class GuestMergePage(OfGuest, ActingPage):
    """The profile of the address is kept; the other one is named by ``?with=``, suggested, or looked for."""

    verb = "merge"
    template_name = "dashboard/guest_merge.html"
    acts: ClassVar = {
        "merge": Act(
            MergeForm,
            _merged,
            "merge",
            is_once=True,
            needs=lambda page: {"kept": page.guest, "merged": page.other},
            when=lambda page: page.other is not None,
        ),
        "unmerge": Act(
            UnmergeForm,
            _unmerged,
            "merge",
            is_once=True,
            needs=lambda page: {"merges": page.merges},
            when=lambda page: bool(page.merges),
        ),
    }

    @cached_property
    def others(self) -> Any:
        """Whom one may name: alive, known here, and not the one who is kept."""
        rows: Any = guest_rows(self.request.user, self.place, "merge")
        return rows.current().filter(erased_at=None).exclude(pk=self.guest.pk)

    @cached_property
    def other(self) -> Guest | None:
        """The profile that would become part of this one; None while it is looked for.

        Raises:
            Http404: the address names none who may be chosen.
        """
        wanted = self.request.POST.get("merge-other") or self.request.GET.get("with", "")
        if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 19):
            return None
        if self.request.POST:  # who was merged by the first of two clicks is found by the second one
            return guest_rows(self.request.user, self.place, "merge").filter(pk=int(wanted)).first()
        found: Guest = get_object_or_404(self.others, pk=int(wanted))
        return found

    @cached_property
    def merges(self) -> list[GuestMerge]:
        """What can be undone."""
        return merges_of(self.guest)

    def form(self, name: str, sent: Any = None) -> Any:
        """That of a merge needs both.

        Raises:
            Http404: nobody to be merged is named.
        """
        if name == "merge" and self.other is None:
            get_object_or_404(self.others, pk=0)
        return super().form(name, sent)

    def after(self, name: str) -> str:
        """To the profile that lives on."""
        return reverse("dashboard:guest", args=[self.guest.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Suspicions with their reasons, whom one looked for, and both profiles side by side."""
        who = self.request.GET.get("who", "")[:TEXT_AT_MOST].replace("\0", "").strip()
        ids = guests_search([self.place.pk], who, FOUND + 1) if who and self.other is None else []
        rows = self.others.in_bulk(ids)
        access_note(TABLE, rows, "search")
        if self.other is not None:
            access_note(TABLE, [self.other.pk])
        twins = twins_of(self.guest, self.request.user, self.place) if self.other is None else []
        access_note(TABLE, (guest.pk for guest, _match in twins), "list")
        return super().get_context_data(
            guest=self.guest,
            other=self.other,
            who=who,
            found=[rows[pk] for pk in ids if pk in rows][:FOUND],
            twins=twins,
            days=UNMERGE_DAYS,
            **kwargs,
        )
