"""Printed documents, read back with a PDF reader."""

import base64
import hashlib
import io

import pypdf
import pytest
from django.core.files.base import ContentFile

from hotel.core import pdf
from hotel.core.pdf import PdfUnavailable
from hotel.folios.models import InvoicePdf
from hotel.folios.selectors.city_statements import city_statement
from hotel.folios.services.corrections import posting_adjust
from hotel.folios.services.credit_notes import credit_note_issue
from hotel.folios.services.invoices import pro_forma
from hotel.folios.services.pdfs import draft_pdf, invoice_pdf, statement_pdf
from tests.cast import TODAY
from tests.factories.documents import city_owes, drinks_make, invoice_make
from tests.factories.folios import charge_make, city_account_make, money, payment_make

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


def pages(file: bytes) -> list[str]:
    """The text of each page, blanks of all kinds as one."""
    return [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(file)).pages]


@pytest.mark.pdf
def test_an_invoice_is_printed_once_with_its_hash(cast):
    folio = drinks_make(cast.alpha, "1100.50")
    payment_make(folio, 100)
    invoice = invoice_make(cast.alpha, folio, language="de")
    printed = invoice_pdf(invoice=invoice)
    (text,) = pages(bytes(printed.content))

    for words in (
        "Rechnung",
        "INV-2027-00001",
        "14.03.2027",
        "Getränke",
        "10 %",
        "EUR 1.100,50",
        "Bar, 14.03.2027",
    ):
        assert words in text
    assert "Offener Betrag EUR 1.000,50" in text
    assert printed.content_hash == hashlib.sha256(bytes(printed.content)).hexdigest()
    assert invoice_pdf(invoice=invoice) == printed
    assert InvoicePdf.objects.count() == 1


@pytest.mark.pdf
def test_a_credit_note_in_yen_and_english_names_its_invoice(cast):
    folio = drinks_make(cast.beta, 11000)
    invoice = invoice_make(cast.beta, folio, language="en")
    posting = folio.windows.get().postings.get()
    posting_adjust(posting=posting, amount=money(cast.beta, 1100), reason="Cold")
    (text,) = pages(bytes(invoice_pdf(invoice=credit_note_issue(invoice=invoice, reason="Cold")).content))
    for words in ("Credit note", "CRN-2027-00001", "INV-2027-00001 of Mar 14, 2027", "Reason: Cold"):
        assert words in text
    assert "Total JPY \N{MINUS SIGN}1,100" in text


@pytest.mark.pdf
@pytest.mark.parametrize("is_there", [True, False], ids=["there", "gone"])
def test_the_logo_of_the_house_is_printed_and_its_name_when_the_file_is_gone(
    cast, settings, tmp_path, is_there
):
    settings.MEDIA_ROOT = tmp_path
    cast.alpha.logo.save("alpha.png", ContentFile(DOT))
    if not is_there:
        cast.alpha.logo.storage.delete(cast.alpha.logo.name)
    printed = bytes(invoice_pdf(invoice=invoice_make(cast.alpha)).content)

    (page,) = pypdf.PdfReader(io.BytesIO(printed)).pages
    assert [image.image.size for image in page.images] == ([(1, 1)] if is_there else [])
    assert pages(printed)[0].count("Alpha") == (
        2 if is_there else 3
    )  # sender, foot, and the head without a logo


@pytest.mark.pdf
def test_a_rebate_is_called_by_the_language_of_its_credit_note(cast):
    folio = drinks_make(cast.alpha, 11)
    first = folio.windows.get().postings.get()
    invoice = invoice_make(cast.alpha, folio, language="es")
    posting_adjust(posting=first, amount=money(cast.alpha, 1), reason="Cold")
    (text,) = pages(bytes(invoice_pdf(invoice=credit_note_issue(invoice=invoice, reason="x")).content))
    assert "Bebidas, descuento" in text
    assert "Beverage" not in text


@pytest.mark.pdf
def test_a_pro_forma_says_that_it_is_no_invoice(cast):
    window = drinks_make(cast.alpha, 11).windows.get()
    (text,) = pages(draft_pdf(place=cast.alpha, draft=pro_forma(window=window, language="es")))
    assert "Factura proforma" in text
    assert "Este documento no es una factura." in text
    assert "INV-" not in text


@pytest.mark.pdf
def test_a_long_invoice_repeats_its_head_and_counts_its_pages(cast):
    folio = drinks_make(cast.alpha, 11)
    for n in range(1, 45):
        charge_make(folio, n)
    found = pages(bytes(invoice_pdf(invoice=invoice_make(cast.alpha, folio, language="en")).content))
    assert len(found) == 2
    for number, text in enumerate(found, start=1):
        assert f"Page {number} of 2" in text
        assert "INV-2027-00001" in text
    assert all("Description" in text for text in found)


@pytest.mark.pdf
def test_a_statement_has_movements_and_ages(cast):
    account = city_account_make(cast.alpha)
    city_owes(account, 11)
    plain = city_statement(account, TODAY, TODAY, "en")
    (text,) = pages(statement_pdf(place=cast.alpha, statement=plain))
    for words in (
        "Statement of account",
        "Invoice transferred",
        "Closing balance EUR 11.00",
        "Over 120 days",
    ):
        assert words in text


@pytest.mark.pdf
def test_what_people_typed_is_text_and_nothing_is_fetched(cast, monkeypatch):
    folio = drinks_make(cast.alpha)
    folio.name = '<img src="file:///etc/passwd"><b>Bold'
    folio.save()
    (text,) = pages(bytes(invoice_pdf(invoice=invoice_make(cast.alpha, folio)).content))
    assert "<b>Bold" in text


def test_a_machine_without_pango_says_so(cast, monkeypatch):
    def missing():
        raise PdfUnavailable("PDF documents are off.")

    invoice = invoice_make(cast.alpha)
    monkeypatch.setattr(pdf, "_weasyprint", missing)
    with pytest.raises(PdfUnavailable) as refused:
        invoice_pdf(invoice=invoice)
    assert (refused.value.code, refused.value.status) == ("pdf_unavailable", 503)
    assert not InvoicePdf.objects.exists()
