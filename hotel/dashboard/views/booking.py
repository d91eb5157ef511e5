"""A new booking in three steps on one page: dates and party, an offer, the guest."""

import uuid
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms import GuestForm, SearchForm, first_search
from hotel.guests.services.guests import GuestData, guest_create
from hotel.rates.domain.quotes import Occupancy
from hotel.rates.models import RatePlan
from hotel.reservations.selectors.offers import OfferQuestion, offers
from hotel.reservations.services.booking_data import BookingData, ReservationData
from hotel.reservations.services.bookings import BookingResult, booking_create, booking_of_channel
from hotel.rooms.models import RoomType

CHANNEL = "desk"


class NewBookingPage(StaffPage, TemplateView):
    """Search, choose, book. The hidden key makes a double click one booking."""

    area = "reservations"
    verb = "manage"
    template_name = "dashboard/booking_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offers once the search is filled in; closed ones tell why."""
        search = SearchForm(self.request.GET or None, initial=first_search(self.place))
        found = None
        if search.is_bound and search.is_valid():
            question = OfferQuestion(
                place=self.place,
                arrival=search.cleaned_data["arrival"],
                departure=search.cleaned_data["departure"],
                occupancy=Occupancy(adults=search.cleaned_data["adults"]),
                include_closed=True,
            )
            try:
                found = self.named(offers(question))
            except PmsError as error:
                messages.error(self.request, error.message)
        kwargs.setdefault("guest", GuestForm(initial={"key": uuid.uuid4()}))
        return super().get_context_data(search=search, offers=found, **kwargs)

    def named(self, found: list[Any]) -> list[dict[str, Any]]:
        """Offers with the names of type and plan; two queries."""
        types = {row.pk: row for row in RoomType.objects.at(self.place.pk)}
        plans = {row.pk: row for row in RatePlan.objects.at(self.place.pk)}
        return [
            {
                "offer": offer,
                "quote": offer.quote,
                "room_type": types[offer.quote.room_type_id],
                "rate_plan": plans[offer.quote.rate_plan_id],
            }
            for offer in found
        ]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Book the chosen offer; on a refusal nothing is kept and the reason is told."""
        search, form = SearchForm(request.GET), GuestForm(request.POST)
        if search.is_valid() and form.is_valid():
            try:
                result = self.book(search.cleaned_data, form.cleaned_data)
            except PmsError as error:
                messages.error(request, error.message)
            else:
                number = result.booking.confirmation_number
                messages.success(request, _("Booked: %(number)s.") % {"number": number})
                return redirect("dashboard:reservation_detail", pk=result.reservations[0].pk)
        elif form.errors:
            messages.error(request, _("Choose an offer and fill in the guest's name."))
        return self.render_to_response(self.get_context_data(guest=form))

    @transaction.atomic
    def book(self, stay: dict[str, Any], guest: dict[str, Any]) -> BookingResult:
        """The guest and the booking in one transaction; the same key answers with the first booking."""
        data = BookingData(reservations=(), channel_code=CHANNEL, external_id=str(guest["key"]))
        found = booking_of_channel(place=self.place, data=data)
        if found is not None:
            return found
        names = {name: guest[name] for name in ("first_name", "last_name", "email", "phone")}
        booker = guest_create(place=self.place, data=GuestData(**names))
        reservation = ReservationData(
            room_type=RoomType.objects.at(self.place.pk).get(pk=guest["room_type"]),
            rate_plan=RatePlan.objects.at(self.place.pk).get(pk=guest["rate_plan"]),
            arrival=stay["arrival"],
            departure=stay["departure"],
            occupancy=Occupancy(adults=stay["adults"]),
            primary_guest=booker,
        )
        data = BookingData(
            reservations=(reservation,), booker=booker, channel_code=CHANNEL, external_id=str(guest["key"])
        )
        return booking_create(place=self.place, data=data, actor=self.request.user)  # type: ignore[arg-type]
