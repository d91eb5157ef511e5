"""What messaging does when something happened: wake a sender."""

import logging

from django.conf import settings
from django.db import transaction

from hotel.contracts.messaging import MessageQueued
from hotel.core.facts import subscribe
from hotel.messaging import tasks

logger = logging.getLogger(__name__)


@subscribe(MessageQueued)
def on_message_queued(fact: MessageQueued) -> None:
    """Hint the senders after the commit. Repeatable; without a broker the sweep sends ten seconds later."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(_hint, robust=True)


def _hint() -> None:
    try:
        tasks.messages_send.apply_async(retry=False)
    except Exception as error:
        logger.warning("The broker is away (%s); the sweep will send.", type(error).__name__)
