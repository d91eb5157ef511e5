"""What is told to open pages: which topic has news at a property, never what the news is."""

import asyncio
import logging
import os
from collections import defaultdict
from functools import cache as kept
from threading import Thread

from channels.layers import get_channel_layer
from django.core.cache import cache

from hotel.contracts import folios, messaging, operations, papers, rates, reservations, rooms, stays
from hotel.core.clock import now
from hotel.core.fact import Fact
from hotel.messaging.services.house_letters import HOUSE_LETTER

logger = logging.getLogger(__name__)

# Facts to the topic that pages name in ``data-live``; what hangs on a stay tells ``reservation:<id>``, too.
TOPICS: dict[str, tuple[type[Fact], ...]] = {
    "rooms": (rooms.RoomStatusChanged,),
    "availability": (rooms.AvailabilityChanged, reservations.BlockChanged),
    "reservations": (
        reservations.ReservationFact,
        reservations.WaitlistOffered,
        reservations.ReservationsTakenOver,
        stays.BusinessDayClosed,
    ),
    "folios": (
        folios.FolioOpened,
        folios.FolioClosed,
        folios.FolioReopened,
        folios.ChargePosted,
        folios.PaymentReceived,
        folios.RefundIssued,
        folios.DepositPosted,
        folios.PaymentStatusChanged,
        folios.InvoiceIssued,
    ),
    "tasks": (
        operations.TasksChanged,
        operations.RoundChanged,
        operations.DiscrepancyChanged,
        operations.WorkOrderChanged,
        operations.LostItemChanged,
        operations.HandoverChanged,
    ),
    "papers": (papers.PaperAsked, papers.PaperMade, messaging.MessageSent, messaging.MessageFailed),
    "messages": (
        messaging.MessageQueued,
        messaging.MessageSent,
        messaging.MessageFailed,
        messaging.MessageSuppressed,
    ),
    "rates": (rates.RateChanged,),
    "audit": (stays.NightAuditRequested, stays.NightAuditAdvanced, stays.BusinessDayClosed),
}
# The area whose ``view`` a topic asks for.
AREAS = {
    "rooms": "rooms",
    "availability": "reservations",
    "reservations": "reservations",
    "reservation": "reservations",
    "folios": "folios",
    "tasks": "operations",
    "papers": "papers",
    "messages": "messaging",
    "rates": "rates",
    "audit": "stays",
}
PATIENCE_SECONDS = 0.5
KEPT_SECONDS = 86_400

_of_sockets: asyncio.AbstractEventLoop | None = None


def moment() -> int:
    """Now, in milliseconds since 1970: what is compared to know whether a page has seen some news."""
    return int(now().timestamp() * 1000)


def topics_of(fact: Fact) -> set[str]:
    """Which parts of pages a fact makes stale."""
    found = {topic for topic, facts in TOPICS.items() if isinstance(fact, facts)}
    if getattr(fact, "template_code", HOUSE_LETTER) != HOUSE_LETTER:
        found.discard("papers")  # letters to guests carry none
    stay = getattr(fact, "reservation_id", None)
    return found | {f"reservation:{stay}"} if found and stay else found


def group_of(place_id: int) -> str:
    """The group of the channel layer that the open pages of a property belong to."""
    return f"desk.{place_id}"


def last_key(place_id: int) -> str:
    """Where the cache keeps when a property had news last."""
    return f"desk-news-{place_id}"


def announce(facts: tuple[Fact, ...]) -> None:
    """Tell the open pages of the properties which topics have news. Heard after the commit; never raises."""
    news: dict[int, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.property_id is not None:
            news[fact.property_id] |= topics_of(fact)
    for place_id, topics in news.items():
        if topics:
            _tell(place_id, sorted(topics))


def _tell(place_id: int, topics: list[str]) -> None:
    at = moment()
    message = {"type": "news", "topics": topics, "v": at}
    try:
        cache.set(last_key(place_id), at, KEPT_SECONDS)
        asyncio.run_coroutine_threadsafe(_send(group_of(place_id), message), _loop()).result(
            2 * PATIENCE_SECONDS
        )
    except Exception as error:
        logger.warning(
            "Open pages are not told of news (%s); they look again by themselves.", type(error).__name__
        )


def sockets_live_in(loop: asyncio.AbstractEventLoop) -> None:
    """Send from this loop: a layer in memory wakes only those who wait in the loop it is called from."""
    global _of_sockets
    _of_sockets = loop


def _loop() -> asyncio.AbstractEventLoop:
    """That of the sockets of this process, or one of its own.

    A new one for each commit would cost milliseconds, and each time a connection to the layer.
    """
    if _of_sockets is not None and _of_sockets.is_running():
        return _of_sockets
    return _own_loop(os.getpid())


@kept
def _own_loop(process: int) -> asyncio.AbstractEventLoop:
    """A loop in a thread; a forked process gets its own, because threads stay with the parent."""
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name=f"news-{process}", daemon=True).start()
    return loop


async def _send(group: str, message: dict[str, object]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await layer.group_send(group, message)
