"""Where the API says who calls, as soon as it knows; what the database shows him is decided by whoever registers."""

from collections.abc import Callable
from typing import Any

_narrowings: list[Callable[[Any], None]] = []


def register_narrowing(call: Callable[[Any], None]) -> None:
    """Have ``call(user)`` called in each request of the API, after authentication and before anything else is read."""
    if call not in _narrowings:
        _narrowings.append(call)


def narrow_to(user: Any) -> None:
    """Tell those who registered who calls; a token's user, or an anonymous one."""
    for call in _narrowings:
        call(user)
