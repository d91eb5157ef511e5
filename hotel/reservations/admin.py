"""Reservations in the admin: looked at here, changed by the services that the API calls too."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from unfold.forms import ActionForm

from hotel.core.exceptions import NotAvailable, PmsError
from hotel.core.words import _
from hotel.properties.admin_base import ReadOnlyAdmin, ScopedTabularInline
from hotel.reservations.models import (
    BlockNight,
    Booking,
    GroupBlock,
    ImportMapping,
    ImportRun,
    PriceHold,
    Reservation,
    ReservationChange,
    ReservationGuest,
    ReservationLink,
    ReservationNight,
    ReservationNote,
    RoomAssignment,
    RoomShare,
    Turnaway,
    WaitlistOffer,
)
from hotel.reservations.selectors.assignment import unassigned
from hotel.reservations.services.assignment import plan_apply, room_lock, room_unassign, rooms_plan
from hotel.reservations.services.blocks import block_cut_off
from hotel.reservations.services.cancellations import Waiver, booking_cancel, reservation_cancel
from hotel.reservations.services.combinations import reservation_combine
from hotel.reservations.services.details import note_done
from hotel.reservations.services.holds import hold_release
from hotel.reservations.services.lifecycle import reservation_confirm
from hotel.reservations.services.reinstatements import reservation_reinstate
from hotel.reservations.services.waitlist import waitlist_accept, waitlist_decline


class ReasonActionForm(ActionForm):
    """The actions' form with a reason, which lands in the change log."""

    reason = forms.CharField(max_length=200, required=False)


class CommandAdmin(ReadOnlyAdmin):
    """Rows that only services write; actions are commands, each row for itself, and tell what they did not do."""

    list_filter: Any = ["property"]

    def each(self, request: Any, queryset: Any, verb: str, command: Callable[[Any], object]) -> None:
        """Give a command to each row where the person holds the verb; a refusal is told and stops no other."""
        done = 0
        for row in self.rows_with(request, verb, queryset).select_related("property"):
            try:
                with transaction.atomic():
                    command(row)
            except PmsError as error:
                self.message_user(request, f"{row}: {error.message}", messages.ERROR)
            else:
                done += 1
        self.message_user(request, f"Done: {done} of {queryset.count()}.", messages.INFO)


class PartInline(ScopedTabularInline):
    """Parts of a row, seen only."""

    admin_verbs = ReadOnlyAdmin.admin_verbs
    exclude = ["property"]
    can_delete = False


class NightInline(PartInline):
    """The nights of a stay with their prices."""

    model = ReservationNight
    exclude = ["property", "price_detail"]


class GuestInline(PartInline):
    """Who stays."""

    model = ReservationGuest


class AssignmentInline(PartInline):
    """The rooms of a stay, released ones too."""

    model = RoomAssignment
    exclude = ["property", "occupancy"]


class ChangeInline(PartInline):
    """The change log of a stay."""

    model = ReservationChange


@admin.register(Booking)
class BookingAdmin(CommandAdmin):
    """Bookings; cancelled as a whole or not at all."""

    list_display = ["confirmation_number", "property", "booker", "company", "channel_code", "booked_on"]
    list_filter = ["property", "channel_code"]
    list_select_related = ["property", "booker", "company"]
    search_fields = ["confirmation_number", "external_id", "group_name"]
    date_hierarchy = "booked_on"
    action_form = ReasonActionForm
    actions = ["cancel"]

    @admin.action(description="Cancel the whole booking", permissions=["manage"])
    def cancel(self, request: Any, queryset: Any) -> None:
        """All stays of each booking, or none of it."""
        waiver = Waiver(reason=request.POST.get("reason", "")[:200])
        self.each(
            request,
            queryset,
            "manage",
            lambda booking: booking_cancel(booking=booking, actor=request.user, waiver=waiver),
        )


