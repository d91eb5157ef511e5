"""What may be done with a redemption, and why not: one table, asked by services and shown by the API.

Source: docs/algorithms/points.md §8.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from hotel.core.actions import Action
from hotel.core.words import _, in_sentence

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
        return asked.denied(
            f"redemption_{state.status}",
            _("This redemption is %(state)s.") % {"state": in_sentence(state.label)},
        )
    if name == "confirm" and state.is_over:
        return asked.denied("hold_over", _("It was held until now. Redeem anew, at today's price."))
    if name == "settle" and not state.is_billed:
        return asked.denied("no_bill", _("This pays on no bill. Note that the member has got it."))
    if name == "fulfil" and state.is_billed:
        return asked.denied("pays_on_bill", _("This is used when it is settled on the bill."))
    if name == "fulfil" and state.has_code:
        return asked.denied("redeemed_by_code", _("A voucher is redeemed by its code."))
    return asked


def actions(state: RedemptionState) -> list[Action]:
    """All commands in the order of the table, each allowed or denied with its reason."""
    return [action(name, state) for name in COMMANDS]


@dataclass(frozen=True, slots=True)
class NightsLeft:
    """Free nights after a stay has lost some of them.

    Attributes:
        first_day, past_day: of those that are left, [first, past).
        lost_from: the first night that is lost.
        points: what the lost ones cost of the points that have not gone back.
        nights: how many are left.
        of: how many there were.
    """

    first_day: date
    past_day: date
    lost_from: date
    points: int
    nights: int
    of: int


def nights_left(first: date, past: date, *, arrival: date, departure: date, points: int) -> NightsLeft | None:
    """What is left of the free nights [first, past) in a stay; None when it has none of them.

    Args:
        points: taken for all of them.

    The points of the lost ones are their part by number, rounded half up.
    """
    kept_first, kept_past = max(first, arrival), min(past, departure)
    left, all_of_them = (kept_past - kept_first).days, (past - first).days
    if left <= 0:
        return None
    lost = (Decimal(points) * (all_of_them - left) / all_of_them).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    lost_from = first if kept_first > first else kept_past
    return NightsLeft(kept_first, kept_past, lost_from, int(lost), left, all_of_them)


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
