"""A new booking, first step: dates and party in, offers out. Choosing one leads to the guest's page."""

from typing import Any

from django.contrib import messages
from django.views.generic import TemplateView

from hotel.core.exceptions import PmsError
from hotel.dashboard.access import StaffPage
from hotel.dashboard.forms.reservations import SearchForm
from hotel.properties.models import Property
from hotel.rates.models import RatePlan
from hotel.reservations.selectors.availability import alternatives
from hotel.reservations.selectors.offers import Offer, OfferQuestion, offers
from hotel.rooms.models import RoomType


class OffersPage(StaffPage, TemplateView):
    """Offers for a stay, cheapest first; closed ones tell why, and a full house what else there is."""

    area = "reservations"
    verb = "manage"
    template_name = "dashboard/booking_new.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Offers once the search is filled in."""
        search = SearchForm(self.request.GET or None, place=self.place)
        found: list[dict[str, Any]] | None = None
        instead = None
        if search.is_bound and search.is_valid():
            try:
                found = named(self.place, offers(question_of(self.place, search)))
            except PmsError as error:
                messages.error(self.request, error.message)
            else:
                if not any(row["offer"].is_bookable for row in found):
                    instead = self.instead(search)
        return super().get_context_data(
            search=search, offers=found, instead=instead, asked=self.request.GET.urlencode(), **kwargs
        )

    def instead(self, search: SearchForm) -> dict[str, Any]:
        """The same length of stay on nearby days, and the rest of the search for the links."""
        arrival, departure = search.cleaned_data["arrival"], search.cleaned_data["departure"]
        found = alternatives(self.place, arrival, departure)
        starts = sorted({start for days in found.dates.values() for start in days})
        kept = self.request.GET.copy()
        for name in ("arrival", "departure"):
            kept.pop(name, None)
        nights = departure - arrival
        return {"dates": [(start, start + nights) for start in starts], "kept": kept.urlencode()}


def question_of(place: Property, search: SearchForm, **narrowed: Any) -> OfferQuestion:
    """A valid search as the selector understands it, closed offers included."""
    wanted = search.cleaned_data
    return OfferQuestion(
        place=place,
        arrival=wanted["arrival"],
        departure=wanted["departure"],
        occupancy=search.occupancy,
        promo_code=wanted["promo_code"],
        include_closed=True,
        **narrowed,
    )


def named(place: Property, found: list[Offer]) -> list[dict[str, Any]]:
    """Offers with their type and plan; two queries."""
    types = RoomType.objects.at(place.pk).in_bulk([offer.quote.room_type_id for offer in found])
    plans = RatePlan.objects.at(place.pk).in_bulk([offer.quote.rate_plan_id for offer in found])
    return [
        {
            "offer": offer,
            "quote": offer.quote,
            "room_type": types[offer.quote.room_type_id],
            "rate_plan": plans[offer.quote.rate_plan_id],
        }
        for offer in found
    ]
