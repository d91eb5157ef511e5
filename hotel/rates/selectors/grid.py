"""The sheet of nights, read."""

from datetime import date, timedelta

from hotel.core.money import quantum
from hotel.properties.models import Property
from hotel.rates.domain.grid import NEIGHBOURS, RateGrid
from hotel.rates.domain.terms import PlanTerms
from hotel.rates.selectors.kept_sheets import kept_rate_sheet
from hotel.rates.selectors.sheets import SheetQuery, rate_sheet


def rate_grid(place: Property, first: date, past: date, *, is_kept: bool = True) -> RateGrid:
    """The cells of all plans and types on the nights [first, past), with their neighbours' prices.

    Args:
        place: the property.
        first: first night.
        past: the night after the last.
        is_kept: whether terms that this process keeps are good enough: one query then, else a constant number.
    """
    around = timedelta(days=NEIGHBOURS)
    query = SheetQuery(place=place, first=first - around, last=past + around)
    sheet = kept_rate_sheet(query) if is_kept else rate_sheet(query)
    return RateGrid(sheet, first, past, quantum(str(place.currency)))


def grid_plans(grid: RateGrid) -> list[PlanTerms]:
    """The plans that have a row of nights: those that are sold, day use left out."""
    return [plan for plan in grid.sheet.plans.values() if plan.is_active and plan.day_use_hours is None]
