"""The statement of a debtor's account: opening balance, movements, closing balance, and what is open by age."""

from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import Any

from hotel.core.money import exponent
from hotel.folios.choices import JournalKind
from hotel.folios.domain.document_words import language_chosen, words
from hotel.folios.domain.documents import Party
from hotel.folios.domain.receivables import aging
from hotel.folios.models import CityAccount
from hotel.folios.selectors.invoicing import party_of, seller_of
from hotel.folios.selectors.receivables import CityItem, city_items, open_items

_WORDS = {
    JournalKind.CITY_TRANSFER: "transfer",
    JournalKind.CITY_PAYMENT: "payment",
    JournalKind.REVERSAL: "reversal",
    JournalKind.WRITE_OFF: "write_off",
}


def debtor_of(account: CityAccount) -> Party:
    """The debtor as his letters name him: by his own address, else by the company's."""
    known = party_of(account.company) if account.company is not None else Party(name=account.name)
    lines = tuple(line.strip() for line in account.address.splitlines() if line.strip())
    return Party(
        name=account.name,
        address=lines or known.address,
        country="" if lines else known.country,
        tax_number=known.tax_number,
        email=account.email or known.email,
    )


def city_statement(account: CityAccount, since: date, until: date, language: str = "") -> dict[str, Any]:
    """A statement as plain values: texts, ISO dates, amounts as texts on the minor unit.

    Args:
        since, until: business dates, both inclusive. What is open, and how old, is as of now.
        language: of the letter; else that of the account, of the property, or English.
    """
    place, items = account.property, city_items([account])[account.pk]
    chosen = language_chosen(language, account.language, place.language)
    places = exponent(str(place.currency))
    shown = [item for item in items if since <= item.business_date <= until]
    running = sum((item.amount for item in items if item.business_date < since), Decimal(0))
    opening, rows = running, []
    for item in shown:
        running += item.amount
        rows.append(_row(item, running, places, words(chosen)))
    ages = aging(open_items(items), place.business_date)
    names = ("current", "days_30", "days_60", "days_90", "days_120", "older", "unallocated")
    return {
        "kind": "statement",
        "language": chosen,
        "currency": str(place.currency),
        "exponent": places,
        "account": account.number,
        "issued_on": place.business_date.isoformat(),
        "since": since.isoformat(),
        "until": until.isoformat(),
        "seller": asdict(seller_of(place)),
        "payee": asdict(debtor_of(account)),
        "opening": f"{opening:.{places}f}",
        "rows": rows,
        "closing": f"{running:.{places}f}",
        "aging": {name: f"{getattr(ages, name):.{places}f}" for name in names},
    }


def _row(item: CityItem, running: Decimal, places: int, w: dict[str, str]) -> dict[str, str]:
    what = w.get(_WORDS.get(JournalKind(item.kind), ""), item.code_name)
    if item.kind == JournalKind.CITY_PAYMENT and item.amount > 0:
        what = w["refund"]
    details = " · ".join(text for text in (item.invoice, item.reference) if text)
    return {
        "day": item.business_date.isoformat(),
        "due_on": item.due_on.isoformat() if item.amount > 0 else "",
        "text": f"{what}, {details}" if details else what,
        "amount": f"{item.amount:.{places}f}",
        "open": f"{item.open:.{places}f}",
        "balance": f"{running:.{places}f}",
    }
