"""What folios do when something happens below, or when a document was issued."""

import logging

import pytest

from hotel.folios import tasks
from hotel.folios.domain.codes import STANDARD
from hotel.folios.models import InvoicePdf, TransactionCode
from hotel.properties.services.properties import property_create
from tests.factories.documents import invoice_make


def test_a_new_property_gets_its_codes(cast, drain):
    values = {
        "code": "GAMMA",
        "name": "Gamma",
        "time_zone": "Europe/Vienna",
        "currency": "EUR",
        "country": "AT",
    }
    place = property_create(chain=cast.chain, values=values)
    drain()
    assert TransactionCode.objects.at(place.pk).count() == len(STANDARD)


@pytest.mark.pdf
def test_an_issued_document_is_printed_by_a_worker(
    cast, drain, settings, monkeypatch, django_capture_on_commit_callbacks
):
    asked = []
    monkeypatch.setattr(tasks.invoice_print, "apply_async", lambda args, **options: asked.append(args))
    settings.OUTBOX_HINTS = True
    invoice = invoice_make(cast.alpha)
    with django_capture_on_commit_callbacks(execute=True):
        drain()
    assert asked == [(invoice.pk,)]
    assert tasks.invoice_print(invoice.pk) is True
    assert InvoicePdf.objects.get().invoice == invoice


def test_without_a_broker_it_is_printed_when_asked_for(
    cast, drain, settings, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    def away(args, **options):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.invoice_print, "apply_async", away)
    settings.OUTBOX_HINTS = True
    invoice_make(cast.alpha)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        drain()
    assert "The broker is away (ConnectionError); the document is printed when asked for." in caplog.messages
