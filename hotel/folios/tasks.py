"""Tasks of folios. All may repeat and run side by side: the truth is in the tables they look at."""

import logging
import time
from collections.abc import Callable

from celery import shared_task

from hotel.core.pdf import PdfUnavailable
from hotel.folios.adapters.base import GatewayError
from hotel.folios.models import Invoice
from hotel.folios.selectors.payments import calls_due, cards_due, notices_due, pages_due
from hotel.folios.services.gateway_calls import call_clarify
from hotel.folios.services.gateway_notices import notice_handle
from hotel.folios.services.hosted_pages import page_check
from hotel.folios.services.pdfs import invoice_pdf
from hotel.folios.services.privacy import card_forget

logger = logging.getLogger(__name__)

BUDGET_SECONDS = 45


@shared_task(name="hotel.folios.tasks.payments_reconcile")
def payments_reconcile() -> int:
    """Handle webhooks, clarify orders, check pages, have cards forgotten; for at most 45 seconds. Returns how many."""
    started, done = time.monotonic(), 0
    work: list[tuple[Callable[..., object], dict[str, int]]] = [
        *((notice_handle, {"notice_id": pk}) for pk in notices_due()),
        *((call_clarify, {"call_id": pk}) for pk in calls_due()),
        *((page_check, {"page_id": pk}) for pk in pages_due()),
        *((card_forget, {"card_id": pk}) for pk in cards_due()),
    ]
    for step, given in work:
        if time.monotonic() - started >= BUDGET_SECONDS:
            break
        try:
            step(**given)
            done += 1
        except GatewayError as error:  # it stays due and is tried again
            logger.warning("%s %s: %s", step.__name__, given, error.message)
    return done


@shared_task(name="hotel.folios.tasks.invoice_print")
def invoice_print(invoice_id: int) -> bool:
    """Print a document and keep the file. Repeatable; a machine that cannot print leaves it to whoever asks for it.

    Returns:
        Whether the file is there.
    """
    try:
        invoice_pdf(invoice=Invoice.objects.select_related("property").get(pk=invoice_id))
    except PdfUnavailable:
        return False
    return True
