"""The change feed: committed facts in the order of their positions."""

import pkgutil
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from django.db.models import QuerySet

import hotel.contracts
from hotel.core.fact import Fact
from hotel.core.models import OutboxMessage
from hotel.core.plugs import area_of
from hotel.properties.scoping import Grants

OWN_AREA = "messaging"


@dataclass(frozen=True)
class ChangesPage:
    """A stretch of the feed.

    Attributes:
        rows: ascending by position.
        next_position: where the next page begins (exclusive); beyond the last row when nothing more was there.
        has_more: whether more can be read at once.
    """

    rows: list[OutboxMessage]
    next_position: int
    has_more: bool


def last_position() -> int:
    """The end of the feed now: the highest position given; 0 when nothing ever happened."""
    newest = OutboxMessage.objects.filter(position__isnull=False).order_by("-position")
    return newest.values_list("position", flat=True).first() or 0


@cache
def topic_areas() -> dict[str, str]:
    """Topic to the area whose ``view`` right shows it: the area of the app its contract module is named after."""
    for module in pkgutil.iter_modules(hotel.contracts.__path__):
        import_module(f"hotel.contracts.{module.name}")
    areas = {}
    for fact in _facts(Fact):
        if fact.__module__.startswith("hotel.contracts."):
            try:
                areas[fact.__name__] = area_of(fact.__module__.rsplit(".", 1)[-1])
            except LookupError:
                areas[fact.__name__] = OWN_AREA
    return areas


def _facts(base: type[Fact]) -> Iterator[type[Fact]]:
    for child in base.__subclasses__():
        yield child
        yield from _facts(child)


def topics_known() -> list[str]:
    """The names of all facts, ascending."""
    return sorted(topic for topic in topic_areas() if not topic.startswith("_"))


def changes_page(
    *, after: int, limit: int, grants: Grants, property_ids: Collection[int], topics: Collection[str] = ()
) -> ChangesPage:
    """Read the feed of some properties. Two queries, whatever the number of properties.

    Args:
        after: position, exclusive; 0 for the beginning.
        limit: rows at most.
        grants: the reader's rights: of each property only topics of areas where ``view`` is held there; topics
            of no known area need ``view`` on messaging.
        property_ids: the properties to read.
        topics: only these; none means all.
    """
    until = last_position()
    branches = [
        branch.filter(position__gt=after, position__lte=until).order_by("position")[: limit + 1]
        for property_id in sorted(property_ids)
        if (branch := _visible_at(property_id, grants, topics)) is not None
    ]
    if not branches:
        return ChangesPage([], max(after, until), has_more=False)
    found = branches[0] if len(branches) == 1 else branches[0].union(*branches[1:], all=True)
    rows = list(found.order_by("position")[: limit + 1] if len(branches) > 1 else found)
    if len(rows) > limit:
        return ChangesPage(rows[:limit], rows[limit - 1].position or after, has_more=True)
    return ChangesPage(rows, max(after, until), has_more=False)


def _visible_at(property_id: int, grants: Grants, topics: Collection[str]) -> QuerySet[OutboxMessage] | None:
    areas = topic_areas()
    shown = [topic for topic, area in areas.items() if grants.holds("view", area, property_id)]
    rows = OutboxMessage.objects.filter(property_id=property_id)
    if topics:
        rows = rows.filter(topic__in=list(topics))
    if grants.holds("view", OWN_AREA, property_id):
        return rows.exclude(topic__in=sorted(set(areas) - set(shown)))
    return rows.filter(topic__in=shown) if shown else None
