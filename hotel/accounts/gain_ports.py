"""The port through which higher floors may refuse that somebody gains rights.

A second pair of eyes and duties kept apart belong to security, which stands above; but rights are given here, and must
not be had for the seconds a fact takes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hotel.accounts.models import Role, User
from hotel.properties.models import Property


@dataclass(frozen=True)
class Gain:
    """Rights that a person is about to have.

    Attributes:
        user: who gains them.
        role: through which role; its rights are those it will have.
        rights: what is new by it, as (area, verb).
        places: the properties where they will be held.
        by: who gives them; None for the house itself.
        approved_by: who looked at it before, if somebody did.
    """

    user: User
    role: Role
    rights: frozenset[tuple[str, str]]
    places: Sequence[Property]
    by: User | None
    approved_by: User | None = None


Guard = Callable[[Gain], None]
_guards: list[Guard] = []


def register_gain_guard(guard: Guard) -> None:
    """Add a guard, which refuses by raising; called once from ``AppConfig.ready`` of a higher app. Repeatable."""
    if guard not in _guards:
        _guards.append(guard)


def require_gain_allowed(gain: Gain) -> None:
    """Ask every guard, in order of registration, within the transaction that gives the rights."""
    for guard in _guards if gain.places else ():
        guard(gain)