@admin.register(Reservation)
class ReservationAdmin(CommandAdmin):
    """Reservations with their nights, guests, rooms and change log."""

    list_display = ["number", "property", "status", "arrival", "departure", "room_type", "primary_guest"]
    list_filter = ["property", "status", "is_day_use", "room_type"]
    list_select_related = ["property", "room_type", "primary_guest"]
    search_fields = ["number", "cancellation_number", "booking__external_id"]
    ordering = ["-arrival", "-pk"]
    date_hierarchy = "arrival"
    inlines = [NightInline, GuestInline, AssignmentInline, ChangeInline]
    action_form = ReasonActionForm
    actions = ["confirm", "cancel", "reinstate", "combine", "assign", "unassign", "lock", "unlock"]

    @admin.action(description="Confirm", permissions=["manage"])
    def confirm(self, request: Any, queryset: Any) -> None:
        """Promise the stays."""
        self.each(
            request,
            queryset,
            "manage",
            lambda row: reservation_confirm(
                reservation=row, actor=request.user, override_reason=request.POST.get("reason", "")
            ),
        )

    @admin.action(description="Cancel", permissions=["manage"])
    def cancel(self, request: Any, queryset: Any) -> None:
        """Cancel with the fee of the frozen policy; the reason stands in the form."""
        waiver = Waiver(reason=request.POST.get("reason", "")[:200])
        self.each(
            request,
            queryset,
            "manage",
            lambda row: reservation_cancel(reservation=row, actor=request.user, waiver=waiver),
        )

    @admin.action(description="Reinstate", permissions=["manage"])
    def reinstate(self, request: Any, queryset: Any) -> None:
        """Take the nights anew and the fee back."""
        reason = request.POST.get("reason", "")
        self.each(
            request,
            queryset,
            "manage",
            lambda row: reservation_reinstate(reservation=row, actor=request.user, reason=reason),
        )

    @admin.action(description="Make one stay of the selected ones", permissions=["manage"])
    def combine(self, request: Any, queryset: Any) -> None:
        """Of one guest, one after another; the earliest is kept."""
        stays = list(queryset.order_by("arrival", "pk"))
        self.each(
            request,
            queryset.filter(pk__in=[stay.pk for stay in stays[:1]]),
            "manage",
            lambda row: reservation_combine(reservation=row, others=stays[1:], actor=request.user),
        )

    @admin.action(description="Find and assign a room", permissions=["assign"])
    def assign(self, request: Any, queryset: Any) -> None:
        """By features and wishes; nobody else is moved."""

        def give(row: Reservation) -> None:
            waiting = unassigned(row.property, row.arrival, row.arrival + timedelta(days=1), ids=[row.pk])
            plan = rooms_plan(place=row.property, reservations=waiting)
            if not plan.moves:
                raise NotAvailable(_("It needs no room, or none is free."), code="no_room_fits")
            plan_apply(place=row.property, lines=plan.lines, actor=request.user)

        self.each(request, queryset, "assign", give)

    @admin.action(description="Take the room away", permissions=["assign"])
    def unassign(self, request: Any, queryset: Any) -> None:
        """Of stays that have not arrived."""
        self.each(request, queryset, "assign", lambda row: room_unassign(reservation=row, actor=request.user))

    @admin.action(description="Lock the room", permissions=["assign"])
    def lock(self, request: Any, queryset: Any) -> None:
        """Promise this very room."""
        self.each(request, queryset, "assign", lambda row: room_lock(reservation=row, actor=request.user))

    @admin.action(description="Unlock the room", permissions=["assign"])
    def unlock(self, request: Any, queryset: Any) -> None:
        """Let the room be changed again."""
        self.each(
            request,
            queryset,
            "assign",
            lambda row: room_lock(reservation=row, actor=request.user, is_locked=False),
        )


@admin.register(ReservationNight)
class ReservationNightAdmin(CommandAdmin):
    """Nights as sold."""

    list_display = ["reservation", "night", "room_type", "rate_plan", "total"]
    list_select_related = ["reservation", "room_type", "rate_plan"]
    search_fields = ["reservation__number"]
    date_hierarchy = "night"


@admin.register(ReservationGuest)
class ReservationGuestAdmin(CommandAdmin):
    """Who stays in which role."""

    list_display = ["reservation", "guest", "role"]
    list_filter = ["property", "role"]
    list_select_related = ["reservation", "guest"]
    search_fields = ["reservation__number", "guest__last_name"]


@admin.register(ReservationChange)
class ReservationChangeAdmin(CommandAdmin):
    """The change log."""

    list_display = ["reservation", "kind", "version", "actor", "at", "reason"]
    list_filter = ["property", "kind"]
    list_select_related = ["reservation", "actor"]
    search_fields = ["reservation__number", "reason"]


@admin.register(ReservationLink)
class ReservationLinkAdmin(CommandAdmin):
    """Stays that belong together."""

    list_display = ["pk", "kind", "property"]
    list_filter = ["property", "kind"]
    list_select_related = ["property"]
    search_fields = ["reservations__number"]


@admin.register(RoomShare)
class RoomShareAdmin(CommandAdmin):
    """Stays that share a room, and how they divide its price."""

    list_display = ["pk", "split", "property"]
    list_filter = ["property", "split"]
    list_select_related = ["property"]
    search_fields = ["reservations__number"]


