"""A guest who comes without a booking: booked, given a room and checked in by one form, on the business date."""

from datetime import timedelta
from typing import Any, ClassVar
from uuid import UUID

from django.contrib import messages
from django.urls import reverse
from django.utils.functional import cached_property

from hotel.core.exceptions import PmsError
from hotel.dashboard.forms.desk import DOCUMENT
from hotel.dashboard.forms.walk_in import WalkInForm, WalkInSearch
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.acting import Act, ActingPage
from hotel.dashboard.views.booking import named
from hotel.dashboard.views.guest import CHANNEL, GuestFinding
from hotel.dashboard.words import done_words, guarantees_asked
from hotel.guests.services.documents import DocumentData, document_record
from hotel.properties.choices import SettingKey
from hotel.properties.selectors.settings import setting_value
from hotel.reservations.choices import Guarantee
from hotel.reservations.models import Reservation
from hotel.reservations.selectors.assignment import room_type_ids_of
from hotel.reservations.selectors.occupancies import instants_of
from hotel.reservations.selectors.offers import OfferQuestion, offers
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import booking_of_channel
from hotel.stays.selectors.rooms import RoomOffer, rooms_offered
from hotel.stays.services.walk_ins import walk_in


def _walked_in(page: "WalkInPage", values: dict[str, Any]) -> str:
    guest = page.booker(values)
    if values.get("number"):
        document_record(guest=guest, data=DocumentData(**{name: values[name] for name in DOCUMENT}))
    stay = ReservationData(
        room_type=values["offer"]["room_type"],
        rate_plan=values["offer"]["rate_plan"],
        arrival=page.place.business_date,
        departure=page.search.cleaned_data["departure"],
        occupancy=page.search.occupancy,
        promo_code=page.search.cleaned_data["promo_code"],
        primary_guest=guest,
        guarantee=Guarantee(values["guarantee"] or Guarantee.NONE),
        note=values["note"],
    )
    booked = walk_in(
        place=page.place,
        data=BookingData(
            reservations=(stay,), booker=guest, channel_code=CHANNEL, external_id=page.external_id
        ),
        room=values["room"],
        actor=page.request.user,  # type: ignore[arg-type]
        override_reason=values.get("override_reason", ""),
    )
    return f"{booked.reservation.number}: {done_words('check-in')}"


class WalkInPage(GuestFinding, ActingPage):
    """How long and how many are asked first; then one form has the offers, the rooms and the guest."""

    area = "stays"
    verb = "manage"
    template_name = "dashboard/walk_in.html"
    acts: ClassVar = {"walk_in": Act(WalkInForm, _walked_in, "manage", is_once=True)}

    @cached_property
    def search(self) -> WalkInSearch:
        """What is asked for: one night for two unless told."""
        tomorrow = self.place.business_date + timedelta(days=1)
        asked = self.request.GET if "departure" in self.request.GET else {"departure": tomorrow, "adults": 2}
        return WalkInSearch(asked, place=self.place, may_find=self.may_find)

    @cached_property
    def found(self) -> list[dict[str, Any]]:
        """Offers that can be booked, cheapest first."""
        if not self.search.is_valid():
            return []
        wanted = self.search.cleaned_data
        question = OfferQuestion(
            place=self.place,
            arrival=self.place.business_date,
            departure=wanted["departure"],
            occupancy=self.search.occupancy,
            promo_code=wanted["promo_code"],
        )
        try:
            return named(self.place, offers(question))
        except PmsError as error:
            messages.error(self.request, error.message)
            return []

    @cached_property
    def rooms(self) -> list[RoomOffer]:
        """Rooms of the types offered that are free until the departure."""
        first, last = self.place.business_date, self.search.cleaned_data["departure"]
        start, end = instants_of(Reservation(property=self.place, arrival=first, departure=last), first, last)
        types = {pk for row in self.found for pk in room_type_ids_of(row["room_type"])}
        return rooms_offered(self.place, types, start, end)

    @property
    def external_id(self) -> str:
        """What the booking is known by: the hidden key of the form that was sent."""
        return str(UUID(self.request.POST["walk_in-key"]))

    def about(self, name: str) -> dict[str, Any]:
        """The offers and rooms to choose from, and what is to be known of the guest."""
        shell = shell_of(self.request)
        asked = setting_value(self.place.pk, SettingKey.REGISTRATION, self.place.business_date)
        return {
            "offers": self.found,
            "rooms": self.rooms if self.found else [],
            "known": self.known(),
            "guarantees": guarantees_asked({}),
            "needs_document": asked == "document" and shell.may("manage", "guests"),
            "may_override": shell.may("override", "reservations"),
        }

    def is_possible(self, name: str) -> bool:
        """While something can be sold."""
        return bool(self.found)

    def after(self, name: str) -> str:
        """The stay that was booked under the key, by whichever click."""
        key = BookingData(reservations=(), channel_code=CHANNEL, external_id=self.external_id)
        booked = booking_of_channel(place=self.place, data=key)
        if booked is None:
            return super().after(name)
        return reverse("dashboard:reservation_detail", args=[booked.reservations[0].pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The search, and what else can be asked when nothing is to be had."""
        day = self.place.business_date
        return super().get_context_data(
            search=self.search,
            closed=f"arrival={day:%Y-%m-%d}&{self.request.GET.urlencode()}" if self.request.GET else "",
            may_book=shell_of(self.request).may("manage", "reservations"),
            **kwargs,
        )
