"""The grid of rates: types by nights, the plans that are sold on each, and the rooms left."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hotel.properties.models import Property
from hotel.rates.domain.grid import Cell, Change, RateGrid
from hotel.rates.domain.terms import PlanTerms
from hotel.rates.selectors.grid import grid_plans, rate_grid
from hotel.reservations.selectors.availability import types_sold
from hotel.rooms.models import RoomType
from hotel.rooms.selectors.inventory import opened_nights, sellable

ALL = -1  # among the types whose derived plans are folded out: every one


@dataclass(frozen=True, slots=True)
class GridCell:
    """A night of a plan on a type.

    Attributes:
        cell: what the plan and type say themselves; what is edited.
        price: at which it is sold, of derived plans too; None for not sold.
        above: rules of the house, the type, the plan or its parents that hold there as well.
    """

    cell: Cell
    price: Decimal | None
    above: Cell

    @property
    def is_shut(self) -> bool:
        """Whether the night cannot be slept, by whatever rule."""
        return self.cell.closed or self.above.closed


@dataclass(frozen=True)
class PlanRow:
    """The nights of a plan; ``parent`` is None for a plan with prices of its own, which can be edited."""

    plan: PlanTerms
    parent: PlanTerms | None
    cells: list[GridCell]


@dataclass
class TypeRows:
    """A room type: rooms left by night (None: not open for sale), its plans, and how many are folded away."""

    room_type: RoomType
    left: list[int | None]
    plans: list[PlanRow] = field(default_factory=list)
    folded: int = 0
    is_open: bool = False


@dataclass(frozen=True)
class RatesShown:
    """All that the page shows; ``owners`` are the plans with prices of their own."""

    grid: RateGrid
    types: list[TypeRows]
    owners: list[PlanTerms]
    today: date

    def row(self, plan_id: int | None, type_id: int | None) -> tuple[TypeRows, PlanRow] | None:
        """The row of an own plan on a type; the first there is for anything else."""
        rows = [(kind, row) for kind in self.types for row in kind.plans if row.parent is None]
        wanted = ((kind, row) for kind, row in rows if (row.plan.id, kind.room_type.pk) == (plan_id, type_id))
        return next(wanted, rows[0] if rows else None)


def rates_shown(place: Property, first: date, past: date, opened: Collection[int] = ()) -> RatesShown:
    """The grid of the nights [first, past); its queries do not depend on nights, types or plans.

    Args:
        place: the property.
        first: first night.
        past: the night after the last.
        opened: ids of the types whose derived plans are shown too; ``ALL`` for every one.
    """
    grid = rate_grid(place, first, past)
    ranks = {plan_id: rank for rank, plan_id in enumerate(grid.sheet.plans)}  # read in the order people gave
    free, run = sellable(place.pk, first, past), opened_nights(place.pk)
    order = sorted(grid_plans(grid), key=lambda plan: (plan.parent_id is not None, ranks[plan.id]))
    found = []
    for room_type in types_sold(place.pk):
        if room_type.pk not in free:
            continue
        left = [
            free[room_type.pk].get(night, 0) if run is not None and run[0] <= night < run[1] else None
            for night in grid.nights
        ]
        rows = TypeRows(room_type, left, is_open=ALL in opened or room_type.pk in opened)
        for plan in order:
            if room_type.pk not in grid.sheet.types_of(plan.id):
                continue
            if plan.parent_id is not None and not rows.is_open:
                rows.folded += 1
            else:
                rows.plans.append(_row(grid, plan, room_type.pk))
        if rows.plans or rows.folded:
            found.append(rows)
    return RatesShown(grid, found, [plan for plan in order if plan.parent_id is None], place.business_date)


def _row(grid: RateGrid, plan: PlanTerms, type_id: int) -> PlanRow:
    cells = [
        GridCell(
            grid.cell(plan.id, type_id, night),
            grid.sold_at(plan.id, type_id, night) if plan.parent_id is not None else None,
            grid.above(plan.id, type_id, night),
        )
        for night in grid.nights
    ]
    return PlanRow(plan, grid.sheet.plans.get(plan.parent_id or 0), cells)


@dataclass(frozen=True)
class ChangedRun:
    """Changes of one plan and type on nights in a row that are alike."""

    plan: PlanTerms
    room_type: RoomType
    changes: list[Change]

    @property
    def first(self) -> Change:
        """The first of them, which stands for all."""
        return self.changes[0]

    @property
    def last(self) -> date:
        """The last night."""
        return self.changes[-1].edit.night


def changed_runs(place: Property, grid: RateGrid, changes: Iterable[Change]) -> list[ChangedRun]:
    """Changes for people to read: by type, plan and night, those that are alike on nights in a row put together."""
    types = {row.pk: (index, row) for index, row in enumerate(types_sold(place.pk))}
    ordered = sorted(
        (change for change in changes if change.edit.type_id in types),
        key=lambda one: (types[one.edit.type_id][0], one.edit.plan_id, one.edit.night),
    )
    groups: list[list[Change]] = [[change] for change in ordered[:1]]
    for before, change in pairwise(ordered):
        if _alike(before, change):
            groups[-1].append(change)
        else:
            groups.append([change])
    return [
        ChangedRun(grid.sheet.plans[group[0].edit.plan_id], types[group[0].edit.type_id][1], group)
        for group in groups
    ]


def _alike(one: Change, next_one: Change) -> bool:
    of, follows = one.edit, next_one.edit
    return (
        (of.plan_id, of.type_id) == (follows.plan_id, follows.type_id)
        and follows.night - of.night == timedelta(days=1)
        and (one.before, one.after, one.guards) == (next_one.before, next_one.after, next_one.guards)
    )
