"""The port through which higher floors keep a stay from becoming part of another: theirs would be left behind."""

from collections.abc import Callable

from hotel.reservations.models import Reservation

Guard = Callable[[Reservation], str]
_guards: list[Guard] = []


def register_absorb_guard(guard: Guard) -> None:
    """Add a guard; called once from ``AppConfig.ready`` of a higher app. Repeatable.

    ``guard(reservation)`` says in one sentence what stands against it; nothing when nothing does.
    """
    if guard not in _guards:
        _guards.append(guard)


def absorb_obstacles(reservation: Reservation) -> list[str]:
    """What every guard says against absorbing a stay, in order of registration; empty when nobody minds."""
    return [text for guard in _guards if (text := guard(reservation))]
