"""The sheet of nights, read."""

from datetime import date, timedelta

from hotel.core.money import quantum
from hotel.properties.models import Property
from hotel.rates.domain.grid import NEIGHBOURS, RateGrid
from hotel.rates.domain.terms import PlanTerms
from hotel.rates.selectors.sheets import SheetQuery, rate_sheet


def rate_grid(place: Property, first: date, past: date) -> RateGrid:
    """The cells of all plans and types on the nights [first, past), with their neighbours' prices.

    The number of queries does not depend on the number of nights, types or plans.
    """
    around = timedelta(days=NEIGHBOURS)
    sheet = rate_sheet(SheetQuery(place=place, first=first - around, last=past + around))
    return RateGrid(sheet, first, past, quantum(str(place.currency)))


def grid_plans(grid: RateGrid) -> list[PlanTerms]:
    """The plans that have a row of nights: those that are sold, day use left out."""
    return [plan for plan in grid.sheet.plans.values() if plan.is_active and plan.day_use_hours is None]
