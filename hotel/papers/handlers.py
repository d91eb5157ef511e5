"""What papers do when something happens: a worker makes what was asked for, and a closed day has its packs sent."""

import logging

from django.conf import settings
from django.db import transaction

from hotel.contracts.papers import PaperAsked, PaperMade
from hotel.contracts.stays import BusinessDayClosed
from hotel.core.facts import subscribe
from hotel.messaging.attachments import register_attachments
from hotel.papers import tasks
from hotel.papers.models import Paper
from hotel.papers.services.packs import PACKS, pack_send, packs_ask, paper_attachment
from hotel.properties.models import Property

register_attachments("paper", paper_attachment)

logger = logging.getLogger(__name__)


@subscribe(PaperAsked)
def on_paper_asked(fact: PaperAsked) -> None:
    """A worker makes it. Repeatable; without a broker the sweep makes it within a minute and a half."""
    if getattr(settings, "OUTBOX_HINTS", True):
        transaction.on_commit(lambda: _hand_over(fact.paper_id), robust=True)


@subscribe(BusinessDayClosed)
def on_business_day_closed(fact: BusinessDayClosed) -> None:
    """Both packs are asked for. Repeatable; not of a day after which another one was closed meanwhile."""
    place = Property.objects.get(pk=fact.property_id)
    if place.business_date == fact.next_business_date:
        packs_ask(place=place, closed=fact.business_date)


@subscribe(PaperMade)
def on_paper_made(fact: PaperMade) -> None:
    """A pack that the house has asked for itself is sent to those who are to get it. Repeatable: once to each."""
    if fact.is_ready and fact.kind in PACKS:
        paper = Paper.objects.select_related("property").filter(pk=fact.paper_id, asked_by=None).first()
        if paper is not None and paper.content:
            pack_send(paper=paper)


def _hand_over(paper_id: int) -> None:
    try:
        tasks.paper_make.apply_async((paper_id,), retry=False)
    except Exception as error:
        logger.warning("The broker is away (%s); the sweep makes the paper.", type(error).__name__)
