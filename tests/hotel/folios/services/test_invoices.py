"""Invoices: all that is on a window and on no document, once, as the ledger has it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from moneyed import Money

from hotel.contracts.folios import InvoiceIssued
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.models import OutboxMessage
from hotel.folios.domain.documents import Party, fingerprint
from hotel.folios.models import Invoice, InvoicedPosting
from hotel.folios.services.corrections import posting_adjust, posting_reverse, postings_transfer
from hotel.folios.services.folios import window_open
from hotel.folios.services.invoices import deposit_document_issue, invoice_issue, pro_forma
from tests.cast import TODAY
from tests.factories.documents import deposit_make, drinks_make, invoice_make
from tests.factories.folios import charge_make, folio_make, guest_folio_make, money, payment_make, vat_make
from tests.factories.guests import company_make, guest_make
from tests.factories.reservations import reservation_make


def totals(invoice: Invoice) -> dict:
    return invoice.document["totals"]


def test_an_invoice_has_what_is_on_the_window(cast):
    folio = drinks_make(cast.alpha, 11, "5.50")
    payment_make(folio, 10)
    invoice = invoice_make(cast.alpha, folio, actor=cast.bo, due_days=14)

    assert (invoice.number_text, invoice.number, invoice.kind) == ("INV-2027-00001", 1, "invoice")
    assert (invoice.net, invoice.tax, invoice.total) == (
        Money("15.00", "EUR"),
        Money("1.50", "EUR"),
        Money("16.50", "EUR"),
    )
    assert (invoice.issued_on, invoice.actor, invoice.window) == (TODAY, cast.bo, folio.windows.get())
    assert totals(invoice) == {
        "net": "15.00",
        "tax": "1.50",
        "total": "16.50",
        "brought_forward": "0.00",
        "paid": "10.00",
        "balance": "6.50",
    }
    assert invoice.document["due_on"] == (TODAY + timedelta(days=14)).isoformat()
    assert invoice.document["taxes"] == [
        {"code": "VAT", "name": "Vat", "rate": "0.1", "base": "15.00", "amount": "1.50"}
    ]
    assert invoice.content_hash == fingerprint(invoice.content)
    (told,) = OutboxMessage.objects.filter(topic=InvoiceIssued.__name__)
    assert (told.payload["number"], told.payload["total"], told.payload["folio_id"]) == (
        "INV-2027-00001",
        "16.50",
        folio.pk,
    )


def test_nothing_is_invoiced_twice_and_late_charges_go_on_the_next_document(cast):
    folio = drinks_make(cast.alpha, 11)
    first = invoice_make(cast.alpha, folio)
    with pytest.raises(Conflict) as refused:
        invoice_make(cast.alpha, folio)
    assert refused.value.code == "nothing_to_invoice"
    assert (Invoice.objects.count(), first.series.invoices.count()) == (1, 1)

    payment_make(folio, 11)
    charge_make(folio, 22)
    late = invoice_make(cast.alpha, folio)
    assert (late.number, late.total) == (2, Money("22.00", "EUR"))
    assert (totals(late)["brought_forward"], totals(late)["paid"], totals(late)["balance"]) == (
        "11.00",
        "11.00",
        "22.00",
    )
    assert InvoicedPosting.objects.filter(invoice=late, is_payment=True).count() == 1


def test_only_payments_make_no_invoice(cast):
    folio = folio_make(cast.alpha)
    payment_make(folio, 5)
    with pytest.raises(Conflict) as refused:
        invoice_make(cast.alpha, folio)
    assert refused.value.code == "nothing_to_invoice"
    assert not Invoice.objects.exists()


def test_a_charge_taken_back_before_is_not_printed(cast):
    folio = drinks_make(cast.alpha, 11)
    posting_reverse(posting=charge_make(folio, 22))
    invoice = invoice_make(cast.alpha, folio)
    assert [line["gross"] for line in invoice.document["lines"]] == ["11.00"]
    assert invoice.invoiced.count() == 3


def test_corrections_of_invoiced_lines_wait_for_a_credit_note(cast):
    folio = drinks_make(cast.alpha)
    charge = charge_make(folio, 22)
    invoice_make(cast.alpha, folio)
    posting_adjust(posting=charge, amount=money(cast.alpha, 2), reason="Cold")
    charge_make(folio, "5.50")
    late = invoice_make(cast.alpha, folio)
    assert late.total == Money("5.50", "EUR")
    assert (totals(late)["brought_forward"], totals(late)["balance"]) == ("31.00", "36.50")


def test_a_moved_charge_is_invoiced_where_it_went(cast):
    folio = drinks_make(cast.alpha, 11)
    charge = charge_make(folio, 22)
    invoice_make(cast.alpha, folio)
    other = window_open(folio=folio)
    postings_transfer(postings=[charge], window=other)
    assert invoice_issue(window=other).total == Money("22.00", "EUR")
    with pytest.raises(Conflict):
        invoice_make(cast.alpha, folio)


def test_a_company_is_named_with_its_address_and_tax_number(cast):
    company = company_make(
        cast.alpha, name="Grandet SARL", street="Rue 1", postal_code="49400", city="Saumur", country="FR",
        tax_number="FR123",
    )  # fmt: skip
    folio = drinks_make(cast.alpha)
    folio.windows.update(company=company)
    payee = invoice_make(cast.alpha, folio).document["payee"]
    assert (payee["name"], payee["address"], payee["country"], payee["tax_number"]) == (
        "Grandet SARL",
        ["Rue 1", "49400 Saumur"],
        "FR",
        "FR123",
    )


def test_a_guest_is_written_to_in_his_language_with_his_stay(cast):
    guest = guest_make(cast.alpha, language="es-MX", first_name="Gus")
    stay = reservation_make(cast.alpha, primary_guest=guest)
    folio = guest_folio_make(cast.alpha, stay)
    charge_make(folio, 11)
    plain = invoice_make(cast.alpha, folio).document
    assert (plain["language"], plain["lines"][0]["text"]) == ("es", "Bebidas")
    assert (plain["payee"]["name"], plain["stay"]["number"], plain["stay"]["arrival"]) == (
        guest.full_name,
        stay.number,
        stay.arrival.isoformat(),
    )


def test_the_caller_may_name_payer_and_language(cast):
    invoice = invoice_make(cast.alpha, payee=Party(name="Somebody", address=("Here",)), language="de")
    assert (invoice.payee_name, invoice.language, invoice.document["payee"]["address"]) == (
        "Somebody",
        "de",
        ["Here"],
    )


def test_a_document_does_not_follow_its_sources(cast):
    folio = drinks_make(cast.alpha)
    invoice = invoice_make(cast.alpha, folio)
    before = invoice.content
    cast.alpha.name = "Renamed"
    cast.alpha.save()
    folio.name = "Renamed"
    folio.save()
    assert Invoice.objects.get().content == before
    assert invoice.document["seller"]["name"] == "Alpha"


def test_yen_have_no_decimals(cast):
    assert totals(invoice_make(cast.beta))["total"] == "11"


def test_a_pro_forma_has_no_number_and_leaves_no_trace(cast):
    folio = drinks_make(cast.alpha, 11)
    draft = pro_forma(window=folio.windows.get(), language="de")
    assert (draft.kind, draft.language, draft.items[0].gross) == ("pro_forma", "de", Decimal("11.00"))
    assert not Invoice.objects.exists()
    assert invoice_make(cast.alpha, folio).number == 1


def test_a_deposit_gets_a_receipt_once(cast):
    journal = deposit_make(cast.alpha, amount=100)
    receipt = deposit_document_issue(journal=journal)
    assert (receipt.kind, receipt.number_text, receipt.total, receipt.tax) == (
        "deposit_receipt",
        "DEP-2027-00001",
        Money("100.00", "EUR"),
        Money(0, "EUR"),
    )
    assert (totals(receipt)["paid"], totals(receipt)["balance"]) == ("100.00", "0.00")
    with pytest.raises(Conflict) as refused:
        deposit_document_issue(journal=journal)
    assert refused.value.code == "deposit_invoiced"
    assert Invoice.objects.count() == 1


def test_only_deposits_get_a_receipt(cast):
    vat_make(cast.alpha)
    charge = charge_make(folio_make(cast.alpha))
    with pytest.raises(InvalidInput) as refused:
        deposit_document_issue(journal=charge.journal)
    assert refused.value.code == "deposit_invalid"
    assert not Invoice.objects.exists()
