"""Prices and restrictions as a sheet of nights: what stands in a cell, what is wanted there, and what is odd about it.

Source: docs/guide/revenue.md, "The grid".
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any

from hotel.rates.domain.pricing import chain_prices, row_for
from hotel.rates.domain.ranges import Span
from hotel.rates.domain.sheet import RateSheet
from hotel.rates.domain.terms import PlanTerms, PriceRow, RestrictionRow, weekday_bit

FLAGS = {"x": "closed", "a": "cta", "d": "ctd"}
KINDS = ("closed", "cta", "ctd", "min_los")
NEIGHBOURS = 7
FAR = Decimal("0.5")
LONG_STAY = 30
MOST = Decimal("99999999.999")
Scope = tuple[int | None, int | None]


class NotACell(ValueError):
    """The text says nothing that can stand in a cell."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One night of one plan on one type, as the plan and type say it themselves.

    Attributes:
        price: up to the type's standard occupancy; None for not sold.
        min_los: least nights when arriving; None for no such rule.
    """

    price: Decimal | None = None
    min_los: int | None = None
    closed: bool = False
    cta: bool = False
    ctd: bool = False

    @property
    def token(self) -> str:
        """The cell as a short text such as ``120.00;2;ad``: what a page sends back as having seen."""
        price = "" if self.price is None else f"{self.price:f}"
        flags = "".join(letter for letter, name in FLAGS.items() if getattr(self, name))
        return f"{price};{self.min_los or ''};{flags}"


def cell_of(token: str, quantum: Decimal) -> Cell:
    """Read what ``Cell.token`` wrote, or what a page put together likewise.

    Raises:
        NotACell: no such text, more decimals than the currency has, or a number out of bounds.
    """
    parts = token.split(";")
    if len(parts) != 3 or len(token) > 40 or not set(parts[2]) <= set(FLAGS):
        raise NotACell(token)
    price, nights, letters = parts
    if nights and not (nights.isascii() and nights.isdecimal() and 1 <= int(nights) <= 999):
        raise NotACell(token)
    return Cell(
        price=price_of(price, quantum) if price else None,
        min_los=int(nights) if nights else None,
        **{name: letter in letters for letter, name in FLAGS.items()},
    )


def price_of(text: str, quantum: Decimal) -> Decimal:
    """A price of at least 0 on the currency's minor unit.

    Raises:
        NotACell: it is none.
    """
    try:
        amount = Decimal(text)
        if not (amount.is_finite() and 0 <= amount <= MOST):
            raise NotACell(text)
        whole = amount.quantize(quantum)
    except InvalidOperation as error:
        raise NotACell(text) from error
    if whole != amount:
        raise NotACell(text)
    return abs(whole)


@dataclass(frozen=True, slots=True)
class Edit:
    """What somebody wants in a cell, and what he saw there before; both as tokens.

    Without a price the one of the season is wanted, or none where there is no season.
    """

    plan_id: int
    type_id: int
    night: date
    seen: str
    wanted: str


@dataclass(frozen=True, slots=True)
class Guard:
    """Something odd about a change: ``is_stop`` refuses it, others ask whether it is meant.

    Attributes:
        code: ``past``, ``not_sold``, ``no_price``, ``zero``, ``below_floor``, ``above_ceiling``, ``far`` or ``long``.
        value: the amount, nights or share that it speaks of.
    """

    code: str
    value: Decimal | None = None
    is_stop: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """A cell before and after, the price row it stands on, and what is odd about it."""

    edit: Edit
    before: Cell
    after: Cell
    row: PriceRow | None = None
    guards: tuple[Guard, ...] = ()

    @property
    def is_stale(self) -> bool:
        """Whether somebody else changed the cell since it was seen."""
        return self.edit.seen != self.before.token and not self.is_done

    @property
    def is_done(self) -> bool:
        """Whether the cell says already what is wanted."""
        return self.before == self.after


class RateGrid:
    """The cells of a sheet on the nights [first, past); the sheet must cover them."""

    def __init__(self, sheet: RateSheet, first: date, past: date, quantum: Decimal) -> None:
        self.sheet, self.quantum = sheet, quantum
        self.nights = [first + timedelta(days=step) for step in range((past - first).days)]
        self._rows: dict[tuple[int, int], dict[date, PriceRow | None]] = {}
        self._rules = _rules_by_night(sheet.restrictions, self.nights)

    def rows(self, plan_id: int, type_id: int) -> Mapping[date, PriceRow | None]:
        """The plan's own row that counts on each night."""
        key = (plan_id, type_id)
        if key not in self._rows:
            known = self.sheet.prices.get(key, ())
            self._rows[key] = {night: row_for(known, night) for night in self.nights}
        return self._rows[key]

    def cell(self, plan_id: int, type_id: int, night: date) -> Cell:
        """What the plan says itself on a type and night."""
        row = self.rows(plan_id, type_id)[night]
        price = None if row is None else row.amount.quantize(self.quantum)
        return Cell(price, **self._rules.get((plan_id, type_id), {}).get(night, {}))  # type: ignore[arg-type]

    def seasonal(self, plan_id: int, type_id: int, night: date) -> Decimal | None:
        """The price that counts on a night when no price for dates does."""
        rows = [row for row in self.sheet.prices.get((plan_id, type_id), ()) if row.level < 2]
        row = row_for(rows, night)
        return None if row is None else row.amount.quantize(self.quantum)

    def above(self, plan_id: int, type_id: int, night: date) -> Cell:
        """What house, type, the plan as a whole and the plans it inherits from say beside the cell; no price."""
        lineage = self.sheet.restricting(plan_id)
        scopes: list[Scope] = [(None, None), (None, type_id)]
        for plan in lineage:
            scopes += [(plan.id, None)] if plan.id == plan_id else [(plan.id, None), (plan.id, type_id)]
        found = [rules for scope in scopes if (rules := self._rules.get(scope, {}).get(night))]
        if not found:
            return NOTHING
        least = max((int(rules.get("min_los", 0)) for rules in found), default=0)
        flags: dict[str, Any] = {name: any(rules.get(name) for rules in found) for name in FLAGS.values()}
        return Cell(min_los=least or None, **flags)

    def sold_at(self, plan_id: int, type_id: int, night: date) -> Decimal | None:
        """The price of a night at standard occupancy: by the plan's own row, else derived from an ancestor's."""
        chain: list[PlanTerms] = []
        for plan in self.sheet.lineage(plan_id):
            chain.insert(0, plan)
            row = self.rows(plan.id, type_id)[night]
            if row is not None:
                return chain_prices(row.amount, chain, self.quantum)[-1].shown
        return None

    def change(self, edit: Edit, today: date) -> Change:
        """The cell of an edit before and after.

        Raises:
            NotACell: the edit wants what cannot stand in a cell.
        """
        wanted = cell_of(edit.wanted, self.quantum)
        before = self.cell(edit.plan_id, edit.type_id, edit.night)
        if wanted.price is None:
            wanted = replace(wanted, price=self.seasonal(edit.plan_id, edit.type_id, edit.night))
        row = self.rows(edit.plan_id, edit.type_id)[edit.night]
        return Change(edit, before, wanted, row, tuple(self._guards(edit, before, wanted, today)))

    def _guards(self, edit: Edit, before: Cell, after: Cell, today: date) -> Iterable[Guard]:
        plan = self.sheet.plans[edit.plan_id]
        if edit.night < today:
            yield Guard("past", is_stop=True)
        if after.price is None and before.price is not None:
            yield Guard("not_sold")
        if after.price is not None and after.price != before.price:
            yield from self._price_guards(edit, plan, after.price)
        if (after.min_los or 0) > LONG_STAY and after.min_los != before.min_los:
            yield Guard("long", Decimal(after.min_los or 0))

    def _price_guards(self, edit: Edit, plan: PlanTerms, price: Decimal) -> Iterable[Guard]:
        if not price:
            yield Guard("zero")
        if plan.floor is not None and price < plan.floor:
            yield Guard("below_floor", plan.floor)
        if plan.ceiling is not None and price > plan.ceiling:
            yield Guard("above_ceiling", plan.ceiling)
        usual = self._usual(edit)
        if price and usual and abs(price - usual) > FAR * usual:
            yield Guard("far", usual)

    def _usual(self, edit: Edit) -> Decimal | None:
        """The middle price of the night and a week on either side of it, as they were before."""
        rows = self.sheet.prices.get((edit.plan_id, edit.type_id), ())
        days = (edit.night + timedelta(days=step) for step in range(-NEIGHBOURS, NEIGHBOURS + 1))
        known = [row.amount for day in days if (row := row_for(rows, day)) is not None]
        return sorted(known)[len(known) // 2] if known else None


NOTHING = Cell()


def _rules_by_night(
    rows: Sequence[RestrictionRow], nights: Sequence[date]
) -> dict[Scope, dict[date, dict[str, int | bool]]]:
    """Rules of the grid's kinds by (plan, type) and night; of two lengths the longer counts."""
    found: dict[Scope, dict[date, dict[str, int | bool]]] = defaultdict(dict)
    for row in rows:
        if row.kind not in KINDS:
            continue
        at = found[row.rate_plan_id, row.room_type_id]
        for night in nights:
            if row.covers(night):
                rules = at.setdefault(night, {})
                rules[row.kind] = max(int(rules.get(row.kind, 0)), row.value or 1) if row.value else True
    return found


def spans_of(nights: Collection[date]) -> list[Span]:
    """The fewest simple spans that hold exactly these nights: one with weekdays when that fits, else runs of nights."""
    ordered = sorted(nights)
    mask = 0
    for night in ordered:
        mask |= weekday_bit(night)
    whole = Span(ordered[0], ordered[-1] + timedelta(days=1), mask)
    days = ((whole.start + timedelta(days=step)) for step in range((whole.end - whole.start).days))
    if sum(1 for day in days if mask & weekday_bit(day)) == len(ordered):
        return [whole]
    runs: list[Span] = []
    for night in ordered:
        if runs and runs[-1].end == night:
            runs[-1] = Span(runs[-1].start, night + timedelta(days=1))
        else:
            runs.append(Span(night, night + timedelta(days=1)))
    return runs
