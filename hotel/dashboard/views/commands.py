"""Commands on one reservation from its page: the same services as the API, the answer as a message."""

import hashlib
from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views import View

from hotel.accounts.models import User
from hotel.core.exceptions import PmsError, VersionConflict
from hotel.core.services.idempotency import KeyInFlight, done_once
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.reservations import AmendForm, AssignForm, CancelForm, NoteForm, SplitForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import PATIENCE
from hotel.dashboard.words import done_words
from hotel.rates.domain.quotes import Occupancy
from hotel.reservations.choices import Guarantee
from hotel.reservations.domain.lifecycle import COMMANDS
from hotel.reservations.models import Reservation
from hotel.reservations.services.amendments import Amendment, reservation_amend
from hotel.reservations.services.assignment import room_assign, room_lock, room_unassign
from hotel.reservations.services.cancellations import Waiver, reservation_cancel, reservation_no_show
from hotel.reservations.services.copies import reservation_split
from hotel.reservations.services.details import note_add, note_done
from hotel.reservations.services.lifecycle import reservation_confirm, reservation_option
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.slices import occupancy_of
from hotel.stays.domain.eligibility import STAY_COMMANDS
from hotel.stays.services.check_in import check_in_revert
from hotel.stays.services.check_out import check_out_reinstate

Command = Callable[[Reservation, Any, User, int], object]


class FormRefused(Exception):
    """The form of a command is not filled in well."""


class Act(StaffPage, View):
    """A POST on one reservation of the property one works at; the answer is its page, or the page asked for."""

    area = "reservations"
    http_method_names = ["post"]

    def reservation(self, pk: int) -> Reservation:
        """The reservation, if it is of this property."""
        rows = Reservation.objects.at(self.place.pk).select_related(
            "property", "room_type", "rate_plan", "booking"
        )
        return get_object_or_404(rows, pk=pk)

    def back(self, pk: int) -> HttpResponse:
        """To the page the form names, when it is one of ours; to the reservation otherwise."""
        wanted = self.request.POST.get("back", "")
        if wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
            return redirect(wanted)
        return redirect("dashboard:reservation_detail", pk=pk)


class ReservationCommand(Act):
    """POST ``…/reservations/<id>/<command>`` with the version that the person saw."""

    def post(self, request: HttpRequest, pk: int, command: str) -> HttpResponse:
        """Do it, or say why not; nothing is changed then."""
        if command not in DO:
            raise Http404
        right = COMMANDS[command] if command in COMMANDS else STAY_COMMANDS[command]
        if not shell_of(request).may(right.verb, right.area):
            raise PermissionDenied
        reservation = self.reservation(pk)
        try:
            version = int(request.POST.get("version", ""))
        except ValueError:
            version = 0
        try:
            with transaction.atomic():
                DO[command](reservation, request.POST, request.user, version)  # type: ignore[arg-type]
        except VersionConflict:
            messages.warning(request, conflict_words(reservation, request.user))
        except (PmsError, FormRefused) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, f"{reservation.number}: {done_words(command)}")
        return self.back(pk)


def conflict_words(reservation: Reservation, reader: Any) -> str:
    """Who was faster, and when; the second click of a double click is the reader himself."""
    last = reservation.changes.select_related("actor").order_by("-pk").first()
    at = date_format(timezone.localtime(last.at), "H:i") if last else ""
    if last is not None and last.actor == reader:
        return _("You changed this reservation at %(at)s already; the second time did nothing.") % {"at": at}
    who = (last and last.actor) or _("Somebody")
    return _(
        "%(who)s changed this reservation at %(at)s; nothing of yours was done. This is how it stands now."
    ) % {"who": who, "at": at}


