"""Issuing a document: number, content and hash, in one transaction, the number last.

The row of the series is held from the number to the commit, so numbers have no gap; whoever issues takes it after all
other locks and does the rest before. Order of locks: property (shared) → folio → windows → document → series.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from moneyed import Money

from hotel.accounts.models import User
from hotel.contracts.folios import InvoiceIssued
from hotel.core.facts import publish
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.folios.choices import DocumentKind
from hotel.folios.domain.documents import Draft, canonical, content, fingerprint
from hotel.folios.domain.invoicing import number_text, totals
from hotel.folios.models import (
    FiscalSeries,
    FolioWindow,
    Invoice,
    InvoicedPosting,
    Journal,
    Posting,
)
from hotel.folios.models.invoices import PREFIXES
from hotel.properties.domain.calendar import FiscalKind, fiscal_year
from hotel.properties.models import Property
from hotel.reservations.models import Reservation


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a document is for, and what it covers.

    Attributes:
        lines, payments: the postings that are on it.
        corrects: the document that it takes back; ``is_cancellation``: all that is left of it.
    """

    window: FolioWindow | None = None
    reservation: Reservation | None = None
    journal: Journal | None = None
    corrects: Invoice | None = None
    is_cancellation: bool = False
    lines: Iterable[Posting] = ()
    payments: Iterable[Posting] = ()


def document_issue(*, place: Property, draft: Draft, subject: Subject, actor: User | None) -> Invoice:
    """Write a document with the next number of its series, in the caller's transaction.

    Args:
        place: the property, whose day is held.
        draft: all that is printed but the number.
        subject: with its windows and what it corrects locked.

    Publishes: InvoiceIssued.

    Raises:
        LockRefused: others keep the series for too long.

    Locks: the series of its kind and fiscal year, until the commit.
    """
    sums = totals(draft.items)
    series, number = _number_taken(place, DocumentKind(draft.kind), draft)
    printed = number_text(series.prefix, series.fiscal_year, number)
    text = canonical(content(draft, printed))
    (invoice,) = rows_insert(
        [
            Invoice(
                property=place,
                series=series,
                number=number,
                number_text=printed,
                kind=draft.kind,
                window=subject.window,
                reservation=subject.reservation,
                journal=subject.journal,
                corrects=subject.corrects,
                is_cancellation=subject.is_cancellation,
                issued_on=draft.issued_on,
                language=draft.language,
                payee_name=draft.payee.name[:200],
                net=Money(sums.net, draft.currency),
                tax=Money(sums.tax, draft.currency),
                total=Money(sums.gross, draft.currency),
                content=text,
                content_hash=fingerprint(text),
                actor=actor,
            )
        ]
    )
    covered = [(posting, False) for posting in subject.lines] + [(row, True) for row in subject.payments]
    rows_insert(
        InvoicedPosting(property=place, invoice=invoice, posting=posting, is_payment=is_payment)
        for posting, is_payment in covered
    )
    publish(_fact(invoice, subject))
    return invoice


def _number_taken(place: Property, kind: DocumentKind, draft: Draft) -> tuple[FiscalSeries, int]:
    """Lock the series, made when its fiscal year begins, and take its next number."""
    year = fiscal_year(draft.issued_on, FiscalKind.MONTHS, place.fiscal_year_start_month)
    wanted = {"property": place, "kind": kind, "fiscal_year": year}
    rows = FiscalSeries.objects.filter(**wanted)
    if not rows.exists():
        FiscalSeries.objects.get_or_create(**wanted, defaults={"prefix": PREFIXES[kind]})
    (series,) = lock_rows(rows)
    number = series.next_number
    FiscalSeries.objects.filter(pk=series.pk).update(next_number=number + 1)
    return series, number


def _fact(invoice: Invoice, subject: Subject) -> InvoiceIssued:
    return InvoiceIssued(
        property_id=invoice.property_id,
        invoice_id=invoice.pk,
        kind=str(invoice.kind),
        number=invoice.number_text,
        corrects_id=invoice.corrects_id,
        folio_id=None if subject.window is None else subject.window.folio_id,
        reservation_id=invoice.reservation_id,
        total=invoice.total.amount,
        tax=invoice.tax.amount,
        currency=invoice.total.currency.code,
        business_date=invoice.issued_on,
    )
