"""The desk's pages of one stay: the guest comes, gets another room, leaves."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import transaction
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from hotel.dashboard.forms.desk import (
    CheckInForm,
    EarlyDepartureForm,
    ExtendForm,
    LateForm,
    MoveForm,
    RegistrationForm,
)
from hotel.dashboard.forms.parts import VersionedForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.commands import conflict_words
from hotel.dashboard.words import done_words, obstacle_hint
from hotel.folios.models import Folio
from hotel.folios.selectors.deposits import deposits_held
from hotel.folios.selectors.folios import folios_shown
from hotel.guests.lifetime_ports import LifetimeFigures
from hotel.guests.services.documents import DocumentData, document_record
from hotel.guests.services.guests import GuestData, guest_create
from hotel.properties.choices import SettingKey
from hotel.properties.panels import panels_of
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.choices import AlertScreen, GuestRole
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.actions import situation_of
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.selectors.lifetime import guest_lifetime
from hotel.reservations.selectors.notes import alerts_open
from hotel.reservations.selectors.occupancies import instants_of
from hotel.reservations.selectors.presence import assignment_held
from hotel.reservations.services.cancellations import Waiver
from hotel.reservations.services.guests import guest_add
from hotel.rooms.choices import RoomTypeKind
from hotel.rooms.models import RoomType
from hotel.stays.selectors.actions import is_registered, room_tonight, stay_actions, stay_obstacles
from hotel.stays.selectors.rooms import RoomOffer, offers_of, rooms_offered
from hotel.stays.services.check_in import check_in
from hotel.stays.services.check_out import check_out
from hotel.stays.services.departures import early_departure, early_departure_cost, late_check_out, stay_extend
from hotel.stays.services.desk import MINUTE, instant_within
from hotel.stays.services.room_moves import room_move


class StayPage(ActingPage):
    """A page about one reservation of the property one works at; every command carries the version seen."""

    area = "stays"
    verb = "manage"
    screens: ClassVar[tuple[str, ...]] = ()  # whose alerts it shows

    @cached_property
    def reservation(self) -> Reservation:
        """The stay.

        Raises:
            Http404: no such stay here.
        """
        rows = Reservation.objects.at(self.place.pk).with_parts().with_rooms()
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def may_override(self) -> bool:
        """Whether the person may set rules aside with a reason."""
        return shell_of(self.request).may("override", "reservations")

    def command(self, values: dict[str, Any]) -> dict[str, Any]:
        """What every command is told: the stay, who asks, the version he saw, and what the form says."""
        seen = values.pop("version")
        told = {"reservation": self.reservation, "actor": self.request.user, "expected_version": seen}
        return {**told, **values}

    def obstacles(self, command: str) -> list[tuple[str, str]]:
        """What stands against a command now, each with what to do about it."""
        return [(row.reason, obstacle_hint(row.code)) for row in stay_obstacles(self.reservation, command)]

    def after(self, name: str) -> str:
        """The page of the stay."""
        return reverse("dashboard:reservation_detail", args=[self.reservation.pk])

    def stale(self) -> str:
        """Who was faster, and when."""
        return conflict_words(self.reservation, self.request.user)

    def about(self, name: str) -> dict[str, Any]:
        """Every form but the registration carries the version."""
        return {"version": self.reservation.version}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The stay, its room, its folios with what is owed, and what is held for it."""
        stay, shell = self.reservation, shell_of(self.request)
        rows = Folio.objects.at(self.place.pk).whole().filter(reservation=stay).order_by("pk")
        return super().get_context_data(
            reservation=stay,
            room=room_tonight(stay),
            folios=folios_shown(list(rows)),
            held=deposits_held(self.place, [stay.pk])[stay.pk].amount,
            may_see_folios=shell.may("view", "folios"),
            may_take_money=shell.may("post", "folios"),
            alerts=alerts_open(stay, *self.screens) if self.screens else [],
            may_tick=shell.may("manage", "reservations"),
            **kwargs,
        )


def _done(command: str, service: Callable[..., Any]) -> Callable[[StayPage, dict[str, Any]], str]:
    """The work of an act that is one command: give it with what the form says, and tell that it is done."""

    def work(page: StayPage, values: dict[str, Any]) -> str:
        stay = service(**page.command(values)).reservation
        return f"{stay.number}: {done_words(command)}"

    return work


@transaction.atomic
def _registered(page: StayPage, values: dict[str, Any]) -> str:
    guest = page.reservation.primary_guest
    if guest is None:
        names = {name: values.pop(name) for name in ("first_name", "last_name")}
        guest = guest_create(place=page.place, data=GuestData(**names))
        guest_add(
            reservation=page.reservation,
            guest=guest,
            actor=page.request.user,  # type: ignore[arg-type]
            role=GuestRole.PRIMARY,
        )
    if "number" in values:
        document_record(guest=guest, data=DocumentData(**values))
    return _("The guest is registered.")


