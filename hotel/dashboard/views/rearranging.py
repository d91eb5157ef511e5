"""A stay is put elsewhere: by a page of its own, or by a bar that is dropped on the tape chart."""

from dataclasses import replace
from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from moneyed import Money

from hotel.core.exceptions import NotPermitted, PmsError, VersionConflict
from hotel.core.templatetags.pms import money
from hotel.dashboard.forms.rearranging import RearrangeForm
from hotel.dashboard.shell import Shell, shell_of
from hotel.dashboard.views.acting import Act
from hotel.dashboard.views.stays import StayPage
from hotel.reservations.domain.lifecycle import COMMANDS
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.selectors.presence import assignment_held
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import Room
from hotel.stays.choices import MoveRate
from hotel.stays.domain.eligibility import STAY_COMMANDS
from hotel.stays.services.rearranging import (
    Rearranged,
    Rearrangement,
    rearrangement_steps,
    stay_rearrange,
    stay_rearrange_foresee,
)

EASILY_UNDONE = {"assign", "unassign"}


def _rearranged(page: "RearrangePage", values: dict[str, Any]) -> str:
    """Do what the form asks."""
    wanted = page.wanted
    require_rights(shell_of(page.request), page.reservation, wanted)
    given = {"reservation": page.reservation, "wanted": wanted, "actor": page.request.user}
    found = stay_rearrange(**given, expected_version=values["version"])
    return done_words(found, wanted)


