"""The plain terms that prices are computed from: tables of rates and rooms, read once, without Django.

All amounts are Decimal in the property's currency; nights are dates; ``end`` is always excluded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

ALL_WEEK = 127
ZERO = Decimal(0)
ONE = Decimal(1)


def weekday_bit(day: date) -> int:
    """The bit of the day's weekday: Monday 1, Tuesday 2 … Sunday 64."""
    return 1 << day.weekday()


def nights_between(arrival: date, departure: date) -> Iterator[date]:
    """The nights of [arrival, departure), ascending."""
    return (arrival + timedelta(days=step) for step in range((departure - arrival).days))


@dataclass(frozen=True, slots=True)
class Band:
    """An age band: full years, both ends inclusive."""

    code: str
    min_age: int
    max_age: int


@dataclass(frozen=True, slots=True)
class TypeTerms:
    """What prices need to know of a room type; ``by_band`` is the most guests of an age band."""

    id: int
    code: str
    name: str
    standard_occupancy: int
    max_occupancy: int
    max_adults: int
    max_children: int
    by_band: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """A rate plan; see ``hotel.rates.models.RatePlan`` for the meaning of each field."""

    id: int
    code: str
    name: str
    parent_id: int | None = None
    offset_rate: Decimal | None = None
    offset_amount: Decimal | None = None
    rounding_step: Decimal | None = None
    rounding_mode: str = "half_up"
    floor: Decimal | None = None
    ceiling: Decimal | None = None
    max_discount_rate: Decimal = ONE
    inherits_restrictions: bool = True
    is_active: bool = True
    sell_from: date | None = None
    sell_until: date | None = None
    stay_from: date | None = None
    stay_until: date | None = None
    needs_promo: bool = False
    is_negotiated: bool = False
    day_use_hours: int | None = None
    day_use_step: int | None = None
    day_use_least: int | None = None
    room_type_ids: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class ChildTerms:
    """What one child of a band adds: ``amount``, ``share`` (of an adult's part) or ``free``."""

    method: str
    value: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A price for certain nights.

    Attributes:
        level: 2 for dated rows, 1 for season rows, 0 for rows that always count.
        label: what the row is called in explanations, such as the season's name.
    """

    id: int
    rate_plan_id: int
    room_type_id: int
    level: int
    label: str
    start: date
    end: date
    weekdays: int
    amount: Decimal
    single: Decimal | None = None
    extra_adult: Decimal | None = None
    by_adults: Mapping[int, Decimal] = field(default_factory=dict)
    by_child: Mapping[str, ChildTerms] = field(default_factory=dict)

    def covers(self, night: date) -> bool:
        """Whether the row counts on the night."""
        return self.start <= night < self.end and bool(self.weekdays & weekday_bit(night))


@dataclass(frozen=True, slots=True)
class RestrictionRow:
    """A restriction on certain nights; no type and no plan means the house."""

    room_type_id: int | None
    rate_plan_id: int | None
    kind: str
    start: date
    end: date
    weekdays: int = ALL_WEEK
    value: int | None = None
    pattern: tuple[int, ...] = ()
    reason: str = ""
    guarantee: str = ""

    def covers(self, day: date) -> bool:
        """Whether the row counts on the day."""
        return self.start <= day < self.end and bool(self.weekdays & weekday_bit(day))


@dataclass(frozen=True, slots=True)
class TaxTerms:
    """One version of a tax rule; see ``hotel.rates.models.TaxRule``."""

    id: int
    code: str
    name: str
    method: str
    rate: Decimal = ZERO
    amount: Decimal = ZERO
    is_inclusive: bool = True
    groups: frozenset[str] = frozenset()
    stacked_on: frozenset[str] = frozenset()
    max_nights: int | None = None
    max_amount: Decimal | None = None
    min_age: int = 0
    max_age: int = 199
    exempt_reasons: frozenset[str] = frozenset()
    valid_from: date = date.min
    valid_until: date | None = None

    def counts_on(self, night: date) -> bool:
        """Whether this version counts on the night."""
        return self.valid_from <= night and (self.valid_until is None or night < self.valid_until)

    @property
    def is_personal(self) -> bool:
        """Whether it asks who the guest is: by age, by nights paid, or per head."""
        by_age = self.min_age > 0 or self.max_age < 199
        return by_age or self.max_nights is not None or self.method.startswith("per_person")


@dataclass(frozen=True, slots=True)
class Exemption:
    """Frees persons from taxes.

    Attributes:
        reason: matched with the rule's exempt reasons.
        persons: how many; 0 for the whole party.
        tax_codes: only these rules; empty for every rule that allows the reason.
        first, last: nights it is valid for, both inclusive.
        label: the certificate, for explanations.
    """

    reason: str
    persons: int = 0
    tax_codes: frozenset[str] = frozenset()
    first: date = date.min
    last: date = date.max
    label: str = ""


@dataclass(frozen=True, slots=True)
class ElementTerms:
    """One package element of a plan; see ``hotel.rates.models.PackageElement``."""

    id: int
    code: str
    name: str
    group: str
    rhythm: str
    basis: str
    amount: Decimal = ZERO
    share: Decimal = ZERO
    every_nights: int = 1
    weekdays: int = ALL_WEEK
    band: str = ""
    is_included: bool = True
    is_allowance: bool = False
    allowance_period: str = "day"
    allowance_codes: tuple[str, ...] = ()
    bears_overage: bool = False


@dataclass(frozen=True, slots=True)
class Discount:
    """Takes a share or an amount off each night; see ``discounted`` for order and cap."""

    name: str
    rate: Decimal = ZERO
    amount: Decimal = ZERO
    is_combinable: bool = True


@dataclass(frozen=True, slots=True)
class PromoTerms:
    """A promotion code; ``plan_ids`` empty for every plan. Dates are inclusive."""

    code: str
    discount: Discount | None = None
    plan_ids: frozenset[int] = frozenset()
    book_from: date | None = None
    book_until: date | None = None
    stay_from: date | None = None
    stay_until: date | None = None
    is_used_up: bool = False
