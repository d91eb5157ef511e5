"""The port through which a higher floor tells in which rooms somebody is now.

A claim says when a room is kept for a stay; whether the guest has come, stays alone know.
"""

from collections.abc import Callable

from django.db.models import QuerySet

from hotel.rooms.models import Room

Source = Callable[["QuerySet[Room]"], "QuerySet[Room]"]
_sources: list[Source] = []


def register_presence_source(source: Source) -> None:
    """Install who knows: ``source(rooms)`` gives the rooms of the same properties that guests in house have now.

    The last one installed counts.
    """
    _sources[:] = [source]


def rooms_with_guests(rooms: "QuerySet[Room]") -> "QuerySet[Room]":
    """The rooms of the properties of ``rooms`` that somebody has now, without the parts of suites; not evaluated."""
    return _sources[0](rooms) if _sources else Room.objects.none()
