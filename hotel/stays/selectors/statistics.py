"""The figures of business days: frozen ones summed up over a period."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from hotel.stays.domain.statistics import DayFigures, period
from hotel.stays.models import DailyStatistic


@dataclass(frozen=True)
class PeriodFigures:
    """A property's closed days of a period, summed up."""

    property_id: int
    days: int
    figures: DayFigures


def figures_of_period(property_ids: Collection[int], since: date, until: date) -> list[PeriodFigures]:
    """The sums of closed days, one entry for each property that has any, ascending by id; one query.

    Args:
        property_ids: of the properties.
        since, until: business dates, both inclusive.
    """
    rows = DailyStatistic.objects.filter(
        property_id__in=property_ids, business_date__gte=since, business_date__lte=until
    ).order_by("property_id", "business_date")
    found = []
    for property_id, group in groupby(rows, key=lambda row: row.property_id):
        days = list(group)
        figures = period((day.figures for day in days), days[0].room_revenue.currency.code)
        found.append(PeriodFigures(property_id, len(days), figures))
    return found