@admin.register(ReservationNote)
class ReservationNoteAdmin(CommandAdmin):
    """Notes, traces and alerts."""

    list_display = ["reservation", "kind", "text", "department", "due_on", "done_at"]
    list_filter = ["property", "kind", "department"]
    list_select_related = ["reservation"]
    search_fields = ["reservation__number", "text"]
    actions = ["done"]

    @admin.action(description="Tick off", permissions=["manage"])
    def done(self, request: Any, queryset: Any) -> None:
        """Done is done: ticked off twice, the first stays named."""
        self.each(request, queryset, "manage", lambda row: note_done(note=row, actor=request.user))


@admin.register(RoomAssignment)
class RoomAssignmentAdmin(CommandAdmin):
    """Which stay has which room."""

    list_display = ["reservation", "room", "arrival", "departure", "is_locked", "released_at"]
    list_filter = ["property", "is_locked"]
    list_select_related = ["reservation", "room"]
    search_fields = ["reservation__number", "room__number"]
    date_hierarchy = "arrival"


@admin.register(PriceHold)
class PriceHoldAdmin(CommandAdmin):
    """Price holds."""

    list_display = ["id", "property", "room_type", "arrival", "departure", "quantity", "status", "expires_at"]
    list_filter = ["property", "status"]
    list_select_related = ["property", "room_type"]
    search_fields = ["room_type__code", "booking__confirmation_number"]
    actions = ["release"]

    @admin.action(description="Give the rooms back", permissions=["manage"])
    def release(self, request: Any, queryset: Any) -> None:
        """Ended ones stay as they are."""
        self.each(request, queryset, "manage", lambda row: hold_release(hold=row))


class BlockNightInline(PartInline):
    """The grid of a block."""

    model = BlockNight


@admin.register(GroupBlock)
class GroupBlockAdmin(CommandAdmin):
    """Group blocks with their grid; made and changed by the API."""

    list_display = ["code", "name", "property", "status", "control", "arrival", "departure", "cutoff_on"]
    list_filter = ["property", "status", "control"]
    list_select_related = ["property"]
    search_fields = ["code", "name"]
    date_hierarchy = "arrival"
    inlines = [BlockNightInline]
    actions = ["cut_off"]

    @admin.action(description="Cut off: give back what is not picked up", permissions=["manage"])
    def cut_off(self, request: Any, queryset: Any) -> None:
        """Repeating it changes nothing."""
        self.each(request, queryset, "manage", lambda row: block_cut_off(block=row))


@admin.register(BlockNight)
class BlockNightAdmin(CommandAdmin):
    """Cells of the grids."""

    list_display = ["block", "room_type", "night", "contracted", "current", "picked_up", "price"]
    list_select_related = ["block", "room_type"]
    search_fields = ["block__code"]
    date_hierarchy = "night"


@admin.register(WaitlistOffer)
class WaitlistOfferAdmin(CommandAdmin):
    """Offers to waiting guests."""

    list_display = ["reservation", "status", "offered_at", "expires_at", "answered_at"]
    list_filter = ["property", "status"]
    list_select_related = ["reservation"]
    search_fields = ["reservation__number"]
    actions = ["accept", "decline"]

    @admin.action(description="Accept for the guest", permissions=["manage"])
    def accept(self, request: Any, queryset: Any) -> None:
        """Confirms the stays with the rooms held."""
        self.each(request, queryset, "manage", lambda row: waitlist_accept(offer=row, actor=request.user))

    @admin.action(description="Decline for the guest", permissions=["manage"])
    def decline(self, request: Any, queryset: Any) -> None:
        """Gives the rooms held back."""
        self.each(request, queryset, "manage", lambda row: waitlist_decline(offer=row))


@admin.register(Turnaway)
class TurnawayAdmin(CommandAdmin):
    """Business that was turned away."""

    list_display = [
        "arrival", "departure", "property", "room_type", "rooms", "adults", "reason", "channel_code", "business_date"
    ]  # fmt: skip
    list_filter = ["property", "reason"]
    list_select_related = ["property", "room_type"]
    search_fields = ["market", "channel_code", "source", "notes"]
    date_hierarchy = "business_date"


@admin.register(ImportMapping)
class ImportMappingAdmin(CommandAdmin):
    """How files of other systems are read."""

    list_display = ["name", "property", "updated_at"]
    search_fields = ["name"]


@admin.register(ImportRun)
class ImportRunAdmin(CommandAdmin):
    """Files taken over, and how far."""

    list_display = ["file_name", "property", "status", "position", "total", "imported", "known", "ended_at"]
    list_filter = ["property", "status"]
    list_select_related = ["property"]
    search_fields = ["file_name"]
