"""What folios do when something happens: seed a new property's codes, print what was issued."""

import logging

from django.conf import settings
from django.db import transaction

from hotel.contracts.folios import InvoiceIssued
from hotel.contracts.properties import PropertyOpened
from hotel.core.facts import subscribe
from hotel.folios import tasks
from hotel.folios.services.codes import codes_seed
from hotel.properties.models import Property

logger = logging.getLogger(__name__)


@subscribe(PropertyOpened)
def on_property_opened(fact: PropertyOpened) -> None:
    """A new property gets the standard transaction codes. Repeatable."""
    codes_seed(place=Property.objects.get(pk=fact.property_id))


@subscribe(InvoiceIssued)
def on_invoice_issued(fact: InvoiceIssued) -> None:
    """A worker prints the document. Repeatable; without a broker it is printed when somebody asks for it."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(lambda: _print(fact.invoice_id), robust=True)


def _print(invoice_id: int) -> None:
    try:
        tasks.invoice_print.apply_async((invoice_id,), retry=False)
    except Exception as error:
        logger.warning(
            "The broker is away (%s); the document is printed when asked for.", type(error).__name__
        )
