"""Invoices for what is on a window, and documents for deposits."""

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from django.db import models, transaction

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.locks import lock_rows
from hotel.core.money import exponent
from hotel.core.words import _
from hotel.folios.choices import DocumentKind, JournalKind, Ledger
from hotel.folios.domain.document_words import code_text, language_chosen
from hotel.folios.domain.documents import Draft, Paid, Party, content
from hotel.folios.domain.invoicing import Item, ItemTax
from hotel.folios.models import FolioWindow, Invoice, Journal, LedgerEntry
from hotel.folios.selectors.balances import window_balances
from hotel.folios.selectors.invoicing import (
    Uninvoiced,
    items,
    party_of,
    payee_of,
    payments,
    rate_on,
    seller_of,
    stay_of,
    tax_rates,
    uninvoiced,
)
from hotel.folios.services.documents import Subject, document_issue
from hotel.folios.services.journal import windows_locked
from hotel.properties.services.business_days import business_day_hold


@transaction.atomic
def invoice_issue(
    *,
    window: FolioWindow,
    payee: Party | None = None,
    language: str = "",
    due_days: int | None = None,
    actor: User | None = None,
) -> Invoice:
    """Issue an invoice for all that is on a window and on no document yet.

    What is posted later goes on a further document; corrections of invoiced lines wait for a credit note.

    Args:
        window: open or closed.
        payee: as printed, when not the window's own payer.
        language: of the document; else that of the guest, of the property, or English.
        due_days: calendar days that the payer has; no day is printed unless given.
        actor: who issues it; None for the house itself.

    Publishes: InvoiceIssued.

    Raises:
        Conflict: there is nothing to invoice (``nothing_to_invoice``).
        LockRefused: somebody posts on the window, or issues documents, for too long.

    Locks: the property (shared), the windows of the folio, the series.
    """
    place = window.property
    day = business_day_hold(place=place)
    target = _locked(window)
    fresh = uninvoiced(target)
    draft = _window_draft(target, fresh, DocumentKind.INVOICE, payee, language)
    if due_days is not None:
        draft = replace(draft, due_on=day + timedelta(days=due_days))
    if not content(draft, "")["lines"]:
        raise Conflict(_("Nothing on this window is still to be invoiced."), code="nothing_to_invoice")
    subject = Subject(
        window=target, reservation=target.folio.reservation, lines=fresh.lines, payments=fresh.payments
    )
    return document_issue(place=place, draft=draft, subject=subject, actor=actor)


def pro_forma(*, window: FolioWindow, payee: Party | None = None, language: str = "") -> Draft:
    """What the invoice of a window would say now. It has no number and is not stored: it is drawn up when asked for."""
    target = _windows(window).get()
    return _window_draft(target, uninvoiced(target), DocumentKind.PRO_FORMA, payee, language)


@transaction.atomic
def deposit_document_issue(
    *, journal: Journal, payee: Party | None = None, language: str = "", actor: User | None = None
) -> Invoice:
    """Issue the document of a deposit: an advance invoice when tax was posted with it, else a receipt.

    Args:
        journal: the event that ``deposit_post`` recorded.
        payee, language, actor: as for ``invoice_issue``.

    Publishes: InvoiceIssued.

    Raises:
        InvalidInput: no deposit that came in (``deposit_invalid``).
        Conflict: it has a document (``deposit_invoiced``).

    Locks: the property (shared), the journal, the series.
    """
    place = journal.property
    day = business_day_hold(place=place)
    (fresh,) = lock_rows(Journal.objects.filter(pk=journal.pk))
    entries = list(
        LedgerEntry.objects.filter(journal=fresh)
        .select_related("code", "reservation__primary_guest", "reservation__booking__company")
        .order_by("pk")
    )
    stay = next((entry.reservation for entry in entries if entry.ledger == Ledger.DEPOSIT), None)
    if fresh.kind != JournalKind.DEPOSIT or stay is None or _paid(entries) <= 0:
        raise InvalidInput(_("Name a deposit that came in."), code="deposit_invalid")
    if Invoice.objects.at(place.pk).filter(journal=fresh).exists():
        raise Conflict(_("This deposit has its document already."), code="deposit_invoiced")
    guest, payer = stay.primary_guest, stay.booking.company or stay.primary_guest
    known = Party(name=stay.number) if payer is None else party_of(payer)
    chosen = language_chosen(language, "" if guest is None else guest.language, place.language)
    has_tax = any(entry.ledger == Ledger.TAX for entry in entries)
    draft = Draft(
        kind=DocumentKind.ADVANCE if has_tax else DocumentKind.DEPOSIT_RECEIPT,
        language=chosen,
        currency=str(place.currency),
        exponent=exponent(str(place.currency)),
        issued_on=day,
        seller=seller_of(place),
        payee=payee or known,
        items=[deposit_item(fresh, chosen)],
        stay=stay_of(stay),
        payments=[
            Paid(entry.business_date, _way(entry, chosen), entry.amount.amount)
            for entry in entries
            if entry.ledger == Ledger.PAYMENT
        ],
    )
    subject = Subject(reservation=stay, journal=fresh)
    return document_issue(place=place, draft=draft, subject=subject, actor=actor)


