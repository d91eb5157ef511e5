"""Finding members, and making one of a guest."""

from collections.abc import Sequence
from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.guest import GuestFinding
from hotel.guests.models import Guest
from hotel.guests.services.guests import GuestData
from loyalty.forms import EnrolForm, MemberSearch
from loyalty.models import LoyaltyMember
from loyalty.selectors.members import members_found, members_shown, program_at
from loyalty.services.applicants import ApplicantUncertain, applicant_enrol
from loyalty.services.enrolment import member_enrol

LISTED = 25


class MembersPage(StaffPage, TemplateView):
    """Members of the hotel's programmes, found by number or by who they are."""

    area = "loyalty"
    template_name = "loyalty/members.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page, newest members first; six queries, however many members there are."""
        shell = shell_of(self.request)
        may_see = shell.may("view", "guests")
        form = MemberSearch(self.request.GET or None, by_name=may_see)
        text = form.cleaned_data["text"] if form.is_valid() else ""
        page = Paginator(members_found(self.place, text, by_name=may_see), LISTED).get_page(
            self.request.GET.get("page")
        )
        kind = "search" if text else "list"
        rows = members_shown(page.object_list, self.request.user, kind=kind, may_see_guests=may_see)
        return super().get_context_data(
            form=form,
            text=text,
            page=page,
            rows=rows,
            program=program_at(self.place),
            may_enrol=shell.may("enrol", "loyalty"),
            **kwargs,
        )


def _enrolled(page: "EnrolPage", values: dict[str, Any]) -> str:
    if values["guest"]:
        page.enrolled = member_enrol(place=page.place, guest=page.booker(values))
    else:
        data = GuestData(**{name: values[name] for name in ("first_name", "last_name", "email", "phone")})
        page.enrolled = page.applied(data, is_new=values["is_new"])
    return _("Enrolled: %(number)s.") % {"number": page.enrolled.number}


class EnrolPage(GuestFinding, ActingPage):
    """A guest who is known here, or a person by name, becomes a member."""

    area = "loyalty"
    verb = "enrol"
    template_name = "loyalty/enrol.html"
    acts: ClassVar = {"enrol": Act(EnrolForm, _enrolled, "enrol", is_once=True)}
    enrolled: LoyaltyMember | None = None
    candidates: Sequence[dict[str, Any]] = ()

    @cached_property
    def found(self) -> list[tuple[int, str]]:
        """Guests who fit what is looked for, and the one who was chosen among the suggested."""
        rows, chosen = self.known(), self.request.POST.get("enrol-guest", "")
        if self.may_find and chosen.isdecimal() and int(chosen) not in dict(rows):
            mine = Guest.objects.linked_to([self.place.pk]).visible_to(self.request.user)
            rows += [(guest.pk, str(guest)) for guest in mine.filter(pk=int(chosen))]
        return rows

    def applied(self, data: GuestData, *, is_new: bool) -> LoyaltyMember:
        """The member made of a person; whom he may be is kept for the page when the house is not sure."""
        try:
            return applicant_enrol(
                place=self.place,
                data=data,
                actor=self.request.user,
                is_new=is_new,  # type: ignore[arg-type]
            )
        except ApplicantUncertain as doubt:
            self.candidates = doubt.extra["candidates"]
            raise

    def about(self, name: str) -> dict[str, Any]:
        """The guests to choose from."""
        return {"known": self.found}

    def is_possible(self, name: str) -> bool:
        """While the hotel takes part in a programme."""
        return program_at(self.place) is not None

    def after(self, name: str) -> str:
        """The new member's page."""
        if self.enrolled is None:
            return reverse("loyalty:members")
        return reverse("loyalty:member", args=[self.enrolled.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What was looked for, and the programme."""
        return super().get_context_data(
            who=self.request.GET.get("who", ""),
            may_find=self.may_find,
            candidates=self.candidates,
            program=program_at(self.place),
            **kwargs,
        )
