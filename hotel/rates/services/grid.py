"""Changes of many cells published at once, or not at all."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection, transaction
from moneyed import Money

from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import AgeBand, Property
from hotel.rates.choices import ChildPricing, RestrictionKind
from hotel.rates.domain.grid import KINDS, Change, Edit, NotACell, RateGrid, spans_of
from hotel.rates.domain.terms import PriceRow
from hotel.rates.models import RatePlan
from hotel.rates.selectors.grid import grid_plans, rate_grid
from hotel.rates.services.plans import plans_locked
from hotel.rates.services.prices import ChildPrice, PriceChange, prices_set
from hotel.rates.services.restrictions import RestrictionChange, restrictions_set
from hotel.rooms.models import RoomType

MOST_CELLS = 5_000
YEARS_AHEAD = 3
Parts = tuple[Any, ...]


class CellsChanged(Conflict):
    """Somebody else changed some of the cells meanwhile: ``changes`` with what they say now. Nothing was written."""

    code = "cells_changed"

    def __init__(self, changes: Sequence[Change]) -> None:
        super().__init__(_("Somebody changed these nights meanwhile; nothing of yours was published."))
        self.changes = list(changes)


def cells_review(*, place: Property, edits: Sequence[Edit]) -> list[Change]:
    """What publishing would change, with what is odd about each; those that say so already are left out.

    Raises:
        InvalidInput: no such cell, or a text that cannot stand in one.
    """
    grid = _grid(place, edits)
    return [change for change in _changes(place, grid, edits) if not change.is_done]


@transaction.atomic
def cells_publish(*, place: Property, edits: Sequence[Edit], is_confirmed: bool = False) -> list[Change]:
    """Write all edits, or none.

    A price keeps what goes with it on the night: amounts for one adult and by number of adults move by as much, those
    of extra adults and children stay. A cell that says already what is wanted is left alone.

    Args:
        place: the property.
        edits: each with the cell as it was seen.
        is_confirmed: whether what is odd is meant.

    Returns:
        What was changed.

    Raises:
        CellsChanged: some cells do not say any more what was seen.
        InvalidInput: no such cell, or a text that cannot stand in one.
        RuleBroken: a night is over, or something is odd and not confirmed.

    Locks: the property, its plans, then its revision of terms, so that nobody changes any until this is committed.
    """
    lock_rows(Property.objects.filter(pk=place.pk))
    plans = plans_locked(property_id=place.pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM rates_revision WHERE property_id = %s FOR UPDATE", [place.pk])
    changes = [change for change in _changes(place, _grid(place, edits), edits) if not change.is_done]
    if stale := [change for change in changes if change.is_stale]:
        raise CellsChanged(stale)
    if any(guard.is_stop for change in changes for guard in change.guards):
        raise RuleBroken(_("Nights that are over keep their prices."), code="night_over")
    if not is_confirmed and any(change.guards for change in changes):
        raise RuleBroken(_("Some changes look odd: say that they are meant."), code="unconfirmed")
    _write(place, plans, changes)
    return changes


def _grid(place: Property, edits: Sequence[Edit]) -> RateGrid:
    today = place.business_date
    if not edits or len(edits) > MOST_CELLS:
        raise InvalidInput(
            _("Change between 1 and %(most_cells)s nights at once.") % {"most_cells": MOST_CELLS},
            code="cells_count",
        )
    first, last = min(edit.night for edit in edits), max(edit.night for edit in edits)
    if (today - first).days > 366 or (last - today).days > 366 * YEARS_AHEAD:
        raise InvalidInput(_("These nights are too far away."), code="cell_unknown")
    return rate_grid(place, first, last + timedelta(days=1), is_kept=False)


def _changes(place: Property, grid: RateGrid, edits: Sequence[Edit]) -> list[Change]:
    owners = {plan.id: grid.sheet.types_of(plan.id) for plan in grid_plans(grid) if plan.parent_id is None}
    known = set()
    found = []
    for edit in edits:
        key = (edit.plan_id, edit.type_id, edit.night)
        if edit.type_id not in owners.get(edit.plan_id, ()) or key in known:
            raise InvalidInput(_("There is no such cell, or it was named twice."), code="cell_unknown")
        known.add(key)
        try:
            found.append(grid.change(edit, place.business_date))
        except NotACell as error:
            raise InvalidInput(
                _("“%(error)s” is no price and no rule that a night can have.") % {"error": error},
                code="cell_invalid",
            ) from error
    return found


def _write(place: Property, plans: dict[int, RatePlan], changes: Sequence[Change]) -> None:
    types = RoomType.objects.at(place.pk).in_bulk({change.edit.type_id for change in changes})
    bands = {band.code: band for band in AgeBand.objects.at(place.pk)}
    by_plan: dict[int, list[PriceChange]] = defaultdict(list)
    for (plan_id, type_id, *parts), nights in _priced(changes).items():
        for span in spans_of(nights):
            values = {} if parts[0] is None else _price_values(tuple(parts), str(place.currency), bands)
            when: dict[str, Any] = {"start": span.start, "end": span.end, "weekdays": span.weekdays}
            by_plan[plan_id].append(PriceChange(room_types=[types[type_id]], **when, **values))
    for plan_id in sorted(by_plan):
        prices_set(plan=plans[plan_id], changes=by_plan[plan_id])
    rules = [
        RestrictionChange(
            kind=RestrictionKind(kind),
            start=span.start,
            end=span.end,
            weekdays=span.weekdays,
            value=value if kind == "min_los" and value else None,
            is_lifted=not value,
            rate_plan=plans[plan_id],
            room_type=types[type_id],
        )
        for (plan_id, type_id, kind, value), nights in _ruled(changes).items()
        for span in spans_of(nights)
    ]
    if rules:
        restrictions_set(place=place, changes=rules)


def _priced(changes: Iterable[Change]) -> dict[Parts, set[date]]:
    """Nights by plan, type and the new price with all its parts; None for the price of the season."""
    found: dict[Parts, set[date]] = defaultdict(set)
    for change in changes:
        edit, price = change.edit, change.after.price
        if price == change.before.price:
            continue
        is_seasonal = edit.wanted.startswith(";")
        parts = (None,) if price is None or is_seasonal else _parts(price, change.row)
        found[edit.plan_id, edit.type_id, *parts].add(edit.night)
    return found


def _parts(price: Decimal, row: PriceRow | None) -> Parts:
    """The price and what goes with it: for one adult, extra adults, by number of adults, by age band."""
    if row is None:
        return price, None, None, (), ()
    rise = price - row.amount

    def moved(amount: Decimal) -> Decimal:
        return amount + rise if amount + rise > 0 else price

    single = None if row.single is None else moved(row.single)
    adults = tuple((count, moved(amount)) for count, amount in sorted(row.by_adults.items()))
    children = tuple((code, terms.method, terms.value) for code, terms in sorted(row.by_child.items()))
    return price, single, row.extra_adult, adults, children


def _price_values(parts: Parts, currency: str, bands: dict[str, AgeBand]) -> dict[str, Any]:
    price, single, extra, adults, children = parts

    def money(amount: Decimal | None) -> Money | None:
        return None if amount is None else Money(amount, currency)

    return {
        "amount": money(price),
        "single_amount": money(single),
        "extra_adult_amount": money(extra),
        "by_adults": {count: money(amount) for count, amount in adults},
        "by_child": [
            ChildPrice(
                age_band=bands[code],
                method=ChildPricing(method),
                amount=money(value) if method == ChildPricing.AMOUNT else None,
                share=value if method == ChildPricing.SHARE else None,
            )
            for code, method, value in children
        ],
    }


def _ruled(changes: Collection[Change]) -> dict[Parts, set[date]]:
    """Nights by plan, type, kind and the new value; nothing for a rule that is lifted."""
    found: dict[Parts, set[date]] = defaultdict(set)
    for change in changes:
        for kind in KINDS:
            value = getattr(change.after, kind)
            if value != getattr(change.before, kind):
                found[change.edit.plan_id, change.edit.type_id, kind, value].add(change.edit.night)
    return found