def deposit_item(journal: Journal, language: str) -> Item:
    """The one line of a deposit's document, with the taxes that were posted with it."""
    entries = list(LedgerEntry.objects.filter(journal=journal).select_related("code").order_by("pk"))
    taxed = [
        (entry.code, entry.amount.amount) for entry in entries if entry.ledger == Ledger.TAX and entry.code
    ]
    rates = tax_rates(journal.property_id, {code.code for code, _ in taxed})
    net = -sum((entry.amount.amount for entry in entries if entry.ledger == Ledger.DEPOSIT), Decimal(0))
    places = Decimal(1).scaleb(-exponent(str(journal.property.currency)))
    return Item(
        posting_id=0,
        code="deposit_transfer",
        text=code_text("deposit_transfer", language),
        day=journal.business_date,
        quantity=Decimal(1),
        net=net.quantize(places),
        gross=_paid(entries).quantize(places),
        taxes=tuple(
            ItemTax(
                code=code.code,
                name=code.name,
                rate=rate_on(rates, code.code, journal.business_date),
                base=net.quantize(places),
                amount=-amount.quantize(places),
            )
            for code, amount in taxed
        ),
    )


def _way(entry: LedgerEntry, language: str) -> str:
    """How a deposit was paid."""
    code = entry.code
    return "" if code is None else code_text(code.code, language) or code.name


def _paid(entries: Collection[LedgerEntry]) -> Decimal:
    return sum((entry.amount.amount for entry in entries if entry.ledger == Ledger.PAYMENT), Decimal(0))


def _windows(window: FolioWindow) -> models.QuerySet[FolioWindow]:
    return FolioWindow.objects.filter(pk=window.pk).select_related(
        "property", "company", "guest", "folio__reservation__primary_guest"
    )


def _locked(window: FolioWindow) -> FolioWindow:
    windows_locked([window.folio_id])
    return _windows(window).get()


def _window_draft(
    window: FolioWindow, fresh: Uninvoiced, kind: DocumentKind, payee: Party | None, language: str
) -> Draft:
    """All that is printed but the number; the balance is that of the window."""
    place = window.property
    known, preferred = payee_of(window)
    chosen = language_chosen(language, preferred, place.language)
    covered = sum((row.gross.amount for row in [*fresh.lines, *fresh.payments]), Decimal(0))
    return Draft(
        kind=kind,
        language=chosen,
        currency=str(place.currency),
        exponent=exponent(str(place.currency)),
        issued_on=place.business_date,
        seller=seller_of(place),
        payee=payee or known,
        items=items(fresh.lines, chosen),
        account=f"{window.folio.number} / {window.number}",
        stay=stay_of(window.folio.reservation),
        payments=payments(fresh.payments, chosen),
        brought_forward=window_balances(place.pk, [window.pk])[window.pk].amount - covered,
    )
