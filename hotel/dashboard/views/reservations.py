"""Finding a reservation, and everything about one."""

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.views.generic import DetailView, TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms import AmendForm, AssignForm, CancelForm, FindForm
from hotel.dashboard.shell import shell_of
from hotel.reservations.domain.lifecycle import COMMANDS
from hotel.reservations.models import Reservation
from hotel.reservations.querysets import ReservationQuerySet
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.selectors.front_desk import status_on
from hotel.reservations.services.cancellations import fee_preview

PAGE = 50
# Commands that need no more than a button here; the others have forms of their own on the page.
BUTTONS = ("confirm", "option", "reinstate", "no-show", "unassign", "lock", "unlock")


class ReservationListPage(StaffPage, TemplateView):
    """Reservations of the property by number, guest, status and day."""

    area = "reservations"
    template_name = "dashboard/reservation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page; a filter that cannot be read is told and finds nothing."""
        form = FindForm(self.request.GET or None)
        rows = Reservation.objects.at(self.place.pk).with_parts().with_rooms().order_by("-arrival", "-pk")
        if form.is_bound:
            rows = found(rows, form.cleaned_data) if form.is_valid() else rows.none()
        kept = self.request.GET.copy()
        kept.pop("page", None)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, form=form, kept=kept.urlencode(), **kwargs)


def found(rows: ReservationQuerySet, wanted: dict[str, Any]) -> ReservationQuerySet:
    """Reservations that a filled-in form asks for."""
    text, status, day = wanted["text"], wanted["status"], wanted["day"]
    if text:
        by_guest = Q(primary_guest__last_name__istartswith=text) | Q(
            primary_guest__first_name__istartswith=text
        )
        rows = rows.filter(Q(number__istartswith=text) | by_guest)
    if status:
        rows = rows.filter(status=status)
    if day:
        rows = rows.touching(day, day + timedelta(days=1))
    return rows


class ReservationPage(StaffPage, DetailView):
    """One reservation: what was sold, to whom, under which rules, and what can be done now."""

    area = "reservations"
    template_name = "dashboard/reservation_detail.html"
    context_object_name = "reservation"

    def get_queryset(self) -> Any:
        """Only of the property one works at."""
        return Reservation.objects.at(self.place.pk).with_parts().with_rooms()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The parts of the page; forms only for what is allowed."""
        reservation, shell = self.object, shell_of(self.request)
        actions = actions_of(reservation)
        allowed = {
            action.name
            for action in actions
            if action.is_allowed and shell.may(COMMANDS[action.name].verb, "reservations")
        }
        return super().get_context_data(
            status=status_on(reservation, self.place.business_date),
            nights=reservation.nights.select_related("room_type", "rate_plan"),
            guests=reservation.guests.select_related("guest"),
            changes=reservation.changes.select_related("actor").order_by("-pk")[:50],
            notes=reservation.notes.order_by("-pk")[:20],
            fee=fee_preview(reservation) if "cancel" in allowed else None,
            buttons=[name for name in BUTTONS if name in allowed],
            denied=[action for action in actions if not action.is_allowed],
            cancel_form=CancelForm() if "cancel" in allowed else None,
            assign_form=AssignForm(reservation=reservation) if "assign" in allowed else None,
            amend_form=AmendForm.of(reservation) if "amend" in allowed else None,
            **kwargs,
        )
