"""One change for many nights: what it makes of each cell. Source: docs/guide/revenue.md, "Many nights at once"."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from hotel.rates.domain.grid import Cell, Edit, RateGrid
from hotel.rates.domain.terms import ALL_WEEK, weekday_bit

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulk:
    """What becomes of each cell; None leaves a part as it is.

    Attributes:
        price: ``set``, ``percent``, ``amount`` (both added; may be negative), ``seasonal``, or nothing.
        value: of the price.
        min_los: least nights; 0 lifts the rule.
        closed, cta, ctd: set or lifted.
    """

    price: str = ""
    value: Decimal = Decimal(0)
    min_los: int | None = None
    closed: bool | None = None
    cta: bool | None = None
    ctd: bool | None = None

    def wanted(self, cell: Cell, quantum: Decimal) -> Cell:
        """The cell as it should be; amounts are rounded half up to the minor unit and never fall below 0."""
        flags = {
            name: value for name in ("closed", "cta", "ctd") if (value := getattr(self, name)) is not None
        }
        least = cell.min_los if self.min_los is None else self.min_los or None
        return replace(cell, price=self._price(cell.price, quantum), min_los=least, **flags)

    def _price(self, price: Decimal | None, quantum: Decimal) -> Decimal | None:
        if self.price == "seasonal":
            return None
        if self.price == "set":
            return self.value.quantize(quantum, rounding=ROUND_HALF_UP)
        if price is None or not self.price:
            return price
        rise = price * self.value / HUNDRED if self.price == "percent" else self.value
        return max((price + rise).quantize(quantum, rounding=ROUND_HALF_UP), Decimal(0).quantize(quantum))


def bulk_edits(
    grid: RateGrid,
    bulk: Bulk,
    *,
    plan_ids: Collection[int],
    type_ids: Collection[int],
    weekdays: int = ALL_WEEK,
) -> Iterator[Edit]:
    """The edits of the grid's nights on the marked weekdays that change a cell; by plan, type and night."""
    for plan_id in plan_ids:
        for type_id in sorted(set(type_ids) & grid.sheet.types_of(plan_id)):
            for night in grid.nights:
                if weekdays & weekday_bit(night):
                    edit = _edit(grid, bulk, plan_id, type_id, night)
                    if edit.wanted != edit.seen:
                        yield edit


def _edit(grid: RateGrid, bulk: Bulk, plan_id: int, type_id: int, night: date) -> Edit:
    cell = grid.cell(plan_id, type_id, night)
    return Edit(plan_id, type_id, night, cell.token, bulk.wanted(cell, grid.quantum).token)
