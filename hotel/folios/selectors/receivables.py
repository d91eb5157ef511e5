"""Items of the city ledger with what is open of them; one query for any number of accounts."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import connection

from hotel.core.money import quantum
from hotel.folios.domain.receivables import OpenItem
from hotel.folios.models import CityAccount

_ITEMS = """
    SELECT entry.account_id, entry.id, entry.business_date, entry.amount, journal.kind, code.code, code.name,
           coalesce(nullif(posting.reference, ''), journal.reference, ''), coalesce(invoice.number_text, ''),
           coalesce((SELECT sum(part.amount) FROM folios_cityallocation AS part
                      WHERE part.property_id = entry.property_id AND part.undone_on IS NULL
                        AND part.debit_id = entry.id), 0)
         - coalesce((SELECT sum(part.amount) FROM folios_cityallocation AS part
                      WHERE part.property_id = entry.property_id AND part.undone_on IS NULL
                        AND part.credit_id = entry.id), 0)
      FROM folios_ledgerentry AS entry
      JOIN folios_journal AS journal ON journal.id = entry.journal_id
      LEFT JOIN folios_transactioncode AS code ON code.id = entry.code_id
      LEFT JOIN folios_posting AS posting ON posting.id = entry.posting_id
      LEFT JOIN folios_invoicedposting AS row
        ON row.property_id = entry.property_id AND row.posting_id = posting.id AND row.released_by_id IS NULL
      LEFT JOIN folios_invoice AS invoice ON invoice.id = row.invoice_id
     WHERE entry.property_id = ANY(%s) AND entry.ledger = 'city' AND entry.account_id = ANY(%s)
     ORDER BY entry.account_id, entry.business_date, entry.id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class CityItem:
    """An entry of a debtor's account.

    Attributes:
        entry_id: of the ledger; what allocations name.
        amount: above zero what he owes, below what he paid.
        open: what is left of it, of the same sign.
        due_on: the last business day of payment, by the terms of the account.
        kind: of the journal, such as ``city_transfer`` or ``city_payment``.
        code, code_name: how it was paid, or the code of the transfer.
        invoice: number of the document that the transfer stands on; empty for none.
    """

    account_id: int
    entry_id: int
    business_date: date
    due_on: date
    amount: Decimal
    open: Decimal
    kind: str
    code: str
    code_name: str
    reference: str
    invoice: str


def city_items(accounts: Collection[CityAccount]) -> dict[int, list[CityItem]]:
    """All items of accounts, oldest first, by account id."""
    found: dict[int, list[CityItem]] = {account.pk: [] for account in accounts}
    if not found:
        return found
    by_id = {account.pk: account for account in accounts}
    with connection.cursor() as cursor:
        cursor.execute(_ITEMS, [list({account.property_id for account in accounts}), list(found)])
        for account_id, *values in cursor.fetchall():
            found[account_id].append(_item(by_id[account_id], *values))
    return found


def open_items(items: Iterable[CityItem]) -> list[OpenItem]:
    """What is left of items, as the rules take it; settled ones are left out."""
    return [
        OpenItem(item.entry_id, item.business_date, item.due_on, item.open) for item in items if item.open
    ]


def _item(
    account: CityAccount, entry_id: int, day: date, amount: Decimal, kind: str, *texts: Any
) -> CityItem:
    code, name, reference, invoice, used = texts
    unit = quantum(str(account.property.currency))
    return CityItem(
        account_id=account.pk,
        entry_id=entry_id,
        business_date=day,
        due_on=day + timedelta(days=account.payment_days),
        amount=amount.quantize(unit),
        open=(amount - used).quantize(unit),
        kind=kind,
        code=code or "",
        code_name=name or "",
        reference=reference,
        invoice=invoice,
    )
