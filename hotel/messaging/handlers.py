"""What messaging does when something happened: wake a sender, write to whom it concerns."""

import logging

from django.conf import settings
from django.db import transaction

from hotel.contracts.accounts import ImpersonationBegan, SignInChanged
from hotel.contracts.messaging import MessageQueued
from hotel.core.facts import subscribe
from hotel.messaging import tasks
from hotel.messaging.services.sign_in_notices import impersonation_tell, sign_in_change_tell

logger = logging.getLogger(__name__)


@subscribe(MessageQueued)
def on_message_queued(fact: MessageQueued) -> None:
    """Hint the senders after the commit. Repeatable; without a broker the sweep sends ten seconds later."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(_hint, robust=True)


@subscribe(SignInChanged)
def on_sign_in_changed(fact: SignInChanged) -> None:
    """The person is written to. Repeatable: of each change once."""
    sign_in_change_tell(change=fact)


@subscribe(ImpersonationBegan)
def on_impersonation_began(fact: ImpersonationBegan) -> None:
    """The person who is looked at is written to. Repeatable: of each once."""
    impersonation_tell(impersonation_id=fact.impersonation_id)


def _hint() -> None:
    try:
        tasks.messages_send.apply_async(retry=False)
    except Exception as error:
        logger.warning("The broker is away (%s); the sweep will send.", type(error).__name__)
