"""What may refuse a request of the API as soon as it is known who asks; decided by whoever registers."""

from collections.abc import Callable
from typing import Any

Gate = Callable[[Any, str, str], None]
_gates: list[Gate] = []


def register_gate(gate: Gate) -> None:
    """Have ``gate(user, method, path)`` called in each request of the API after authentication; it raises to refuse."""
    if gate not in _gates:
        _gates.append(gate)


def pass_gates(request: Any) -> None:
    """Ask those who registered, in order.

    Raises:
        PmsError: as one of them refuses.
    """
    for gate in _gates:
        gate(request.user, request.method or "", request.path)
