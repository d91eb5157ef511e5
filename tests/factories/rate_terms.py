"""Plain terms of rates for tests without a database: the least there must be to price a stay."""

from datetime import date
from decimal import Decimal
from typing import Any

from hotel.rates.domain.parties import Party, party_of
from hotel.rates.domain.quotes import Occupancy, StayQuote
from hotel.rates.domain.sheet import RateSheet, StayRequest
from hotel.rates.domain.stays import StayPricer
from hotel.rates.domain.terms import (
    Band,
    ElementTerms,
    PlanTerms,
    PriceRow,
    RestrictionRow,
    TaxTerms,
    TypeTerms,
)

CENT = Decimal("0.01")
BANDS = (Band("infant", 0, 2), Band("child", 3, 11), Band("adult", 12, 199))
MONDAY = date(2027, 3, 1)
DOUBLE = TypeTerms(1, "DBL", "Double", 2, 4, 3, 2)


def dec(value: Any) -> Decimal:
    """A Decimal from a number or text."""
    return Decimal(str(value))


def plan(pk: int = 1, name: str = "Bar", **over: Any) -> PlanTerms:
    """A plan, or a derived one when ``parent_id`` is given; amounts may be text."""
    amounts = {"offset_rate", "offset_amount", "rounding_step", "floor", "ceiling", "max_discount_rate"}
    values = {key: dec(value) if key in amounts else value for key, value in over.items()}
    return PlanTerms(pk, name.upper(), name, **values)


def price(
    amount: Any, *, pk: int = 1, plan_id: int = 1, type_id: int = 1, level: int = 0, **over: Any
) -> PriceRow:
    """A price that always counts; give level 1 or 2 and dates for less."""
    label = {0: "standard price", 1: "season High", 2: "dated price"}[level]
    when = {"start": date.min, "end": date.max, "weekdays": 127} | {
        key: over.pop(key) for key in ("start", "end", "weekdays") if key in over
    }
    return PriceRow(pk, plan_id, type_id, level, label, amount=dec(amount), **when, **over)


def tax(code: str = "VAT", rate: Any = "0.10", *, pk: int = 1, **over: Any) -> TaxTerms:
    """A share contained in the room price; give ``method`` and ``amount`` for others."""
    method = over.pop("method", "percent")
    groups = frozenset(over.pop("groups", ("room",) if method == "percent" else ()))
    values = {key: frozenset(v) if key in ("stacked_on", "exempt_reasons") else v for key, v in over.items()}
    values |= {key: dec(values[key]) for key in ("amount", "max_amount") if key in values}
    return TaxTerms(
        pk,
        code,
        code.title(),
        method,
        dec(rate) if method == "percent" else Decimal(0),
        groups=groups,
        **values,
    )


def element(code: str = "BF", amount: Any = 0, *, pk: int = 1, **over: Any) -> ElementTerms:
    """Breakfast per person and night, contained in the rate."""
    values = {"group": "food", "rhythm": "every_night", "basis": "per_person", **over}
    return ElementTerms(pk, code, code.title(), amount=dec(amount), **values)


def rule(kind: str, value: int | None = None, **over: Any) -> RestrictionRow:
    """A restriction of the house on every night of 2027."""
    level = (over.pop("type_id", None), over.pop("plan_id", None))
    when = (over.pop("start", date(2027, 1, 1)), over.pop("end", date(2028, 1, 1)))
    return RestrictionRow(*level, kind, *when, value=value, **over)


def sheet(*prices: PriceRow, plans: Any = None, types: Any = (DOUBLE,), **over: Any) -> RateSheet:
    """A sheet in euro with one plan on one type, unless told otherwise."""
    types = {row.id: row for row in types}
    plans = plans or [plan(room_type_ids=frozenset(types))]
    by_key: dict[tuple[int, int], list[PriceRow]] = {}
    for row in prices:
        by_key.setdefault((row.rate_plan_id, row.room_type_id), []).append(row)
    values = {"currency": "EUR", "bands": BANDS, **over}
    return RateSheet(property_id=7, plans={p.id: p for p in plans}, types=types, prices=by_key, **values)


def asked(arrival: date = MONDAY, departure: date = date(2027, 3, 2), **over: Any) -> StayRequest:
    """Two adults for the night of Monday 1 March 2027, booked on 1 February."""
    values = {"occupancy": Occupancy(2), "booked_on": date(2027, 2, 1), **over}
    return StayRequest(arrival=arrival, departure=departure, **values)


def quoted(terms: RateSheet, request: StayRequest, plan_id: int = 1, type_id: int = 1) -> StayQuote:
    """The stay, priced."""
    return StayPricer(terms, request).quote(plan_id, type_id)


def party(adults: int = 2, *ages: int) -> Party:
    """Adults and children of these ages."""
    return party_of(Occupancy(adults, child_ages=ages), BANDS)
