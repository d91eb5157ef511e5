"""What a quote is made of, and its plain JSON form.

The amounts of one night obey two equations (docs/algorithms/pricing.md, "The parts of a night"):

* ``room_gross`` = ``room_net`` + inclusive taxes on the room + packages that are included in the rate;
* ``total`` = ``room_gross`` + packages added to the rate + taxes that are not inclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from moneyed import Money
from pydantic import GetPydanticSchema, TypeAdapter
from pydantic_core import core_schema


def _money_load(value: Any) -> Money:
    if isinstance(value, Money):
        return value
    return Money(Decimal(value["amount"]), value["currency"])


def _money_dump(value: Money) -> dict[str, str]:
    return {"amount": str(value.amount), "currency": value.currency.code}


def _money_schema(source: Any, handler: Any) -> core_schema.CoreSchema:
    return core_schema.no_info_plain_validator_function(
        _money_load, serialization=core_schema.plain_serializer_function_ser_schema(_money_dump)
    )


PlainMoney = Annotated[Money, GetPydanticSchema(_money_schema)]


@dataclass(frozen=True, slots=True)
class Occupancy:
    """Who sleeps in one room.

    Attributes:
        adults: how many.
        children: age band code and count; bands of the property other than ``adult``.
        child_ages: full years on the arrival day, one per child; decides the bands when given.
    """

    adults: int
    children: tuple[tuple[str, int], ...] = ()
    child_ages: tuple[int, ...] = ()

    @property
    def child_count(self) -> int:
        """Children of any band."""
        return max(sum(count for _, count in self.children), len(self.child_ages))

    @property
    def persons(self) -> int:
        """Everybody."""
        return self.adults + self.child_count


@dataclass(frozen=True, slots=True)
class TaxLine:
    """One tax on one charge.

    Attributes:
        code: of the tax rule.
        name: for the invoice.
        base: what the tax was computed on: net of inclusive taxes, plus the taxes it is stacked on.
        amount: on the minor unit, ≥ 0.
        is_inclusive: contained in the price, or added to it.
        charge: ``room``, the code of a package, or ``stay``.
    """

    code: str
    name: str
    base: PlainMoney
    amount: PlainMoney
    is_inclusive: bool
    charge: str = "room"


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One package element charged on one night.

    Attributes:
        code: of the element.
        name: for the invoice.
        amount: for the whole party, inclusive taxes inside.
        is_included: contained in ``room_gross``, or added to it.
        rhythm: ``once``, ``every_night``, ``every_n_nights``, ``arrival``, ``departure`` or ``weekdays``.
        group: the charge group that decides its taxes, such as ``food``.
        is_allowance: the guest may consume up to the amount; what is left is breakage.
        allowance_period: when: ``day``, ``next_day`` or ``stay``.
        allowance_codes: of the charges it pays; empty for every charge of its group.
        bears_overage: what is consumed beyond it is let off.
    """

    code: str
    name: str
    amount: PlainMoney
    is_included: bool
    rhythm: str
    group: str = "other"
    is_allowance: bool = False
    allowance_period: str = "day"
    allowance_codes: tuple[str, ...] = ()
    bears_overage: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the explanation: ``kind`` for programs, ``text`` for people, the amount reached if any."""

    kind: str
    text: str
    amount: PlainMoney | None = None


@dataclass(frozen=True, slots=True)
class NightPrice:
    """The price of one night, whole: what is sold, frozen on the reservation night.

    Attributes:
        night: the night slept; the day itself for day use.
        room_type_id: the type that was priced.
        rate_plan_id: the plan that was priced.
        room_net: room revenue, without taxes and without included packages.
        room_gross: the rate as offered: inclusive taxes and included packages inside.
        packages: in order of their elements.
        taxes: in order of the rules, room first, then packages.
        total: what the guest pays for this night, everything inside.
        steps: how the price came about, in order.
    """

    night: date
    room_type_id: int
    rate_plan_id: int
    room_net: PlainMoney
    room_gross: PlainMoney
    packages: tuple[PackageLine, ...]
    taxes: tuple[TaxLine, ...]
    total: PlainMoney
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """One reason why a stay cannot be sold.

    Attributes:
        code: stable word, such as ``min_los`` or ``closed``.
        level: ``house``, ``room_type``, ``rate_plan``, ``rate_plan_room_type`` or ``request``.
        night: the date the rule stands on; None when it is about the stay as a whole.
        text: the reason in one sentence.
    """

    code: str
    level: str
    night: date | None
    text: str


@dataclass(frozen=True, slots=True)
class StayQuote:
    """The price of one stay in one room, explained.

    Attributes:
        arrival: first night.
        departure: the day after the last night; equal to ``arrival`` for day use.
        nights: one per night, ascending; empty when no price is set and the quote is broken.
        stay_taxes: taxes charged once per stay.
        total: what the guest pays: the nights' totals and the stay taxes.
        net_total: ``total`` without any tax.
        tax_total: all taxes, inclusive ones too.
        broken: why it cannot be sold; empty when it can.
        policies: cancellation, deposit and no-show as plain JSON, to be frozen with the booking; ``guarantee`` beside
            them where a least one is asked for, see ``guarantees.least_guarantee``.
    """

    property_id: int
    rate_plan_id: int
    room_type_id: int
    arrival: date
    departure: date
    occupancy: Occupancy
    currency: str
    nights: tuple[NightPrice, ...]
    stay_taxes: tuple[TaxLine, ...]
    total: PlainMoney
    net_total: PlainMoney
    tax_total: PlainMoney
    broken: tuple[BrokenRule, ...] = ()
    policies: dict[str, Any] = field(default_factory=dict)

    @property
    def is_sellable(self) -> bool:
        """Whether nothing stands against it."""
        return not self.broken


_NIGHT = TypeAdapter(NightPrice)
_STAY = TypeAdapter(StayQuote)
_TAXES = TypeAdapter(tuple[TaxLine, ...])


def night_price_dump(night: NightPrice) -> dict[str, Any]:
    """A night as plain JSON values, to be stored; amounts as text."""
    return _NIGHT.dump_python(night, mode="json")


def night_price_load(data: Mapping[str, Any]) -> NightPrice:
    """The night that ``night_price_dump`` wrote.

    Raises:
        pydantic.ValidationError: not such a record.
    """
    return _NIGHT.validate_python(data, strict=False)


def tax_lines_dump(lines: tuple[TaxLine, ...]) -> list[dict[str, Any]]:
    """Tax lines as plain JSON values, to be stored; as they stand in ``stay_quote_dump``."""
    return _TAXES.dump_python(lines, mode="json")


def tax_lines_load(data: Any) -> tuple[TaxLine, ...]:
    """The lines that ``tax_lines_dump`` wrote.

    Raises:
        pydantic.ValidationError: not such a record.
    """
    return _TAXES.validate_python(data, strict=False)


def stay_quote_dump(quote: StayQuote) -> dict[str, Any]:
    """A whole quote as plain JSON values."""
    return _STAY.dump_python(quote, mode="json")


def stay_quote_load(data: Mapping[str, Any]) -> StayQuote:
    """The quote that ``stay_quote_dump`` wrote.

    Raises:
        pydantic.ValidationError: not such a record.
    """
    return _STAY.validate_python(data)
