"""Who else has the same page open: told from socket to socket, kept by nobody.

A tab that opens a page says so to the group of that page, and those who are there answer it alone; one that leaves says
that. So what is sent grows with comings and goings, not with time. A tab whose process died says nothing: each has
a key in the cache that it renews, and the others look for it now and then.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

# The first word of what may be open to the area whose ``view`` it takes.
AREAS = {"reservation": "reservations", "chart": "reservations", "folio": "folios", "rates": "rates"}
SUBJECT = re.compile(r"(?:chart|rates|(?:reservation|folio):[0-9]{1,18})", re.ASCII)
RENEWED_EVERY_SECONDS = 15.0
KEPT_SECONDS = 40  # without renewal; who vanished is shown for less than a minute
TABS_AT_MOST = 60  # of one page: who comes later is not answered


@dataclass(frozen=True)
class Colleague:
    """A person at an open page, as others are told of him."""

    pk: int
    name: str


def subject_of(text: str) -> str:
    """What a page says that it is about; empty for what is none."""
    return text if SUBJECT.fullmatch(text) else ""


def area_of_subject(subject: str) -> str:
    """The area whose ``view`` one must hold to be there."""
    return AREAS[subject.partition(":")[0]]


def group_here(place_id: int, subject: str) -> str:
    """The group of the channel layer of those who have a page open at a property."""
    return f"here.{place_id}.{subject.replace(':', '.')}"


def initials(name: str) -> str:
    """Of the first and the last word of a name, or the first two letters of the only one: ``AM``, ``BO``."""
    words = name.split()
    letters = words[0][:1] + words[-1][:1] if len(words) > 1 else name.strip()[:2]
    return letters.upper()


def tab_key(tab: str) -> str:
    """Where the cache keeps that a tab is open."""
    return f"desk-here-{tab}"


class Company:
    """The others at the page of one tab.

    Args:
        layer: the channel layer.
        tab: the tab's own channel.
        tell: gets the others, as initials and name by name, whenever they change.
    """

    def __init__(self, layer: Any, tab: str, tell: Callable[[list[list[str]]], Awaitable[None]]) -> None:
        self.layer, self.tab, self.tell = layer, tab, tell
        self.group = ""
        self.me: Colleague | None = None
        self.others: dict[str, Colleague] = {}
        self.told: list[list[str]] = []

    async def join(self, group: str, me: Colleague) -> None:
        """Be there, and ask who else is."""
        self.group, self.me = group, me
        await cache.aset(tab_key(self.tab), me.pk, KEPT_SECONDS)
        await self.layer.group_add(group, self.tab)
        await self.layer.group_send(group, self._says("come"))

    async def leave(self) -> None:
        """Be there no more, and know nobody; who is not there leaves nothing."""
        if self.me is None:
            return
        gone, self.me = self._says("gone"), None
        await self.layer.group_discard(self.group, self.tab)
        await cache.adelete(tab_key(self.tab))
        await self.layer.group_send(self.group, gone)
        self.others.clear()

    async def heard(self, event: dict[str, Any]) -> None:
        """From another tab at the same page: it came, is there, or has gone."""
        tab = event["tab"]
        if self.me is None or tab == self.tab or event["group"] != self.group:
            return
        if event["what"] == "gone":
            self.others.pop(tab, None)
        elif tab in self.others or len(self.others) < TABS_AT_MOST:
            self.others[tab] = Colleague(event["person"], event["name"])
            if event["what"] == "come":
                await self.layer.send(tab, self._says("there"))
        await self.settle()

    async def renew(self) -> None:
        """Say to the cache that one is there, and forget those who have not.

        Who finds that he was forgotten, because he was late or the cache was emptied, comes anew.
        """
        if self.me is None:
            return
        if not await cache.atouch(tab_key(self.tab), KEPT_SECONDS):
            await self.join(self.group, self.me)
        keys = {tab_key(tab): tab for tab in self.others}
        alive = await cache.aget_many(list(keys)) if keys else {}
        for key, tab in keys.items():
            if key not in alive:
                self.others.pop(tab, None)
        await self.settle()

    def _says(self, what: str) -> dict[str, Any]:
        assert self.me is not None  # noqa: S101  (nobody speaks before he joined)
        return {
            "type": "here",
            "what": what,
            "group": self.group,
            "tab": self.tab,
            "person": self.me.pk,
            "name": self.me.name,
        }

    async def settle(self) -> None:
        """Tell the others when they changed: several tabs of a person are one, and one's own are none."""
        mine = self.me.pk if self.me is not None else None
        people = {one.pk: one.name for one in self.others.values() if one.pk != mine}
        found = [[initials(name), name] for name in sorted(people.values())]
        if found != self.told:
            self.told = found
            await self.tell(found)
