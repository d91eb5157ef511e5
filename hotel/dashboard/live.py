"""What is told to open pages: which topic has news at a property, never what the news is."""

import asyncio
import logging
from collections import defaultdict

from asgiref.sync import async_to_sync
from channels.layers import get_channel_layer
from django.core.cache import cache

from hotel.contracts import folios, operations, reservations, rooms, stays
from hotel.core.clock import now
from hotel.core.fact import Fact

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
    ),
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
    "audit": "stays",
}
PATIENCE_SECONDS = 0.5
KEPT_SECONDS = 86_400


def moment() -> int:
    """Now, in milliseconds since 1970: what is compared to know whether a page has seen some news."""
    return int(now().timestamp() * 1000)


def topics_of(fact: Fact) -> set[str]:
    """Which parts of pages a fact makes stale."""
    found = {topic for topic, facts in TOPICS.items() if isinstance(fact, facts)}
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
    try:
        cache.set(last_key(place_id), at, KEPT_SECONDS)
        async_to_sync(_send)(group_of(place_id), {"type": "news", "topics": topics, "v": at})
    except Exception as error:
        logger.warning(
            "Open pages are not told of news (%s); they look again by themselves.", type(error).__name__
        )


async def _send(group: str, message: dict[str, object]) -> None:
    layer = get_channel_layer()
    async with asyncio.timeout(PATIENCE_SECONDS):
        await layer.group_send(group, message)
