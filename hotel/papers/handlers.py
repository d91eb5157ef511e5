"""What papers do when something happens: a worker makes what was asked for."""

import logging

from django.conf import settings
from django.db import transaction

from hotel.contracts.papers import PaperAsked
from hotel.core.facts import subscribe
from hotel.papers import tasks

logger = logging.getLogger(__name__)


@subscribe(PaperAsked)
def on_paper_asked(fact: PaperAsked) -> None:
    """A worker makes it. Repeatable; without a broker the sweep makes it within a minute and a half."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(lambda: _hand_over(fact.paper_id), robust=True)


def _hand_over(paper_id: int) -> None:
    try:
        tasks.paper_make.apply_async((paper_id,), retry=False)
    except Exception as error:
        logger.warning("The broker is away (%s); the sweep makes the paper.", type(error).__name__)
