"""The first page of a shift: who comes, who leaves, what is free tonight."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from hotel.core.clock import now
from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.attention import not_ready, oversold, payments_unclear
from hotel.dashboard.selectors.cards import cards_of
from hotel.dashboard.selectors.waiting import options_open, traces_due
from hotel.dashboard.shell import SESSION_KEY, shell_of
from hotel.operations.selectors.handover import handover_open
from hotel.reservations.querysets import ReservationQuerySet
from hotel.reservations.selectors.day_lists import lists_read
from hotel.reservations.selectors.front_desk import (
    arrivals,
    day_figures,
    departures,
    in_house,
    moves_due,
    overdue,
)
from hotel.rooms.choices import HousekeepingStatus, RoomTypeKind
from hotel.rooms.selectors.inventory import NightCount, night_counts
from hotel.rooms.selectors.rooms import rooms_open
from hotel.stays.selectors.house import house_figures

LISTED, NOTES = 100, 10
WEEK = timedelta(days=7)


class TodayPage(StaffPage, TemplateView):
    """Arrivals, departures and the figures of the open business date."""

    area = "reservations"
    template_name = "dashboard/today.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, whatever the day; three more while somebody is expected soon."""
        place, day = self.place, self.place.business_date
        counts = night_counts(place.pk, day, day + WEEK)
        tonight = [count for count in counts if count.night == day]
        house = next((count for count in tonight if count.room_type_id is None), None)
        lists = lists_read(place.pk, lists_of(place.pk, day), LISTED)
        rooms = rooms_open(place.pk, day).filter(room_type__kind=RoomTypeKind.STANDARD)
        found = list(rooms.values_list("housekeeping_status", flat=True))
        may = shell_of(self.request).may
        return super().get_context_data(
            figures=day_figures(place.pk, day),
            house=house,
            may_desk=may("manage", "stays"),
            may_book=may("manage", "reservations"),
            tonight=house_figures(place) if may("view", "stays") else None,
            differences=differences(house) if house else [],
            traces=traces_due(place.pk, day)[:LISTED],
            cards=cards_of(place, may),
            week=[count for count in counts if count.room_type_id is None],
            calls=[
                *oversold(place.pk, tonight),
                *not_ready(place, lists["arrivals"], now()),
                *(payments_unclear(place.pk) if may("view", "folios") else ()),
            ],
            handover=handover_open(place.pk)[:NOTES] if may("view", "operations") else None,
            may_work=may("work", "operations"),
            **lists,
            housekeeping=[(status, status.label, found.count(status)) for status in HousekeepingStatus],
            **kwargs,
        )


def lists_of(property_id: int, day: date) -> dict[str, ReservationQuerySet]:
    """The stays somebody at the desk has to do with today, by the name that the page has for them."""
    return {
        "arrivals": arrivals(property_id, day),
        "departures": departures(property_id, day),
        "overdue": overdue(property_id, day),
        "moves": moves_due(property_id, day),
        "staying": in_house(property_id).filter(departure__gt=day),
        "options": options_open(property_id),
    }


def differences(house: NightCount) -> list[str]:
    """Why other than the empty rooms can be sold, in words."""
    numbers = (
        (house.overbooking, _("overbooking")),
        (house.out_of_order, _("out of order")),
        (house.blocked, _("kept for groups")),
        (house.held, _("held")),
    )
    return [f"{number} {word}" for number, word in numbers if number]


class PropertySwitch(StaffPage, View):
    """Work at another property from now on."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Only to a property at which the person holds a right."""
        wanted = request.POST.get("property", "")
        place = next((place for place in shell_of(request).places if str(place.pk) == wanted), None)
        if place is None:
            messages.error(request, _("You hold no right at that property."))
        else:
            request.session[SESSION_KEY] = place.pk
            messages.success(request, _("You work at %(place)s now.") % {"place": place})
        return redirect("home")
