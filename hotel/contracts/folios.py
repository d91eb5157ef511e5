"""What folios tell the house: an account was opened or closed, something was posted, money came or went."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from hotel.core.fact import Fact


@dataclass(frozen=True, kw_only=True)
class _FolioFact(Fact):
    """What every fact about a folio says. No fact of its own.

    Attributes:
        folio_id: the folio; facts about one are delivered in order.
        reservation_id: the stay it is for; None for accounts without one.
        business_date: the property's open day when it happened.
    """

    aggregate_name: ClassVar[str] = "folio"
    aggregate_field: ClassVar[str] = "folio_id"

    folio_id: int
    reservation_id: int | None
    business_date: date


@dataclass(frozen=True, kw_only=True)
class FolioOpened(_FolioFact):
    """A folio was opened; ``kind`` is guest, house, master or external."""

    kind: str


@dataclass(frozen=True, kw_only=True)
class FolioClosed(_FolioFact):
    """A folio was settled and closed."""


@dataclass(frozen=True, kw_only=True)
class FolioReopened(_FolioFact):
    """A closed folio takes postings again."""


@dataclass(frozen=True, kw_only=True)
class ChargePosted(_FolioFact):
    """Charges, or corrections of charges, were posted on a folio: told once for each folio and journal.

    Attributes:
        journal_id: the business event; its postings tell what it was.
        kind: of the journal: charge, reversal, adjustment, transfer, split …
        postings: how many lines.
        amount, currency: what the folio owes more than before, taxes inside; negative for less.
    """

    journal_id: int
    kind: str
    postings: int
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class PaymentReceived(_FolioFact):
    """Money came in for a folio: (amount, currency), positive; ``code`` is the way of payment."""

    posting_id: int
    code: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class RefundIssued(_FolioFact):
    """Money was paid back from a folio: (amount, currency), positive; ``code`` is the way of payment."""

    posting_id: int
    code: str
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class DepositPosted(Fact):
    """A deposit for a stay came in, or (negative) was paid back: a liability, no revenue."""

    aggregate_name: ClassVar[str] = "reservation"
    aggregate_field: ClassVar[str] = "reservation_id"

    reservation_id: int
    journal_id: int
    code: str
    amount: Decimal
    currency: str
    business_date: date


@dataclass(frozen=True, kw_only=True)
class PaymentStatusChanged(Fact):
    """A payment, refund or chargeback is further than before; ``unknown`` is being clarified with the processor.

    Attributes:
        payment_id: facts about one are delivered in order.
        kind: payment, refund, chargeback or reinstated (a chargeback that was won).
        status, before: now and until now.
        folio_id, reservation_id: what it is for: a window's folio, or the stay it is a deposit for.
        amount, currency: asked for.
    """

    aggregate_name: ClassVar[str] = "payment"
    aggregate_field: ClassVar[str] = "payment_id"

    payment_id: int
    kind: str
    status: str
    before: str
    folio_id: int | None
    reservation_id: int | None
    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class InvoiceIssued(Fact):
    """A document was issued and will never change: invoice, credit note, advance invoice or deposit receipt.

    Attributes:
        invoice_id: the document.
        kind: invoice, credit_note, advance or deposit_receipt.
        number: as printed.
        corrects_id: the document a credit note takes back.
        folio_id, reservation_id: what it is for.
        total, tax, currency: amounts, taxes inside the total; below zero for credit notes.
        business_date: the day it was issued on.
    """

    aggregate_name: ClassVar[str] = "invoice"
    aggregate_field: ClassVar[str] = "invoice_id"

    invoice_id: int
    kind: str
    number: str
    corrects_id: int | None
    folio_id: int | None
    reservation_id: int | None
    total: Decimal
    tax: Decimal
    currency: str
    business_date: date
