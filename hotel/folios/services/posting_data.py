"""What is to be posted, as plain values: the interface of those who post."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from moneyed import Money

from hotel.folios.choices import CodeKind
from hotel.folios.domain.amounts import Amounts, TaxPart
from hotel.folios.models import FolioWindow, Posting, TransactionCode
from hotel.rates.domain.quotes import TaxLine

Codes = Mapping[tuple[str, str], TransactionCode]


@dataclass(frozen=True, kw_only=True)
class Memo:
    """What is noted with a posting.

    Attributes:
        description: for the guest; the code's name unless given.
        reference: such as the number of a bar bill.
        source, source_key: who posts by itself and what for; the same pair posts once, repeating changes nothing.
        reason: why something is corrected.
    """

    description: str = ""
    reference: str = ""
    source: str = ""
    source_key: str = ""
    reason: str = ""


NOTHING = Memo()


@dataclass(frozen=True, kw_only=True, slots=True)
class TaxData:
    """One tax of a line: a code of the kind ``tax``, what it was computed on, and whether the price contains it."""

    code: TransactionCode
    base: Money
    amount: Money
    is_inclusive: bool = True


def taxes_priced(taxes: Iterable[TaxLine], codes: Codes) -> tuple[TaxData, ...]:
    """The taxes of a price, to be posted at their codes."""
    return tuple(
        TaxData(
            code=codes[CodeKind.TAX, tax.code],
            base=tax.base,
            amount=tax.amount,
            is_inclusive=tax.is_inclusive,
        )
        for tax in taxes
    )


def taxes_cut(taxes: Iterable[Any], parts: Iterable[Any]) -> tuple[TaxData, ...]:
    """Taxes of a line or a posting with the bases and amounts of other parts, in the same order."""
    return tuple(
        TaxData(code=tax.code, base=part.base, amount=part.amount, is_inclusive=tax.is_inclusive)
        for tax, part in zip(taxes, parts, strict=True)
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class PostingData:
    """One line to be posted on a folio.

    Attributes:
        folio_id: routing decides the window, unless ``window_id`` names one.
        net: without any tax; the guest owes it and the taxes.
        revenue_date: the business day it is for; the open one unless given.
        description: for the guest; the code's name unless given.
        source_key: what the source posts it for; empty for postings by hand.
        reverses, adjusts, moved_from: the posting that this one corrects or takes the place of.
        allowance_id, covers: the allowance it grants or takes from, and the charge it pays for.
    """

    folio_id: int
    code: TransactionCode
    net: Money
    taxes: tuple[TaxData, ...] = ()
    window_id: int | None = None
    revenue_date: date | None = None
    description: str = ""
    quantity: Decimal = Decimal(1)
    reference: str = ""
    source_key: str = ""
    routing_rule_id: int | None = None
    reverses: Posting | None = None
    adjusts: Posting | None = None
    moved_from: Posting | None = None
    allowance_id: int | None = None
    covers: Posting | None = None

    @property
    def amounts(self) -> Amounts:
        """Net and taxes as they are cut into parts."""
        return Amounts(self.net, tuple(TaxPart(tax.base, tax.amount) for tax in self.taxes))


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the window it goes to."""

    line: PostingData
    window: FolioWindow
