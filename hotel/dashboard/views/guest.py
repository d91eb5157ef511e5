"""A new booking, second step: the chosen offer to the cent, the guest, and the booking itself."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.access_notes import access_note
from hotel.core.aftermath import aftermath_write
from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.reservations import ChoiceForm, GuestForm, SearchForm
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.booking import named, question_of
from hotel.dashboard.words import guarantees_asked
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from hotel.guests.services.guests import GuestData, guest_create
from hotel.reservations.choices import Guarantee
from hotel.reservations.selectors.offers import offers
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import BookingResult, booking_create, booking_of_channel

CHANNEL = "desk"
FOUND = 10


class GuestFinding(StaffPage):
    """A page on which a guest is looked for, chosen, or made."""

    @property
    def may_find(self) -> bool:
        """Whether the person may look for guests here."""
        return shell_of(self.request).may("view", "guests")

    def known(self) -> list[tuple[int, str]]:
        """Guests who fit what is looked for, best first; none for those who may not view guests."""
        if not self.may_find:
            return []
        ids = guests_search([self.place.pk], self.request.GET.get("who", ""), FOUND)
        rows = Guest.objects.linked_to([self.place.pk]).in_bulk(ids)
        found = [rows[pk] for pk in ids if pk in rows]
        access_note(Guest._meta.db_table, rows, "search")
        return [(guest.pk, f"{guest} · {guest.email or guest.phone or guest.city or '–'}") for guest in found]

    def booker(self, guest: dict[str, Any]) -> Guest:
        """The guest chosen among those known here, or a new one."""
        if guest["guest"]:
            return Guest.objects.linked_to([self.place.pk]).get(pk=guest["guest"])
        names = {name: guest[name] for name in ("first_name", "last_name", "email", "phone")}
        return guest_create(place=self.place, data=GuestData(**names))


class GuestPage(GuestFinding, TemplateView):
    """The offer is named by the address, so a reload or a refusal loses nothing. One hidden key, one booking."""

    area = "reservations"
    verb = "manage"
    template_name = "dashboard/booking_guest.html"

    @cached_property
    def search(self) -> SearchForm:
        """The stay asked for.

        Raises:
            Http404: the address names no stay.
        """
        search = SearchForm(self.request.GET, place=self.place)
        if not search.is_valid():
            raise Http404
        return search

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The offer chosen, priced anew.

        Raises:
            Http404: the address names no offer of this property.
        """
        choice = ChoiceForm(self.request.GET)
        if not choice.is_valid():
            raise Http404
        wanted = choice.cleaned_data
        question = question_of(
            self.place,
            self.search,
            room_type_ids=[wanted["room_type"]],
            rate_plan_ids=[wanted["rate_plan"]],
        )
        found = named(self.place, offers(question))
        if not found:
            raise Http404
        return found[0]

    def form(self, *args: Any, **kwargs: Any) -> GuestForm:
        """The form with the guests found and the guarantees that are enough for the offer."""
        enough = guarantees_asked(self.chosen["quote"].policies)
        return GuestForm(*args, known=self.known(), guarantees=enough, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The stay, its price night by night, and the form."""
        if "form" not in kwargs:
            kwargs["form"] = self.form(initial={"key": uuid.uuid4()})
        asked = self.request.GET.copy()
        who = asked.pop("who", [""])[-1]
        return super().get_context_data(
            row=self.chosen,
            search=self.search,
            asked=asked,
            who=who,
            back=asked.urlencode(),
            may_find=self.may_find,
            **kwargs,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Book the chosen offer; on a refusal nothing is kept, and what was typed stays."""
        form = self.form(request.POST)
        if form.is_valid():
            try:
                result = self.book(form.cleaned_data)
            except PmsError as error:
                messages.error(request, error.message)
                aftermath_write(error)
            else:
                number = result.booking.confirmation_number
                messages.success(request, _("Booked: %(number)s.") % {"number": number})
                return redirect("dashboard:reservation_detail", pk=result.reservations[0].pk)
        return self.render_to_response(self.get_context_data(form=form))

    @transaction.atomic
    def book(self, guest: dict[str, Any]) -> BookingResult:
        """The guest and the booking in one transaction; the same key answers with the first booking."""
        key = str(guest["key"])
        found = booking_of_channel(
            place=self.place, data=BookingData(reservations=(), channel_code=CHANNEL, external_id=key)
        )
        if found is not None:
            return found
        booker = self.booker(guest)
        stay = self.search.cleaned_data
        reservation = ReservationData(
            room_type=self.chosen["room_type"],
            rate_plan=self.chosen["rate_plan"],
            arrival=stay["arrival"],
            departure=stay["departure"],
            occupancy=self.search.occupancy,
            promo_code=stay["promo_code"],
            primary_guest=booker,
            guarantee=Guarantee(guest["guarantee"] or Guarantee.NONE),
            note=guest["note"],
        )
        data = BookingData(reservations=(reservation,), booker=booker, channel_code=CHANNEL, external_id=key)
        return booking_create(place=self.place, data=data, actor=self.request.user)  # type: ignore[arg-type]
