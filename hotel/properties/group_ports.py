"""Who is told, within the same transaction, that a group of properties has other members.

Roles granted on a group stand above this floor, and a right must not outlive a membership even for the
seconds a fact takes; hence a port instead of a handler. A listener may refuse by raising.
"""

from typing import Any, Protocol

from hotel.properties.models import PropertyGroup


class GroupListener(Protocol):
    """A callable that hears of a change just made, and may refuse it."""

    def __call__(
        self, *, group: PropertyGroup, added: frozenset[int], removed: frozenset[int], by: Any
    ) -> None:
        """Act on it; ``by`` is the user who asked, None for the house itself."""


_listeners: list[GroupListener] = []


def register_group_listener(listener: GroupListener) -> None:
    """Add a listener; called once from ``AppConfig.ready`` of a higher app. Repeatable."""
    if listener not in _listeners:
        _listeners.append(listener)


def group_members_changed(
    *, group: PropertyGroup, added: frozenset[int], removed: frozenset[int], by: Any
) -> None:
    """Tell every listener, in order of registration."""
    for listener in _listeners:
        listener(group=group, added=added, removed=removed, by=by)
