"""Tasks of folios."""

import pytest

from hotel.core import pdf
from hotel.core.pdf import PdfUnavailable
from hotel.folios.models import InvoicePdf
from hotel.folios.tasks import invoice_print
from tests.factories.documents import invoice_make


@pytest.mark.pdf
def test_a_document_is_printed_once_however_often_it_is_asked(cast):
    invoice = invoice_make(cast.alpha)
    assert [invoice_print(invoice.pk) for _ in range(2)] == [True, True]
    assert InvoicePdf.objects.count() == 1


def test_a_machine_that_cannot_print_leaves_it(cast, monkeypatch):
    def missing():
        raise PdfUnavailable("PDF documents are off.")

    monkeypatch.setattr(pdf, "_weasyprint", missing)
    assert invoice_print(invoice_make(cast.alpha).pk) is False
    assert not InvoicePdf.objects.exists()
