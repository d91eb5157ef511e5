"""The life of a work order, and until when it should be over."""

from collections.abc import Mapping
from datetime import datetime, timedelta

# Command to the states that it is given in, and the one that it leads to.
COMMANDS: Mapping[str, tuple[frozenset[str], str]] = {
    "assign": (frozenset({"new", "assigned", "waiting"}), "assigned"),
    "start": (frozenset({"new", "assigned", "waiting"}), "doing"),
    "wait": (frozenset({"assigned", "doing"}), "waiting"),
    "done": (frozenset({"doing"}), "done"),
    "cancel": (frozenset({"new", "assigned", "doing", "waiting"}), "cancelled"),
    "reopen": (frozenset({"done", "cancelled"}), "new"),
}
# Severity to hours from the report: what is urgent is a danger, or keeps a guest from his room.
HOURS: Mapping[int, int] = {1: 2, 2: 8, 3: 48, 4: 168}


def order_commands(state: str) -> dict[str, str]:
    """The commands that an order in a state takes, to the states that they lead to."""
    return {name: target for name, (states, target) in COMMANDS.items() if state in states}


def order_due_at(severity: int, reported_at: datetime) -> datetime:
    """Until when an order should be over, UTC."""
    return reported_at + timedelta(hours=HOURS[severity])
