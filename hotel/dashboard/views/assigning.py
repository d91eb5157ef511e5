"""Rooms for many stays at once: the plan is shown, done as shown, and can be taken back."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hotel.core.exceptions import PmsError
from hotel.dashboard.forms.assigning import PlanForm, written
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import unassigned
from hotel.reservations.services.assignment import (
    MAX_STAYS,
    AssignmentPlan,
    gap_plan,
    plan_apply,
    rooms_plan,
)
from hotel.reservations.services.plans import moves_of, plan_undo

AHEAD = timedelta(days=7)
LONGEST = timedelta(days=400)
SESSION_KEY = "rooms_given"


def _given(page: "AssignPage", values: dict[str, Any]) -> str:
    moves = values["moves"]
    rows = plan_apply(place=page.place, lines=[move.line for move in moves], actor=page.request.user)  # type: ignore[arg-type]
    page.request.session[SESSION_KEY] = {"place": page.place.pk, "moves": written(moves)}
    count = len(rows)
    return ngettext("%(n)d stay has its room.", "%(n)d stays have their rooms.", count) % {"n": count}


def _taken_back(page: "AssignPage", values: dict[str, Any]) -> str:
    count = plan_undo(place=page.place, moves=values["moves"], actor=page.request.user)  # type: ignore[arg-type]
    page.request.session.pop(SESSION_KEY, None)
    return ngettext(
        "%(n)d stay is where it was before.", "%(n)d stays are where they were before.", count
    ) % {"n": count}


class AssignPage(ActingPage):
    """Which stays would get which rooms until a day, or whom one stay would move; nobody who is in house or locked."""

    area = "reservations"
    verb = "assign"
    template_name = "dashboard/assign.html"
    refusal = ""
    acts: ClassVar = {
        "give": Act(
            PlanForm, _given, "assign", is_once=True, when=lambda page: bool(page.plan and page.plan.moves)
        ),
        "undo": Act(PlanForm, _taken_back, "assign", is_once=True, when=lambda page: bool(page.done)),
    }

    @cached_property
    def until(self) -> date:
        """The last day of arrival that is asked for."""
        today = self.place.business_date
        try:
            wanted = parse_date(self.request.GET.get("until", "")) or today + AHEAD
        except ValueError:
            wanted = today + AHEAD
        return min(max(wanted, today), today + LONGEST)

    @cached_property
    def stay(self) -> Reservation | None:
        """The one stay that room is made for, if any."""
        wanted = self.request.GET.get("stay", "")
        if not wanted.isdecimal():
            return None
        return get_object_or_404(Reservation.objects.at(self.place.pk).with_parts(), pk=wanted)

    @cached_property
    def plan(self) -> AssignmentPlan | None:
        """What would be done; None when no room can be made."""
        if self.stay is not None:
            try:
                return gap_plan(reservation=self.stay)
            except PmsError as error:
                self.refusal = error.message
                return None
        waiting = unassigned(self.place, self.place.business_date, self.until + timedelta(days=1))
        return rooms_plan(place=self.place, reservations=waiting[:MAX_STAYS])

    @property
    def done(self) -> str:
        """The moves done last at this property, in this session."""
        last = self.request.session.get(SESSION_KEY) or {}
        return last.get("moves", "") if last.get("place") == self.place.pk else ""

    def about(self, name: str) -> dict[str, Any]:
        """The plan, or what was done; a form that is sent has brought it."""
        if self.request.method == "POST":
            return {}
        moves = self.done if name == "undo" else written(moves_of(self.plan)) if self.plan else ""
        return {"initial": {"moves": moves}}

    def after(self, name: str) -> str:
        """Here again, where it can be taken back."""
        return reverse("dashboard:assign")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The plan in rows."""
        plan = self.plan
        return super().get_context_data(
            plan=plan,
            stay=self.stay,
            until=self.until,
            refusal=self.refusal or _("No room can be made."),
            **kwargs,
        )
