"""Finding a reservation, and everything about one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.views.generic import DetailView, TemplateView

from hotel.accounts.selectors.actions import actions_for
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.reservations import (
    AmendForm,
    AssignForm,
    CancelForm,
    FindForm,
    NoteForm,
    SplitForm,
)
from hotel.dashboard.selectors.explained import question_of_stay
from hotel.dashboard.selectors.finding import stays_matching
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.saved import WithViews
from hotel.dashboard.words import button_words, guarantees_asked
from hotel.folios.models import Folio
from hotel.folios.selectors.folios import folios_shown
from hotel.properties.journeys import Journey, journey_of
from hotel.properties.models import Property
from hotel.properties.panels import panels_of
from hotel.rates.domain.quotes import night_price_load
from hotel.reservations.choices import OPEN, ReservationStatus
from hotel.reservations.models import Reservation, ReservationChange
from hotel.reservations.querysets import ReservationQuerySet
from hotel.reservations.selectors.actions import actions_of
from hotel.reservations.selectors.front_desk import nights_without_room, status_on
from hotel.reservations.services.cancellations import fee_preview

PAGE = 50
RAIL = 6
# Commands that need no more than a button here; the others have forms of their own on the page.
BUTTONS = (
    *("confirm", "option", "reinstate", "no-show", "unassign", "lock", "unlock"),
    *("revert-check-in", "reinstate-check-out"),
)


class ReservationListPage(WithViews, StaffPage, TemplateView):
    """Reservations of the property by number, guest, status and day."""

    area = "reservations"
    template_name = "dashboard/reservation_list.html"
    saved = "reservation_list"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """One page; a filter that cannot be read is told and finds nothing."""
        may_find_guests = shell_of(self.request).may("view", "guests")
        form = FindForm(self.asked or None, by_name=may_find_guests)
        rows = Reservation.objects.at(self.place.pk).with_parts().with_rooms().order_by("-arrival", "-pk")
        if form.is_bound:
            rows = found(self.place, rows, form) if form.is_valid() else rows.none()
        kept = self.request.GET.copy()
        kept.pop("page", None)
        page = Paginator(rows, PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page=page, form=form, kept=kept.urlencode(), **kwargs)


def found(place: Property, rows: ReservationQuerySet, form: FindForm) -> ReservationQuerySet:
    """Reservations that a filled-in form asks for; names may be typed with small errors."""
    text, status, day = (form.cleaned_data[name] for name in ("text", "status", "day"))
    if text:
        rows = rows.filter(stays_matching(place.pk, text, by_name=form.by_name))
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
        rows = Reservation.objects.at(self.place.pk).with_parts().with_rooms()
        return rows.prefetch_related("links__reservations")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The parts of the page; forms only for what is allowed."""
        reservation, shell = self.object, shell_of(self.request)
        nights = list(reservation.nights.select_related("room_type", "rate_plan"))
        prices = [(night, night_price_load(night.price_detail)) for night in nights if night.price_detail]
        return super().get_context_data(
            status=status_on(reservation, self.place.business_date),
            without_room=nights_without_room(reservation),
            nights=prices,
            today_asked=question_of_stay(reservation),
            guests=reservation.guests.select_related("guest"),
            may_see_guests=shell.may("view", "guests"),
            others=reservation.booking.reservations.exclude(pk=reservation.pk).order_by("number"),
            changes=[
                (change, differences(change))
                for change in reservation.changes.select_related("actor").order_by("-pk")[:50]
            ],
            notes=reservation.notes.select_related("author").order_by("done_at", "-pk")[:50],
            note_form=NoteForm() if shell.may("manage", "reservations") else None,
            may_book=shell.may("manage", "reservations"),
            folios=folios_of(reservation) if shell.may("view", "folios") else [],
            may_take_money=shell.may("post", "folios"),
            may_draw_up=reservation.status in OPEN and shell.may("view", "stays"),
            journey=self.journey(reservation),
            panels=panels_of("reservation", reservation.pk, self.request.user, self.place),
            desk=desk_pages(reservation) if shell.may("manage", "stays") else [],
            **self.actions(reservation),
            **kwargs,
        )

    def journey(self, reservation: Reservation) -> Journey | None:
        """The newest of what has been between the guest and the house, for those who may see guests."""
        may = shell_of(self.request).may("view", "guests")
        if not may or reservation.is_confidential or reservation.primary_guest_id is None:
            return None
        return journey_of(reservation.primary_guest_id, self.request.user, self.place, limit=RAIL)

    def actions(self, reservation: Reservation) -> dict[str, Any]:
        """Buttons and forms for what may be done now, and the reasons for what may not."""
        mine = actions_for(self.request.user, reservation.property_id, actions_of(reservation))
        allowed = {action.name for action in mine if action.is_allowed}
        denied = [(button_words(action.name), action.reason) for action in mine if not action.is_allowed]
        return {
            "buttons": [(name, button_words(name)) for name in BUTTONS if name in allowed],
            "denied": denied,
            "may_rearrange": "amend" in allowed and shell_of(self.request).may("assign", "reservations"),
            "guarantees": guarantees_asked(reservation.policies)
            if "guarantee" in reservation.policies
            else None,
            "fee": fee_preview(reservation) if "cancel" in allowed else None,
            "cancel_form": CancelForm() if "cancel" in allowed else None,
            "assign_form": AssignForm(reservation=reservation) if "assign" in allowed else None,
            "amend_form": AmendForm.of(reservation) if "amend" in allowed else None,
            "split_form": SplitForm() if "split" in allowed else None,
        }


def folios_of(reservation: Reservation) -> Sequence[Folio]:
    """The folios of a stay with what is owed on them, the last one first."""
    rows = Folio.objects.at(reservation.property_id).whole().filter(reservation=reservation)
    return folios_shown(list(rows.order_by("-pk")))


def desk_pages(reservation: Reservation) -> list[tuple[str, str]]:
    """The pages of the desk for a stay as it is now: route and button, the next step first."""
    is_due = reservation.arrival <= reservation.property.business_date
    if reservation.status == ReservationStatus.CONFIRMED and is_due:
        return [("dashboard:check_in", button_words("check-in"))]
    if reservation.status == ReservationStatus.IN_HOUSE:
        return [
            ("dashboard:check_out", button_words("check-out")),
            ("dashboard:move_room", button_words("move-room")),
        ]
    return []


def differences(change: ReservationChange) -> list[tuple[str, Any, Any]]:
    """What a change altered: field in words, before and after, for fields with a plain value."""
    names = sorted({*change.before, *change.after})
    rows = ((name, change.before.get(name), change.after.get(name)) for name in names)
    return [
        (name.replace("_", " "), before, after)
        for name, before, after in rows
        if not isinstance(before or after, dict | list)
    ]
