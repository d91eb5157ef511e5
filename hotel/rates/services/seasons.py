"""Seasons with their ranges of nights."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction

from hotel.core.locks import lock_rows
from hotel.properties.models import Property
from hotel.rates.models import Season, SeasonRange
from hotel.rates.services.facts import rates_changed

Range = tuple[date, date]


@transaction.atomic
def season_create(*, place: Property, values: Mapping[str, Any], ranges: Sequence[Range] = ()) -> Season:
    """Make a season; ranges are nights [start, end) and must not overlap."""
    season = Season.objects.create(property=place, **values)
    _ranges_write(season, ranges)
    return season


@transaction.atomic
def season_change(
    *, season: Season, values: Mapping[str, Any], ranges: Sequence[Range] | None = None
) -> Season:
    """Change a season; None leaves the ranges, a list replaces them all. Locks: the season."""
    (fresh,) = lock_rows(Season.objects.filter(pk=season.pk))
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    if ranges is not None:
        before = list(fresh.ranges.values_list("start_on", "end_on"))
        fresh.ranges.all().delete()
        _ranges_write(fresh, ranges)
        _tell(fresh, [*before, *ranges])
    return fresh


@transaction.atomic
def season_delete(*, season: Season) -> None:
    """Delete a season that no price uses.

    Raises:
        ProtectedError: prices use it (409).
    """
    season.delete()


def _ranges_write(season: Season, ranges: Sequence[Range]) -> None:
    SeasonRange.objects.bulk_create(
        SeasonRange(property_id=season.property_id, season=season, start_on=start, end_on=end)
        for start, end in ranges
    )


def _tell(season: Season, ranges: Sequence[Range]) -> None:
    """Prices of the season change on all nights that it had or has."""
    plan_ids = list(season.prices.order_by("rate_plan_id").values_list("rate_plan_id", flat=True).distinct())
    if ranges and plan_ids:
        start, end = min(start for start, _ in ranges), max(end for _, end in ranges)
        rates_changed(property_id=season.property_id, plan_ids=plan_ids, start=start, end=end)
