"""Stays that belong together: one guest's made one, others linked and taken apart."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.dashboard.forms.parts import VersionedForm
from hotel.dashboard.forms.reservations import FindForm
from hotel.dashboard.forms.together import MOST, CombineForm, StaysLinkForm
from hotel.dashboard.selectors.together import Neighbours, companions, neighbours
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.commands import conflict_words
from hotel.dashboard.views.reservations import found
from hotel.dashboard.words import done_words
from hotel.reservations.choices import LinkKind
from hotel.reservations.domain.lifecycle import COMMANDS, action
from hotel.reservations.models import Reservation, ReservationLink
from hotel.reservations.selectors.actions import situation_of
from hotel.reservations.services.combinations import reservation_combine
from hotel.reservations.services.links import reservation_unlink, reservations_link


def _combined(page: "TogetherPage", values: dict[str, Any]) -> str:
    stay = reservation_combine(
        reservation=page.reservation,
        others=values["others"],
        actor=page.request.user,  # type: ignore[arg-type]
        expected_version=values["version"],
    ).reservation
    return f"{stay.number}: {done_words('combine')}"


def _linked(page: "TogetherPage", values: dict[str, Any]) -> str:
    stay = reservations_link(reservation=page.reservation, actor=page.request.user, **values).reservation  # type: ignore[arg-type]
    return f"{stay.number}: {done_words('link')}"


def _unlinked(kind: LinkKind) -> Callable[["TogetherPage", dict[str, Any]], str]:
    """The work of taking a stay out of its link of a kind."""

    def work(page: "TogetherPage", values: dict[str, Any]) -> str:
        stay = reservation_unlink(
            reservation=page.reservation,
            kind=kind,
            actor=page.request.user,  # type: ignore[arg-type]
            expected_version=values["version"],
        ).reservation
        return _("%(number)s is in this link no more.") % {"number": stay.number}

    return work


class BesidePage(ActingPage):
    """A page on which other stays are chosen for a stay: those looked for, or else of the same guest or booking."""

    area = "reservations"

    @cached_property
    def reservation(self) -> Reservation:
        """The stay.

        Raises:
            Http404: no such stay here.
        """
        rows = Reservation.objects.at(self.place.pk).with_parts().with_rooms().select_related("share")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @cached_property
    def companions(self) -> list[Reservation]:
        """Stays of the same guest or booking."""
        return companions(self.reservation)

    @cached_property
    def search(self) -> FindForm:
        """What is looked for."""
        return FindForm(self.request.GET or None, by_name=shell_of(self.request).may("view", "guests"))

    def looked_for(self, **only: Any) -> list[Reservation]:
        """Those that the search finds, as many as are listed; or the companions when nothing is looked for.

        Args:
            only: further conditions of the search, as ``filter`` takes them.
        """
        if not self.search.is_bound:
            return self.companions
        if not self.search.is_valid():
            return []
        rows = Reservation.objects.at(self.place.pk).with_parts().exclude(pk=self.reservation.pk)
        rows = found(self.place, rows, self.search).filter(**only)
        return list(rows.order_by("arrival", "pk")[:MOST])

    def stale(self) -> str:
        """Who was faster, and when."""
        return conflict_words(self.reservation, self.request.user)


class TogetherPage(BesidePage):
    """What a stay is linked with, what it can be one with, and what else it can be linked with."""

    template_name = "dashboard/together.html"
    acts: ClassVar = {
        "combine": Act(CombineForm, _combined, "manage"),
        "link": Act(StaysLinkForm, _linked, "manage", is_once=True),
        **{f"unlink_{kind}": Act(VersionedForm, _unlinked(kind), "manage") for kind in LinkKind},
    }

    @cached_property
    def links(self) -> list[tuple[ReservationLink, list[Reservation]]]:
        """Its links, each with the other stays by arrival."""
        rows = self.reservation.links.prefetch_related(
            "reservations__primary_guest", "reservations__room_type"
        )
        return [
            (link, sorted(link.reservations.all(), key=lambda stay: (stay.arrival, stay.pk)))
            for link in rows.order_by("kind")
        ]

    @cached_property
    def neighbours(self) -> Neighbours:
        """Which of them could be one with it."""
        return neighbours(self.reservation, self.companions)

    @cached_property
    def offered(self) -> list[Reservation]:
        """Stays to link with."""
        return self.looked_for(status__in=COMMANDS["link"].sources)

    def about(self, name: str) -> dict[str, Any]:
        """The stays to choose from, or the version seen."""
        if name == "link":
            return {"place": self.place, "offered": self.offered}
        known = {"version": self.reservation.version}
        if name == "combine":
            return {**known, "place": self.place, "offered": self.neighbours.joinable}
        return known

    def is_possible(self, name: str) -> bool:
        """What the lifecycle allows, where there is something to choose or to take apart."""
        if name.startswith("unlink_"):
            return any(name == f"unlink_{link.kind}" for link, _stays in self.links)
        stays = self.neighbours.joinable if name == "combine" else self.offered
        return bool(stays) and action(name, situation_of(self.reservation)).is_allowed

    def after(self, name: str) -> str:
        """The stay that is one now; this page for links."""
        if name == "combine":
            return reverse("dashboard:reservation_detail", args=[self.reservation.pk])
        return super().after(name)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, however many stays are listed."""
        context = super().get_context_data(**kwargs)
        forms, situation = context["forms"], situation_of(self.reservation)
        return context | {
            "reservation": self.reservation,
            "links": [(link, stays, forms.get(f"unlink_{link.kind}")) for link, stays in self.links],
            "apart": self.neighbours.apart,
            "search": self.search,
            "denied": {name: action(name, situation).reason for name in ("combine", "link")},
            "may_change": shell_of(self.request).may("manage", "reservations"),
        }