class CheckInPage(StayPage):
    """The guest is here: what stands against it, the room, the registration, and one button."""

    template_name = "dashboard/check_in.html"
    screens = (AlertScreen.CHECK_IN,)
    acts: ClassVar = {
        "check_in": Act(CheckInForm, _done("check-in", check_in), "manage"),
        "register": Act(RegistrationForm, _registered, "manage", "guests"),
    }

    @cached_property
    def wanted(self) -> str:
        """What the property wants to know of a guest: none, guest or document."""
        return setting_value(self.place.pk, SettingKey.REGISTRATION, self.place.business_date)

    @cached_property
    def offers(self) -> list[RoomOffer]:
        """Rooms of the type sold that are free for the whole stay."""
        start, end = instants_of(self.reservation, self.reservation.arrival, self.reservation.departure)
        return rooms_offered(self.place, room_type_ids_of(self.reservation.room_type), start, end)

    def may(self, name: str) -> bool:
        """A guest nobody knows yet is put on the stay, which needs the right to change it."""
        is_unknown = name == "register" and self.reservation.primary_guest is None
        return super().may(name) and (not is_unknown or shell_of(self.request).may("manage", "reservations"))

    def about(self, name: str) -> dict[str, Any]:
        """The rooms to choose from, or what is to be known of the guest."""
        if name == "register":
            is_known = self.reservation.primary_guest is not None
            return {"is_known": is_known, "needs_document": self.wanted == "document"}
        room = room_tonight(self.reservation)
        keep = "" if room is None else _("Keep room %(number)s") % {"number": room.number}
        return {**super().about(name), "may_override": self.may_override, "offers": self.offers, "keep": keep}

    def after(self, name: str) -> str:
        """Back here after a registration, for the check-in."""
        return self.request.path if name == "register" else super().after(name)

    def _before(self) -> LifetimeFigures | None:
        """What the guest has stayed here before, for those who may know him; None for a first stay."""
        guest_id = self.reservation.primary_guest_id
        if guest_id is None or not shell_of(self.request).may("view", "guests"):
            return None
        found = guest_lifetime([guest_id], self.place.pk).get(guest_id)
        return found if found is not None and found.stays else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The checklist: each line as it stands."""
        guest = self.reservation.primary_guest
        return super().get_context_data(
            obstacles=self.obstacles("check-in"),
            is_registered=is_registered(self.reservation, self.wanted),
            wanted=self.wanted,
            before=self._before(),
            panels=panels_of("reservation", self.reservation.pk, self.request.user, self.place),
            cards=[] if guest is None else list(guest.cards.filter(property=self.place, is_active=True)),
            **kwargs,
        )


class MovePage(StayPage):
    """A guest in house gets another room from tonight on."""

    template_name = "dashboard/move_room.html"
    acts: ClassVar = {"move_room": Act(MoveForm, _done("move-room", room_move), "manage")}

    @cached_property
    def against(self) -> list[tuple[str, str]]:
        """What stands against it."""
        return self.obstacles("move-room")

    def about(self, name: str) -> dict[str, Any]:
        """Rooms of every type that are free until he leaves."""
        stay = self.reservation
        start, end = instants_of(stay, stay.arrival, stay.departure)
        moment = min(instant_within(start, end), end - MINUTE)
        types = (
            RoomType.objects.at(self.place.pk).exclude(kind=RoomTypeKind.PSEUDO).values_list("pk", flat=True)
        )
        offers = [*self._planned(), *rooms_offered(self.place, list(types), moment, end)]
        known = {"may_override": self.may_override, "is_shared": stay.share_id is not None}
        return {**super().about(name), **known, "offers": offers}

    def _planned(self) -> list[RoomOffer]:
        """The room that is kept for him from tonight on; nobody else can have it."""
        rows = self.reservation.rooms_now  # type: ignore[attr-defined]
        held = assignment_held(rows, self.place.business_date)
        tonight = [row.room for row in rows if row.arrival == self.place.business_date and row != held]
        return offers_of(self.place, tonight)

    def is_possible(self, name: str) -> bool:
        """Nothing on this page takes away what stands against it."""
        return not self.against

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why he cannot be moved, if so."""
        return super().get_context_data(obstacles=self.against, **kwargs)


def _left_early(page: StayPage, values: dict[str, Any]) -> str:
    waiver = Waiver(reason=values.pop("reason"), is_fee_waived=values.pop("is_fee_waived", False))
    return _done("early-departure", early_departure)(page, {**values, "waiver": waiver})


class CheckOutPage(StayPage):
    """The guest leaves: what is owed, what stands against it; or he leaves earlier, later, or another day."""

    template_name = "dashboard/check_out.html"
    screens = (AlertScreen.CHECK_OUT, AlertScreen.BILLING)
    acts: ClassVar = {
        "check_out": Act(VersionedForm, _done("check-out", check_out), "manage"),
        "early_departure": Act(EarlyDepartureForm, _left_early, "manage"),
        "late_check_out": Act(LateForm, _done("late-check-out", late_check_out), "manage"),
        "extend": Act(ExtendForm, _done("extend", stay_extend), "manage"),
    }

    def about(self, name: str) -> dict[str, Any]:
        """What each form needs to know of the stay and the person."""
        known = super().about(name)
        if name == "late_check_out":
            return {**known, "currency": str(self.place.currency)}
        if name == "early_departure":
            return {**known, "may_override": self.may_override}
        if name == "extend":
            return {**known, "may_override": self.may_override, "first": self.reservation.departure}
        return known

    def after(self, name: str) -> str:
        """Here again until he has left."""
        return super().after(name) if name == "check_out" else self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """What is possible now, and the fee of leaving early."""
        actions = {row.name: row for row in stay_actions(self.reservation, situation_of(self.reservation))}
        is_early = actions["early-departure"].is_allowed
        return super().get_context_data(
            obstacles=self.obstacles("check-out"),
            early=actions["early-departure"],
            late=actions["late-check-out"],
            extend=actions["extend"],
            fee=early_departure_cost(self.reservation) if is_early else None,
            **kwargs,
        )
