"""What may be done with a redemption, and why not: one table, asked by services and shown by the API.

Source: docs/algorithms/points.md §8.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hotel.core.actions import Action

# command -> (states it is given in, the right it needs on the area ``loyalty``)
COMMANDS: dict[str, tuple[frozenset[str], str]] = {
    "confirm": (frozenset({"held"}), "enrol"),
    "fulfil": (frozenset({"confirmed"}), "enrol"),
    "settle": (frozenset({"confirmed"}), "enrol"),
    "cancel": (frozenset({"held", "confirmed"}), "enrol"),
    "refund": (frozenset({"confirmed", "fulfilled"}), "approve"),
}


@dataclass(frozen=True, slots=True)
class RedemptionState:
    """What the table needs to know.

    Attributes:
        status: as ``RedemptionStatus``.
        label: the same for people.
        is_over: it is held, and the time it was held for has gone.
        is_billed: it pays on a bill, so that it is used when that is done.
        has_code: it is a voucher, used by who shows its code.
    """

    status: str
    label: str
    is_over: bool = False
    is_billed: bool = False
    has_code: bool = False


def action(name: str, state: RedemptionState) -> Action:
    """Whether a command may be given now.

    Raises:
        KeyError: no such command.
    """
    states, verb = COMMANDS[name]
    asked = Action(name, True, verb=verb, area="loyalty")
    if state.status not in states:
        return asked.denied(f"redemption_{state.status}", f"This redemption is {state.label.lower()}.")
    if name == "confirm" and state.is_over:
        return asked.denied("hold_over", "It was held until now. Redeem anew, at today's price.")
    if name == "settle" and not state.is_billed:
        return asked.denied("no_bill", "This pays on no bill. Note that the member has got it.")
    if name == "fulfil" and state.is_billed:
        return asked.denied("pays_on_bill", "This is used when it is settled on the bill.")
    if name == "fulfil" and state.has_code:
        return asked.denied("redeemed_by_code", "A voucher is redeemed by its code.")
    return asked


def actions(state: RedemptionState) -> list[Action]:
    """All commands in the order of the table, each allowed or denied with its reason."""
    return [action(name, state) for name in COMMANDS]


def penalty(points: int, *, percent: Decimal, free_days: int, first_day: date | None, on: date) -> int:
    """Points that the house keeps when a confirmed redemption is cancelled, rounded half up.

    Args:
        points: taken.
        percent: the share kept.
        free_days: so many days before the first day it costs nothing; 0 is the day before.
        first_day: of what was redeemed, such as the first night; None when it has no day: then it always costs.
        on: business date.
    """
    if first_day is not None and on < first_day - timedelta(days=free_days):
        return 0
    return int((points * percent / 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
