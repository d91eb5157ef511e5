"""The socket of an open page: it hears which of its topics have news, and fetches them as the person it is."""

import asyncio
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import get_user
from django.core.cache import cache
from django.http import HttpRequest

from hotel.accounts.sessions import SessionStore
from hotel.accounts.socket_door import opens_none
from hotel.dashboard.live import AREAS, group_of, last_key, moment, sockets_live_in
from hotel.properties.scoping import grants_of

LOOKED_EVERY_SECONDS = 4.0
TOPICS_AT_MOST = 20
SKEW_MS = 50  # between the clocks of two servers
NOT_PERMITTED = 4403


class LiveSocket(AsyncJsonWebsocketConsumer):
    """Tells ``{"topic", "v"}``: no words and no data, because a page may be open that shows less to its person.

    In the address: ``topics``, those of the page, and ``seen``, when it was read (``live.moment``). A right is looked
    at when the socket opens and every few seconds after; with the session, or the last right, the socket ends.
    """

    topics: frozenset[str] = frozenset()
    looking: asyncio.Task[None] | None = None

    async def connect(self) -> None:
        """Let in who may hear at least one topic; news that came while the page was on its way are told now."""
        sockets_live_in(asyncio.get_running_loop())
        query = parse_qs(self.scope["query_string"].decode(errors="replace"))
        place_id = self.scope["url_route"]["kwargs"]["place"]
        self.wanted = frozenset(query.get("topics", [""])[0].split()[:TOPICS_AT_MOST])
        self.group = group_of(place_id)
        self.topics = await self.granted()
        if not self.topics:
            await self.close(NOT_PERMITTED)
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        seen = query.get("seen", [""])[0]
        last = await cache.aget(last_key(place_id))
        if last is None or not seen.isdecimal() or int(seen) < last + SKEW_MS:
            await self.news({"topics": self.topics, "v": moment()})
        self.looking = asyncio.create_task(self.look())

    async def disconnect(self, code: int) -> None:
        """Hear no more."""
        if self.looking is not None:
            self.looking.cancel()
        await self.channel_layer.group_discard(self.group, self.channel_name)

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Pages have nothing to say here."""

    async def news(self, event: dict[str, Any]) -> None:
        """From the channel layer: pass on what this page asked for and its person may hear."""
        for topic in sorted(self.topics.intersection(event["topics"])):
            await self.send_json({"topic": topic, "v": event["v"]})

    async def look(self) -> None:
        """Look again and again whether the person may still hear."""
        while True:
            await asyncio.sleep(LOOKED_EVERY_SECONDS)
            self.topics = await self.granted()
            if not self.topics:
                await self.close(NOT_PERMITTED)
                return

    async def granted(self) -> frozenset[str]:
        """The wanted topics that the person of the session may hear now, read anew."""
        session, place_id = self.scope.get("session"), self.scope["url_route"]["kwargs"]["place"]
        key = session.session_key if session is not None else None
        return await database_sync_to_async(topics_granted)(key, place_id, self.wanted)


def topics_granted(session_key: str | None, place_id: int, wanted: frozenset[str]) -> frozenset[str]:
    """Those topics that the person of a session may hear at a property.

    A session has no person when it is over, when it looks as somebody else, or must set something up first.
    """
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    if not user.is_authenticated or opens_none(request.session, user):
        return frozenset()
    grants = grants_of(user)
    return frozenset(
        topic
        for topic in wanted
        if (area := AREAS.get(topic.partition(":")[0])) and grants.holds("view", area, place_id)
    )
