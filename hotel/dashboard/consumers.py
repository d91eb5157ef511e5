"""The socket of an open page: it hears which of its topics have news, and fetches them as the person it is."""

import asyncio
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncJsonWebsocketConsumer
from django.contrib.auth import get_user
from django.core.cache import cache
from django.http import HttpRequest

from hotel.accounts.sessions import SessionStore
from hotel.accounts.socket_door import opens_none
from hotel.dashboard import here
from hotel.dashboard.here import Colleague, Company, area_of_subject, group_here, subject_of
from hotel.dashboard.live import AREAS, group_of, last_key, moment, sockets_live_in
from hotel.properties.scoping import grants_of

LOOKED_EVERY_SECONDS = 4.0
TOPICS_AT_MOST = 20
SKEW_MS = 50  # between the clocks of two servers
NOT_PERMITTED = 4403


@dataclass(frozen=True)
class Granted:
    """What the person of a session may have of a page.

    Attributes:
        topics: those whose news he may hear.
        me: who he is to others at the page; None when he may not see what it is about.
    """

    topics: frozenset[str] = frozenset()
    me: Colleague | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether the socket has nothing to do."""
        return not self.topics and self.me is None


class LiveSocket(AsyncJsonWebsocketConsumer):
    """Tells ``{"topic", "v"}``: no words and no data, because a page may be open that shows less to its person.

    In the address: ``topics``, those of the page, ``seen``, when it was read (``live.moment``), and ``here``, what
    it is about: which colleagues have that open is told whenever it changes, ``{"here": [[initials, name], …]}``.
    A right is looked at when the socket opens and every few seconds after; with the session, or the last right, the
    socket ends.
    """

    topics: frozenset[str] = frozenset()

    async def connect(self) -> None:
        """Let in who may hear at least one topic; news that came while the page was on its way are told now."""
        sockets_live_in(asyncio.get_running_loop())
        self.looking: list[asyncio.Task[None]] = []
        query = parse_qs(self.scope["query_string"].decode(errors="replace"))
        place_id = self.scope["url_route"]["kwargs"]["place"]
        self.wanted = frozenset(query.get("topics", [""])[0].split()[:TOPICS_AT_MOST])
        self.subject = subject_of(query.get("here", [""])[0])
        self.group = group_of(place_id)
        self.company = Company(self.channel_layer, self.channel_name, self.tell_here)
        granted = await self.granted()
        self.topics = granted.topics
        if granted.is_nothing:
            await self.close(NOT_PERMITTED)
            return
        await self.channel_layer.group_add(self.group, self.channel_name)
        await self.accept()
        seen = query.get("seen", [""])[0]
        last = await cache.aget(last_key(place_id))
        if last is None or not seen.isdecimal() or int(seen) < last + SKEW_MS:
            await self.news({"topics": self.topics, "v": moment()})
        if granted.me is not None:
            await self.company.join(group_here(place_id, self.subject), granted.me)
        self.looking.append(asyncio.create_task(self.look()))
        self.looking.append(asyncio.create_task(self.renew()))

    async def disconnect(self, code: int) -> None:
        """Hear no more."""
        for task in self.looking:
            task.cancel()
        await self.channel_layer.group_discard(self.group, self.channel_name)
        await self.company.leave()

    async def receive(
        self, text_data: str | None = None, bytes_data: bytes | None = None, **kwargs: Any
    ) -> None:
        """Pages have nothing to say here."""

    async def news(self, event: dict[str, Any]) -> None:
        """From the channel layer: pass on what this page asked for and its person may hear."""
        for topic in sorted(self.topics.intersection(event["topics"])):
            await self.send_json({"topic": topic, "v": event["v"]})

    async def here(self, event: dict[str, Any]) -> None:
        """From the channel layer: another tab has the page open, or not any more."""
        await self.company.heard(event)

    async def tell_here(self, people: list[list[str]]) -> None:
        """Tell the page who else has it open."""
        await self.send_json({"here": people})

    async def look(self) -> None:
        """Look again and again whether the person may still hear, and be seen."""
        while True:
            await asyncio.sleep(LOOKED_EVERY_SECONDS)
            granted = await self.granted()
            self.topics = granted.topics
            if granted.me is None:
                await self.company.leave()
                await self.company.settle()
            if granted.is_nothing:
                await self.close(NOT_PERMITTED)
                return

    async def renew(self) -> None:
        """Be known to be there, and look who is not any more."""
        while True:
            await asyncio.sleep(here.RENEWED_EVERY_SECONDS)
            await self.company.renew()

    async def granted(self) -> Granted:
        """What the person of the session may have of the page now, read anew."""
        session, place_id = self.scope.get("session"), self.scope["url_route"]["kwargs"]["place"]
        key = session.session_key if session is not None else None
        return await database_sync_to_async(page_granted)(key, place_id, self.wanted, self.subject)


def page_granted(
    session_key: str | None, place_id: int, wanted: frozenset[str], subject: str = ""
) -> Granted:
    """What the person of a session may have of a page at a property.

    A session has no person when it is over, when it looks as somebody else, or must set something up first.

    Args:
        wanted: the topics that the page asks for.
        subject: what it is about, from ``here.subject_of``.
    """
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    if not user.is_authenticated or opens_none(request.session, user):
        return Granted()
    grants = grants_of(user)
    topics = frozenset(
        topic
        for topic in wanted
        if (area := AREAS.get(topic.partition(":")[0])) and grants.holds("view", area, place_id)
    )
    may_be_here = bool(subject) and grants.holds("view", area_of_subject(subject), place_id)
    return Granted(topics, Colleague(user.pk, str(user)) if may_be_here else None)
