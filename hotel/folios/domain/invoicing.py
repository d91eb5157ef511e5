"""Lines, taxes and totals of a document, from the postings it covers.

Amounts are those of the ledger and are only added up here, so a document cannot differ from it by a cent.
Source: docs/algorithms/invoicing.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class ItemTax:
    """One tax of a posting.

    Attributes:
        rate: 0.10 for ten percent; None when it is an amount per person, room or stay.
        base, amount: on the minor unit, of the posting's sign.
    """

    code: str
    name: str
    rate: Decimal | None
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Item:
    """A posting as plain values; ``gross`` = ``net`` + its taxes, on the minor unit.

    Attributes:
        day: the business day it is for.
        text: for the payer, in the language of the document.
    """

    posting_id: int
    code: str
    text: str
    day: date
    quantity: Decimal
    net: Decimal
    gross: Decimal
    taxes: tuple[ItemTax, ...] = ()

    def __neg__(self) -> "Item":
        """What takes it back."""
        return replace(
            self,
            quantity=-self.quantity,
            net=-self.net,
            gross=-self.gross,
            taxes=tuple(replace(tax, base=-tax.base, amount=-tax.amount) for tax in self.taxes),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """What was sold alike on one or several days.

    Attributes:
        first_day, last_day: the earliest and latest business day, inclusive.
        quantity: together; 0 when it means nothing.
        unit: gross amount of one; None when ``quantity`` × it would not be ``gross``.
        rates: of its taxes that are a share, ascending.
        posting_ids: what it is made of, ascending; what cancels out is among them.
    """

    code: str
    text: str
    first_day: date
    last_day: date
    quantity: Decimal
    unit: Decimal | None
    rates: tuple[Decimal, ...]
    net: Decimal
    tax: Decimal
    gross: Decimal
    posting_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TaxRow:
    """One tax at one rate over the whole document; ``code`` is empty for what no tax was taken on."""

    code: str
    name: str
    rate: Decimal | None
    base: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """``gross`` = ``net`` + ``tax``."""

    net: Decimal
    tax: Decimal
    gross: Decimal


def lines(items: Sequence[Item]) -> list[Line]:
    """Group postings into lines, in order of their first day, then of posting.

    A tax that is no share of the price, such as a city tax per person, is a line of its own, as guests know it from
    price lists. A posting and its reversal stand in one line, which disappears when nothing is left of it.

    Returns:
        The lines; their net amounts, taxes and gross amounts add up to those of the items.
    """
    parts = [part for item in items for part in _parts(item)]
    groups: dict[tuple[object, ...], list[Item]] = {}
    for part in sorted(parts, key=lambda part: (part.day, part.posting_id)):
        groups.setdefault(_group(part), []).append(part)
    found = [_line(group) for group in groups.values()]
    return [line for line in found if (line.net, line.tax) != (ZERO, ZERO)]


def tax_rows(items: Iterable[Item]) -> list[TaxRow]:
    """Sum the taxes by code and rate: shares, then fixed amounts, then what no share was taken on, if anything."""
    found: dict[tuple[str, Decimal | None], TaxRow] = {}
    untaxed = ZERO
    for item in items:
        for tax in item.taxes:
            row = found.setdefault((tax.code, tax.rate), TaxRow(tax.code, tax.name, tax.rate, ZERO, ZERO))
            found[tax.code, tax.rate] = replace(row, base=row.base + tax.base, amount=row.amount + tax.amount)
        if all(tax.rate is None for tax in item.taxes):
            untaxed += item.net
    rows = [row for row in found.values() if (row.base, row.amount) != (ZERO, ZERO)]
    rows.sort(key=lambda row: row.rate is None)
    return [*rows, TaxRow("", "", None, untaxed, ZERO)] if untaxed else rows


def totals(items: Iterable[Item]) -> Totals:
    """Add up."""
    some = list(items)
    net = sum((item.net for item in some), ZERO)
    gross = sum((item.gross for item in some), ZERO)
    return Totals(net, gross - net, gross)


def number_text(prefix: str, year: int, number: int) -> str:
    """How a number is written, such as ``INV-2027-00042``."""
    return f"{prefix}-{year}-{number:05d}"


def _parts(item: Item) -> list[Item]:
    """The posting without its taxes of fixed amounts, and each of those as a posting of its own."""
    fixed = [tax for tax in item.taxes if tax.rate is None]
    if not fixed:
        return [item]
    rest = replace(
        item,
        gross=item.gross - sum(tax.amount for tax in fixed),
        taxes=tuple(tax for tax in item.taxes if tax.rate is not None),
    )
    own = [
        Item(item.posting_id, tax.code, tax.name, item.day, ZERO, ZERO, tax.amount, (tax,)) for tax in fixed
    ]
    return [rest, *own] if (rest.net, rest.gross) != (ZERO, ZERO) else own


def _unit(item: Item) -> Decimal | None:
    """The price of one, when it is exact to the minor unit."""
    if not item.quantity:
        return None
    unit = item.gross / item.quantity
    shown = unit.quantize(item.gross)
    return shown if shown * item.quantity == item.gross else None


def _group(item: Item) -> tuple[object, ...]:
    taxes = tuple((tax.code, tax.rate) for tax in item.taxes)
    return (item.code, item.text, _unit(item), taxes)


def _line(group: Sequence[Item]) -> Line:
    sums = totals(group)
    rates = {tax.rate for item in group for tax in item.taxes if tax.rate is not None}
    return Line(
        code=group[0].code,
        text=group[0].text,
        first_day=min(item.day for item in group),
        last_day=max(item.day for item in group),
        quantity=sum((item.quantity for item in group), ZERO),
        unit=_unit(group[0]),
        rates=tuple(sorted(rates)),
        net=sums.net,
        tax=sums.tax,
        gross=sums.gross,
        posting_ids=tuple(sorted({item.posting_id for item in group})),
    )
