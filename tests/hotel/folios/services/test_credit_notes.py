"""Credit notes: never more than the invoice, and the ledger and the documents agree."""

import pytest
from moneyed import Money

from hotel.core.exceptions import Conflict, RuleBroken
from hotel.folios.models import Invoice, InvoicedPosting, LedgerEntry
from hotel.folios.services.corrections import posting_adjust, posting_reverse
from hotel.folios.services.credit_notes import credit_note_issue, invoice_cancel
from hotel.folios.services.invoices import deposit_document_issue
from tests.factories.documents import credit_note_make, deposit_make, drinks_make, invoice_make
from tests.factories.folios import charge_make, money
from tests.together import together


def test_a_rebate_after_the_invoice_gets_a_credit_note(cast):
    folio = drinks_make(cast.alpha, 11)
    charge = charge_make(folio, 22)
    invoice = invoice_make(cast.alpha, folio)
    posting_adjust(posting=charge, amount=money(cast.alpha, "5.50"), reason="Cold")
    note = credit_note_issue(invoice=invoice, reason="Cold drink", actor=cast.bo)

    assert (note.kind, note.number_text, note.corrects, note.is_cancellation) == (
        "credit_note",
        "CRN-2027-00001",
        invoice,
        False,
    )
    assert (note.net, note.tax, note.total) == (
        Money("-5.00", "EUR"),
        Money("-0.50", "EUR"),
        Money("-5.50", "EUR"),
    )
    assert note.document["corrects"] == {"number": "INV-2027-00001", "issued_on": "2027-03-14"}
    assert (note.document["reason"], note.document["payee"]) == ("Cold drink", invoice.document["payee"])


def test_each_correction_is_credited_once(cast):
    folio = drinks_make(cast.alpha)
    invoice = invoice_make(cast.alpha, folio)
    posting_reverse(posting=folio.windows.get().postings.get())
    credit_note_issue(invoice=invoice, reason="Mistake")
    with pytest.raises(Conflict) as refused:
        credit_note_issue(invoice=invoice, reason="Mistake")
    assert refused.value.code == "nothing_to_credit"
    assert Invoice.objects.count() == 2


def test_a_cancelled_invoice_can_be_issued_anew_to_another_payer(cast):
    folio = drinks_make(cast.alpha, 11, 22)
    invoice = invoice_make(cast.alpha, folio)
    entries = LedgerEntry.objects.count()
    note = invoice_cancel(invoice=invoice, reason="Wrong payer")

    assert (note.total, note.tax, note.is_cancellation) == (-invoice.total, -invoice.tax, True)
    assert [line["gross"] for line in note.document["lines"]] == ["-11.00", "-22.00"]
    assert LedgerEntry.objects.count() == entries
    anew = invoice_make(cast.alpha, folio)
    assert (anew.number_text, anew.total) == ("INV-2027-00002", invoice.total)
    assert InvoicedPosting.objects.filter(released_by=note).count() == 2


def test_what_was_credited_before_is_not_cancelled_again(cast):
    folio = drinks_make(cast.alpha)
    charge = folio.windows.get().postings.get()
    invoice = invoice_make(cast.alpha, folio)
    posting_adjust(posting=charge, amount=money(cast.alpha, "5.50"), reason="Cold")
    credit_note_issue(invoice=invoice, reason="Cold")
    assert invoice_cancel(invoice=invoice, reason="Wrong payer").total == Money("-5.50", "EUR")
    assert invoice_make(cast.alpha, folio).total == Money("5.50", "EUR")


def test_a_receipt_is_taken_back(cast):
    receipt = deposit_document_issue(journal=deposit_make(cast.alpha, amount=100))
    assert invoice_cancel(invoice=receipt, reason="Paid back").total == Money(-100, "EUR")


@pytest.mark.parametrize("command", [invoice_cancel, credit_note_issue])
def test_a_cancelled_invoice_is_credited_no_further(cast, command):
    invoice = credit_note_make(cast.alpha).corrects
    with pytest.raises(Conflict) as refused:
        command(invoice=invoice, reason="Again")
    assert refused.value.code == "invoice_cancelled"
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize("command", [invoice_cancel, credit_note_issue])
def test_a_credit_note_is_not_credited(cast, command):
    note = credit_note_make(cast.alpha)
    with pytest.raises(Conflict) as refused:
        command(invoice=note, reason="Again")
    assert refused.value.code == "document_is_credit_note"
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize("command", [invoice_cancel, credit_note_issue])
def test_a_reason_is_needed(cast, command):
    invoice = invoice_make(cast.alpha)
    with pytest.raises(RuleBroken) as refused:
        command(invoice=invoice, reason=" ")
    assert refused.value.code == "reason_required"
    assert Invoice.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_credit_at_once_credit_once(cast):
    folio = drinks_make(cast.alpha)
    invoice = invoice_make(cast.alpha, folio)
    posting_reverse(posting=folio.windows.get().postings.get())
    results = together(
        lambda: credit_note_issue(invoice=invoice, reason="Mistake"),
        lambda: credit_note_issue(invoice=invoice, reason="Mistake"),
        lambda: invoice_cancel(invoice=invoice, reason="Wrong payer"),
    )
    assert len([made for made in results if isinstance(made, Invoice)]) in (1, 2)
    credited = sum(note.total.amount for note in Invoice.objects.filter(corrects=invoice))
    assert -invoice.total.amount == credited