class RearrangePage(StayPage):
    """Move or extend a stay without dragging; the tape chart sends its drops here too and is answered in JSON."""

    area = "reservations"
    verb = "assign"
    template_name = "dashboard/rearrange.html"
    acts: ClassVar = {"rearrange": Act(RearrangeForm, _rearranged, "assign")}
    wanted: Rearrangement

    def about(self, name: str) -> dict[str, Any]:
        """The rooms of the house, and how the stay stands."""
        stay = self.reservation
        rooms = (
            Room.objects.at(self.place.pk)
            .filter(closed_on=None)
            .exclude(room_type__kind=RoomTypeKind.PSEUDO)
            .select_related("room_type")
            .order_by("room_type__sort_order", "room_type__code", "number")
        )
        held = assignment_held(stay.rooms_now, self.place.business_date)  # type: ignore[attr-defined]
        first = held or next(iter(stay.rooms_now), None)  # type: ignore[attr-defined]
        initial = {"room": first and first.room_id, "arrival": stay.arrival, "departure": stay.departure}
        return {
            **super().about(name),
            "may_override": self.may_override,
            "rooms": list(rooms),
            "initial": initial,
        }

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Do it, or tell what it would cost: a page for forms, JSON for the chart."""
        form: Any = self.form("rearrange", request.POST)
        if form.is_valid():
            self.wanted = form.wanted
        if request.headers.get("Accept") == "application/json":
            return self.answered(form)
        if form.is_valid() and "foresee" in request.POST:
            found = foreseen(self.reservation, form.wanted, request.user)
            if isinstance(found, PmsError):
                messages.warning(request, found.message)
            else:
                messages.info(request, price_words(found.before, found.after))
            return self.render_to_response(self.get_context_data(sent={"rearrange": form}, **kwargs))
        return super().post(request, **kwargs)

    def answered(self, form: Any) -> JsonResponse:
        """For the chart: 200 when done or foreseen, else the refusal with its status; nothing has changed then."""
        if not form.is_valid():
            text = " ".join(text for texts in form.errors.values() for text in texts)
            return JsonResponse({"code": "invalid", "message": text}, status=400)
        stay, wanted, actor = self.reservation, form.wanted, self.request.user
        try:
            needed = require_rights(shell_of(self.request), stay, wanted)
            if "foresee" in self.request.POST:
                return JsonResponse(offers(stay, wanted, actor))
            undo = undone(stay, wanted) if set(needed) <= EASILY_UNDONE else None
            seen = form.cleaned_data["version"]
            found = stay_rearrange(reservation=stay, wanted=wanted, actor=actor, expected_version=seen)  # type: ignore[arg-type]
        except VersionConflict as error:
            return JsonResponse({"code": error.code, "message": self.stale()}, status=error.status)
        except PmsError as error:
            return JsonResponse({"code": error.code, "message": error.message}, status=error.status)
        version = found.reservation.version
        told = {"message": done_words(found, wanted), "version": version}
        return JsonResponse({**told, "undo": undo and {**undo, "version": version}})


def require_rights(shell: Shell, stay: Reservation, wanted: Rearrangement) -> list[str]:
    """The commands it takes, all of which the person may give.

    Raises:
        NotPermitted: he lacks the right to one of them. Conflict, RuleBroken: it makes no sense.
    """
    needed = list(rearrangement_steps(stay, wanted))
    for name in needed:
        right = COMMANDS.get(name) or STAY_COMMANDS[name]
        if not shell.may(right.verb, right.area):
            text = _("You may not do this: the right %(verb)s on %(area)s is missing.")
            raise NotPermitted(text % {"verb": right.verb, "area": right.area})
    return needed


def foreseen(stay: Reservation, wanted: Rearrangement, actor: Any) -> Rearranged | PmsError:
    """What it would cost, or why not."""
    return stay_rearrange_foresee(reservation=stay, wanted=wanted, actor=actor)


def offers(stay: Reservation, wanted: Rearrangement, actor: Any) -> dict[str, Any]:
    """At which prices it could be done; a room of another type is offered at both.

    Raises:
        PmsError: not at any.
    """
    is_other = wanted.room is not None and wanted.room.room_type_id not in room_type_ids_of(stay.room_type)
    rates = MoveRate.values if is_other else [MoveRate.KEEP.value]
    found = {rate: foreseen(stay, replace(wanted, rate=rate), actor) for rate in rates}
    possible = {rate: one for rate, one in found.items() if isinstance(one, Rearranged)}
    if not possible:
        raise next(one for one in found.values() if isinstance(one, PmsError))
    return {
        "words": place_words(wanted),
        "offers": [
            {
                "rate": rate,
                "label": str(MoveRate(rate).label) if is_other else "",
                "price": price_words(one.before, one.after),
            }
            for rate, one in possible.items()
        ],
    }


def undone(stay: Reservation, wanted: Rearrangement) -> dict[str, str]:
    """The fields that bring it back to where it is now."""
    first, last = wanted.part or (stay.arrival, stay.departure)
    held = [row.room_id for row in stay.rooms_now if row.arrival < last and first < row.departure]  # type: ignore[attr-defined]
    return {
        "room": str(held[-1]) if held else "",
        "arrival": stay.arrival.isoformat(),
        "departure": stay.departure.isoformat(),
        "first": first.isoformat(),
        "last": last.isoformat(),
        "rate": MoveRate.KEEP.value,
    }


def place_words(wanted: Rearrangement) -> str:
    """``204 · 25 Nov – 28 Nov · 3 nights``."""
    room = wanted.room.number if wanted.room else _("No room")
    count = (wanted.departure - wanted.arrival).days
    nights = ngettext("%(n)d night", "%(n)d nights", count) % {"n": count}
    dates = f"{date_format(wanted.arrival, 'j M')} – {date_format(wanted.departure, 'j M')}"
    return f"{room} · {dates} · {nights}"


def price_words(before: Money, after: Money) -> str:
    """``EUR 200.00, as before``, or ``EUR 300.00 instead of EUR 200.00``."""
    if before == after:
        return _("%(price)s, as before") % {"price": money(after)}
    return _("%(price)s instead of %(before)s") % {"price": money(after), "before": money(before)}


def done_words(found: Rearranged, wanted: Rearrangement) -> str:
    """What the message says afterwards."""
    told = f"{found.reservation.number}: {place_words(wanted)}"
    return told if found.before == found.after else f"{told} · {price_words(found.before, found.after)}"