class NoteCommand(Act):
    """Write a note on a reservation, or tick a trace off."""

    verb = "manage"

    def post(self, request: HttpRequest, pk: int, note: int | None = None) -> HttpResponse:
        """Written or ticked off; a note that is not filled in well is told."""
        reservation = self.reservation(pk)
        try:
            if note is not None:
                found = get_object_or_404(reservation.notes, pk=note)
                note_done(note=found, actor=request.user)  # type: ignore[arg-type]
            else:
                self.write(reservation, _filled(NoteForm(request.POST)))
        except KeyInFlight:
            messages.info(request, _("This note is being saved already."))
        except (PmsError, FormRefused) as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Saved."))
        return self.back(pk)

    def write(self, reservation: Reservation, note: dict[str, Any]) -> None:
        """Write a note once though the same form is sent twice; another text is another note."""
        author: User = self.request.user  # type: ignore[assignment]
        key = note.pop("key")
        digest = hashlib.sha256(repr(note).encode()).hexdigest()
        done_once(
            principal=f"user:{author.pk}",
            route=f"POST {self.request.path}",
            key=f"{key}:{digest}",
            body_hash=digest,
            work=lambda: note_add(reservation=reservation, actor=author, **note),
            patience=PATIENCE,
        )


def _filled(form: forms.Form) -> dict[str, Any]:
    if not form.is_valid():
        raise FormRefused(
            " ".join(
                f"{form.fields[name].label}: {text}" if name in form.fields else text
                for name, texts in form.errors.items()
                for text in texts
            )
        )
    return form.cleaned_data


def _amend(reservation: Reservation, data: Any, actor: User, version: int) -> object:
    wanted = _filled(AmendForm(data, prefix="amend"))
    now = occupancy_of(reservation)
    party = Occupancy(adults=wanted["adults"], children=now.children, child_ages=now.child_ages)
    amendment = Amendment(
        arrival=wanted["arrival"],
        departure=wanted["departure"],
        occupancy=party if wanted["adults"] != reservation.adults else None,
    )
    return reservation_amend(
        reservation=reservation, amendment=amendment, actor=actor, expected_version=version
    )


def _assign(reservation: Reservation, data: Any, actor: User, version: int) -> object:
    wanted = _filled(AssignForm(data, reservation=reservation))
    return room_assign(reservation=reservation, actor=actor, expected_version=version, **wanted)


def _cancel(reservation: Reservation, data: Any, actor: User, version: int) -> object:
    reason = _filled(CancelForm(data))["reason"]
    return reservation_cancel(
        reservation=reservation, actor=actor, waiver=Waiver(reason=reason), expected_version=version
    )


def _confirm(reservation: Reservation, data: Any, actor: User, version: int) -> object:
    guarantee = data.get("guarantee", "")
    if guarantee not in {"", *Guarantee.values}:
        raise FormRefused(_("Choose one of the guarantees."))
    return reservation_confirm(
        reservation=reservation, actor=actor, guarantee=guarantee, expected_version=version
    )


def _split(reservation: Reservation, data: Any, actor: User, version: int) -> object:
    at = _filled(SplitForm(data))["at"]
    return reservation_split(reservation=reservation, at=at, actor=actor, expected_version=version)


def _plain(service: Callable[..., object], **fixed: Any) -> Command:
    """A command that needs nothing but the reservation and its version."""

    def run(reservation: Reservation, data: Any, actor: User, version: int) -> object:
        return service(reservation=reservation, actor=actor, expected_version=version, **fixed)

    return run


DO: dict[str, Command] = {
    "amend": _amend,
    "assign": _assign,
    "cancel": _cancel,
    "confirm": _confirm,
    "lock": _plain(room_lock),
    "no-show": _plain(reservation_no_show),
    "option": _plain(reservation_option),
    "reinstate": _plain(reservation_reinstate),
    "reinstate-check-out": _plain(check_out_reinstate),
    "revert-check-in": _plain(check_in_revert),
    "split": _split,
    "unassign": _plain(room_unassign),
    "unlock": _plain(room_lock, is_locked=False),
}
