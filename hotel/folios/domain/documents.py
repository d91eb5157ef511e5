"""What is printed on a document, as plain values that are frozen when it is issued."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from hotel.folios.domain.invoicing import ZERO, Item, Line, TaxRow, lines, tax_rows, totals

FORM = 1  # of the content; a later form keeps the reading of this one


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Seller or payer as printed; ``country`` by ISO 3166, its name is printed in the document's language."""

    name: str
    address: tuple[str, ...] = ()
    country: str = ""
    tax_number: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StayData:
    """The stay that a document is for; business dates."""

    number: str
    guest: str
    room: str
    arrival: date
    departure: date


@dataclass(frozen=True, slots=True)
class Paid:
    """A payment (above zero) or refund (below), with the business day it was posted on."""

    day: date
    text: str
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A document without its number.

    Attributes:
        kind: as ``DocumentKind``.
        exponent: decimal places of the currency's minor unit.
        account: number of the folio, or of the account.
        due_on: the last calendar day of payment; None when there is no such day.
        payments: what was paid on it.
        brought_forward: what earlier documents of the same window left open.
        corrects, corrects_on: number and day of the document that is taken back.
    """

    kind: str
    language: str
    currency: str
    exponent: int
    issued_on: date
    seller: Party
    payee: Party
    items: Sequence[Item]
    account: str = ""
    stay: StayData | None = None
    due_on: date | None = None
    payments: Sequence[Paid] = ()
    brought_forward: Decimal = ZERO
    corrects: str = ""
    corrects_on: date | None = None
    reason: str = ""


def content(draft: Draft, number: str) -> dict[str, Any]:
    """All that is printed: texts, ISO dates, and amounts as texts on the currency's minor unit.

    ``totals.balance`` = total + brought forward − paid.
    """

    def money(amount: Decimal) -> str:
        return f"{amount:.{draft.exponent}f}"

    sums = totals(draft.items)
    paid = sum((payment.amount for payment in draft.payments), ZERO)
    return {
        "form": FORM,
        "kind": draft.kind,
        "number": number,
        "language": draft.language,
        "currency": draft.currency,
        "exponent": draft.exponent,
        "issued_on": draft.issued_on.isoformat(),
        "due_on": _iso(draft.due_on),
        "account": draft.account,
        "seller": asdict(draft.seller),
        "payee": asdict(draft.payee),
        "stay": None if draft.stay is None else _plain(asdict(draft.stay)),
        "corrects": {"number": draft.corrects, "issued_on": _iso(draft.corrects_on)}
        if draft.corrects
        else None,
        "reason": draft.reason,
        "lines": [_line(line, money) for line in lines(draft.items)],
        "taxes": [_tax(row, money) for row in tax_rows(draft.items)],
        "payments": [
            {"day": payment.day.isoformat(), "text": payment.text, "amount": money(payment.amount)}
            for payment in draft.payments
        ],
        "totals": {
            "net": money(sums.net),
            "tax": money(sums.tax),
            "total": money(sums.gross),
            "brought_forward": money(draft.brought_forward),
            "paid": money(paid),
            "balance": money(sums.gross + draft.brought_forward - paid),
        },
    }


def canonical(plain: dict[str, Any]) -> str:
    """The one JSON text of plain values: sorted keys, no blanks, no escapes."""
    return json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(text: str) -> str:
    """SHA-256 of a text in UTF-8, as hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _line(line: Line, money: Any) -> dict[str, Any]:
    return {
        "code": line.code,
        "text": line.text,
        "first_day": line.first_day.isoformat(),
        "last_day": line.last_day.isoformat(),
        "quantity": f"{line.quantity.normalize():f}" if line.quantity else "",
        "unit": "" if line.unit is None else money(line.unit),
        "rates": [f"{rate.normalize():f}" for rate in line.rates],
        "net": money(line.net),
        "tax": money(line.tax),
        "gross": money(line.gross),
        "postings": list(line.posting_ids),
    }


def _tax(row: TaxRow, money: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "rate": None if row.rate is None else f"{row.rate.normalize():f}",
        "base": money(row.base),
        "amount": money(row.amount),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _iso(value) if isinstance(value, date) else value for name, value in values.items()}
