"""The port through which a higher floor says at which properties a guest is known.

Guests stand above messaging, so messaging cannot ask them: ``hotel.guests`` registers its answer at start.
"""

from collections.abc import Callable, Collection

GuestKnown = Callable[[int, Collection[int]], bool]
_checks: list[GuestKnown] = []


def register_guest_known(check: GuestKnown) -> None:
    """Install an answer: called with guest id and property ids. Repeatable."""
    if check not in _checks:
        _checks.append(check)


def guest_is_known(guest_id: int, property_ids: Collection[int]) -> bool:
    """Whether a guest is known at one of these properties; no guest is where nobody can answer."""
    return any(check(guest_id, property_ids) for check in _checks)
