"""What rights are worth guarding, and which duties one person should not hold together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

Pair = tuple[str, str]  # (area, verb)

PRIVILEGED: frozenset[Pair] = frozenset(
    {
        ("accounts", "act_as"),
        ("accounts", "manage"),
        ("properties", "manage"),
        ("security", "approve"),
        ("security", "break_glass"),
        ("security", "manage"),
        ("system", "manage"),
    }
)
SENSITIVE: frozenset[Pair] = frozenset(
    {
        ("folios", "adjust"),
        ("folios", "write_off"),
        ("guests", "manage"),
        ("guests", "merge"),
        ("guests", "view"),
        ("rates", "override"),
        ("reservations", "override"),
        ("security", "respond"),
        ("security", "view"),
        ("stays", "audit"),
    }
)
# Handing out rights asks for a second person; the other privileged rights are looked at more often.
SECOND_PERSON: frozenset[Pair] = frozenset(
    {("accounts", "manage"), ("security", "approve"), ("security", "manage")}
)


@dataclass(frozen=True)
class DutySeed:
    """Two rights that a chain is warned of when one person holds both."""

    first: Pair
    second: Pair
    reason: str


DUTIES: tuple[DutySeed, ...] = (
    DutySeed(
        ("accounts", "manage"),
        ("folios", "adjust"),
        "Who makes users could correct bills under the name of one of them.",
    ),
    DutySeed(
        ("folios", "adjust"),
        ("stays", "audit"),
        "Who corrects bills could close the day over the correction.",
    ),
    DutySeed(
        ("folios", "invoice"),
        ("folios", "write_off"),
        "Who invoices an account could write off what it owes.",
    ),
)


def risk_of(pair: Pair) -> str:
    """``privileged``, ``sensitive`` or ``ordinary``, as a right begins; a chain may think otherwise."""
    if pair in PRIVILEGED:
        return "privileged"
    return "sensitive" if pair in SENSITIVE else "ordinary"


def conflicts_among(held: Iterable[Pair], duties: Mapping[int, tuple[Pair, Pair]]) -> list[int]:
    """Which pairs of duties are held together.

    Args:
        held: the rights of one person at one property.
        duties: key of a rule to its two rights.

    Returns:
        The keys, ascending.
    """
    rights = set(held)
    return sorted(key for key, (first, second) in duties.items() if first in rights and second in rights)
