"""Rooms that can still be sold, by type and night, and why not more."""

from datetime import date, timedelta
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.dateparse import parse_date
from django.views.generic import TemplateView

from hotel.dashboard.access import StaffPage
from hotel.dashboard.selectors.calendar import calendar
from hotel.dashboard.shell import shell_of
from hotel.dashboard.views.days import days_shown
from hotel.rates.models import RatePlan
from hotel.reservations.selectors.explanations import closed_plans
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import availability_explained, night_counts

DAYS = 14


class AvailabilityPage(StaffPage, TemplateView):
    """Types by nights, two weeks at a time, with the house's occupancy below. Each cell leads to its reasons."""

    area = "reservations"
    template_name = "dashboard/availability.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """A constant number of queries, whatever the size."""
        shown = days_shown(self.request, self.place.business_date, DAYS)
        house = {count.night: count for count in night_counts(self.place.pk, shown.first, shown.past, ())}
        return super().get_context_data(
            shown=shown,
            rows=calendar(self.place.pk, shown.days),
            house=[house.get(day) for day in shown.days],
            **kwargs,
        )


class NightPage(StaffPage, TemplateView):
    """Why so many rooms of a type can be sold on a night: the counts, and the rules that close each plan."""

    area = "reservations"
    template_name = "dashboard/night.html"

    def get_context_data(self, room_type: int, night: str, **kwargs: Any) -> dict[str, Any]:
        """The type's and the house's counters, and every plan with its rules.

        Raises:
            Http404: no such type here, or no such day.
        """
        found = get_object_or_404(RoomType.objects.at(self.place.pk), pk=room_type)
        day = day_of(night)
        past = day + timedelta(days=1)
        explained = availability_explained(self.place.pk, day, past, [found.pk])
        plans = RatePlan.objects.at(self.place.pk).in_bulk()
        return super().get_context_data(
            may_book=shell_of(self.request).may("manage", "reservations"),
            room_type=found,
            day=day,
            past=past,
            explained=explained[0] if explained else None,
            limits=limits(explained[0].limited_by, found) if explained else [],
            plans=[
                (plans[entry.rate_plan], entry.rules)
                for entry in closed_plans(self.place, day, past, [found.pk])
            ],
            **kwargs,
        )


def day_of(text: str) -> date:
    """A day within a century.

    Raises:
        Http404: it is none.
    """
    try:
        day = parse_date(text)
    except ValueError as error:
        raise Http404 from error
    if day is None or not 1970 <= day.year <= 2170:
        raise Http404
    return day


def limits(counters: tuple[int | None, ...], room_type: RoomType) -> list[str]:
    """Which counters set the limit, in words."""
    words = {None: "the whole house", room_type.pk: "this room type"}
    return [words.get(counter, "a room type it is made of") for counter in counters]
