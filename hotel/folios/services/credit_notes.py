"""Credit notes: a document taken back whole, some of its lines let off, or corrections that were posted since."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from moneyed import Money

from hotel.accounts.models import User
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.locks import lock_rows
from hotel.core.money import exponent
from hotel.core.words import _
from hotel.folios.choices import DocumentKind
from hotel.folios.domain.document_actions import action
from hotel.folios.domain.documents import Draft, Party, content
from hotel.folios.domain.invoicing import Item
from hotel.folios.models import Invoice, InvoicedPosting, Posting
from hotel.folios.selectors.documents import corrections_of, document_state
from hotel.folios.selectors.invoicing import items, seller_of, stay_of
from hotel.folios.services.corrections import NothingLeft, charges_adjust
from hotel.folios.services.documents import Subject, document_issue
from hotel.folios.services.invoices import deposit_item
from hotel.folios.services.journal import windows_locked
from hotel.folios.services.postings import amount_checked
from hotel.properties.services.business_days import business_day_hold


@transaction.atomic
def invoice_cancel(*, invoice: Invoice, reason: str, actor: User | None = None) -> Invoice:
    """Take back all that is left of a document. The ledger stays as it is: what it was for can be invoiced anew.

    Args:
        invoice: an invoice, an advance invoice or a receipt.
        reason: printed.
        actor: who does it; None for the house itself.

    Returns:
        The credit note, of minus what was left.

    Publishes: InvoiceIssued.

    Raises:
        RuleBroken: no reason (``reason_required``).
        Conflict: a credit note is not taken back (``document_is_credit_note``); cancelled before
            (``invoice_cancelled``).

    Locks: the property (shared), the windows of the folio, the document, the series.
    """
    fresh = _begin(invoice, reason, "cancel")
    rows = _standing(fresh)
    if fresh.journal is not None:
        left: Sequence[Item] = [deposit_item(fresh.journal, fresh.language)]
    else:
        left = items([row.posting for row in rows if not row.is_payment], fresh.language)
    subject = Subject(
        window=fresh.window, reservation=fresh.reservation, corrects=fresh, is_cancellation=True
    )
    draft = _draft(fresh, [-item for item in left], reason)
    note = document_issue(place=fresh.property, draft=draft, subject=subject, actor=actor)
    InvoicedPosting.objects.filter(pk__in=[row.pk for row in rows]).update(released_by=note)
    return note


@transaction.atomic
def credit_note_issue(*, invoice: Invoice, reason: str, actor: User | None = None) -> Invoice:
    """Issue a credit note for the corrections of an invoice's lines that were posted since and are on none yet.

    Args:
        invoice: of a window.
        reason: printed.
        actor: who does it; None for the house itself.

    Publishes: InvoiceIssued.

    Raises:
        RuleBroken: no reason (``reason_required``).
        Conflict: there is nothing to credit (``nothing_to_credit``); ``document_is_credit_note``,
            ``invoice_cancelled``.

    Locks: the property (shared), the windows of the folio, the document, the series.
    """
    fresh = _begin(invoice, reason, "credit")
    return _corrections_credited(fresh, reason, actor)


@transaction.atomic
def invoice_rebate(
    *, invoice: Invoice, amounts: Mapping[int, Money], reason: str, actor: User | None = None
) -> Invoice:
    """Let parts of an invoice's lines off, on the ledger and by a credit note, both or neither.

    The amount of a line is spread over its postings by what is left of each (largest remainder), and cut into net
    amount and taxes as ``posting_adjust`` does.

    Args:
        invoice: of an open window.
        amounts: number of the line, from 1, to what the payer owes less, taxes inside; > 0.
        reason: printed, and noted in the journal.
        actor: whose limit for rebates counts.

    Publishes: ChargePosted, InvoiceIssued.

    Raises:
        InvalidInput: no such line, or one that is a tax by itself (``line_invalid``); ``amount_invalid``.
        RuleBroken: more than is left (``adjustment_too_large``), ``rebate_above_limit``, ``reason_required``.
        Conflict: no invoice (``document_is_no_invoice``), ``document_is_credit_note``, ``invoice_cancelled``.
        WindowClosed: the folio is closed; reopen it first.

    Locks: the property (shared), the windows of the folio, the document, the series.
    """
    fresh = _begin(invoice, reason, "rebate")
    for number, amount in sorted(amounts.items()):
        _line_adjusted(fresh, number, amount, reason, actor)
    return _corrections_credited(fresh, reason, actor)


def _corrections_credited(invoice: Invoice, reason: str, actor: User | None) -> Invoice:
    found = corrections_of(invoice)
    draft = _draft(invoice, items(found, invoice.language), reason)
    if not content(draft, "")["lines"]:
        raise Conflict(_("What was corrected since adds up to nothing."), code="nothing_to_credit")
    subject = Subject(window=invoice.window, reservation=invoice.reservation, corrects=invoice, lines=found)
    return document_issue(place=invoice.property, draft=draft, subject=subject, actor=actor)


def _line_adjusted(invoice: Invoice, number: int, amount: Money, reason: str, actor: User | None) -> None:
    """Let a part of one line off."""
    amount = amount_checked(invoice.property, amount)
    printed = invoice.document["lines"]
    line = printed[number - 1] if 0 < number <= len(printed) else {"postings": [], "code": ""}
    rows = Posting.objects.at(invoice.property_id).filter(pk__in=line["postings"], code__code=line["code"])
    postings = list(rows.filter(gross__gt=0).select_related("property", "code").order_by("pk"))
    try:
        charges_adjust(postings=postings, amount=amount, actor=actor, reason=reason)
    except NothingLeft as error:
        raise InvalidInput(
            _("Nothing can be let off line %(number)s.") % {"number": number}, code="line_invalid"
        ) from error


def _begin(invoice: Invoice, reason: str, command: str) -> Invoice:
    """Lock what a credit note concerns and refuse what cannot be credited."""
    if not reason.strip():
        raise RuleBroken(_("Say why, it is printed on the credit note."), code="reason_required")
    business_day_hold(place=invoice.property)
    if invoice.window is not None:
        windows_locked([invoice.window.folio_id])
    (fresh,) = lock_rows(
        Invoice.objects.filter(pk=invoice.pk).select_related("property", "window__folio", "journal__property")
    )
    found = action(command, document_state(fresh))
    if not found.is_allowed:
        raise Conflict(found.reason, code=found.code)
    return fresh


def _standing(invoice: Invoice) -> list[InvoicedPosting]:
    """What the invoice and its credit notes cover, with postings as ``items`` reads them."""
    notes = Invoice.objects.at(invoice.property_id).filter(corrects=invoice)
    rows = InvoicedPosting.objects.at(invoice.property_id).filter(released_by=None)
    return list(
        rows.filter(invoice__in=[invoice.pk, *notes.values_list("pk", flat=True)])
        .select_related("posting__code")
        .prefetch_related("posting__taxes__code")
        .order_by("posting_id")
    )


def _draft(invoice: Invoice, credited: Sequence[Item], reason: str) -> Draft:
    """A credit note in the words and to the payer of its invoice."""
    frozen, place = invoice.document, invoice.property
    payee = {**frozen["payee"], "address": tuple(frozen["payee"]["address"])}
    currency = frozen["currency"]
    return Draft(
        kind=DocumentKind.CREDIT_NOTE,
        language=invoice.language,
        currency=currency,
        exponent=exponent(currency),
        issued_on=place.business_date,
        seller=seller_of(place),
        payee=Party(**payee),
        items=credited,
        account=frozen["account"],
        stay=stay_of(invoice.reservation),
        corrects=invoice.number_text,
        corrects_on=invoice.issued_on,
        reason=reason.strip(),
    )
