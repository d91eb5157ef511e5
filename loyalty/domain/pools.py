"""Pools of members: who may spend points of others, how many, and of which lots.

Source: docs/algorithms/points.md §17.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hotel.core.words import _
from loyalty.domain.lots import Lot, Take, balance, spend


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What the members of a pool agreed on.

    Attributes:
        share_percent: of each lot of another member so much may be spent.
        head_only: nobody but the head spends points of others.
        member_limit: points of others that one who is not the head may spend in a calendar year; None without one.
        waiting_days: after joining, before one spends points of others.
    """

    share_percent: int = 100
    head_only: bool = False
    member_limit: int | None = None
    waiting_days: int = 0


@dataclass(frozen=True, kw_only=True)
class Spender:
    """Who wants to spend from a pool.

    Attributes:
        joined_on: calendar day in the programme's zone.
        spent: points of others that he spent this year, less what went back.
    """

    is_head: bool
    joined_on: date
    spent: int = 0


def open_part(terms: Terms, lot: Lot, points: int) -> Lot:
    """A lot as far as others may spend it: what is above the part that always stays with its member.

    Args:
        points: what the lot had at first.
    """
    kept = points - points * terms.share_percent // 100
    return replace(lot, left=max(lot.left - kept, 0))


def refusal(terms: Terms, spender: Spender, points: int, on: date) -> tuple[str, str]:
    """Why he may not spend so many points of others on a day: a code and words; both empty when he may."""
    if terms.head_only and not spender.is_head:
        return "pool_head_only", _("Only the head of the pool spends points of others.")
    begins = spender.joined_on + timedelta(days=terms.waiting_days)
    if on < begins:
        return "pool_waiting", _("Points of others may be spent from %(begins)s on.") % {"begins": begins}
    if terms.member_limit is not None and not spender.is_head:
        room = max(terms.member_limit - spender.spent, 0)
        if points > room:
            return "pool_limit_reached", _("%(room)s points of others may still be spent this year.") % {
                "room": room
            }
    return "", ""


def pay(own: Iterable[Lot], others: Iterable[Lot], points: int, *, on: date) -> tuple[Take, ...]:
    """Which lots pay: those of the one who spends, then those of all others together, each by who ends first.

    Args:
        own: of who spends.
        others: of all other members, as far as they are open (``open_part``).
        points: above zero.

    Raises:
        ShortOfPoints: fewer may be spent on this day.
    """
    mine, theirs = list(own), list(others)
    from_own = min(points, balance(mine, on=on).usable)
    rest = points - from_own
    first = spend(mine, from_own, on=on) if from_own else ()
    return (*first, *spend(theirs, rest, on=on)) if rest else first


def opens_more(before: Terms, after: Terms) -> bool:
    """Whether others may spend more of a member's points, or sooner, than by the terms he agreed on."""
    is_raised = before.member_limit is not None and (
        after.member_limit is None or after.member_limit > before.member_limit
    )
    return (
        after.share_percent > before.share_percent
        or (before.head_only and not after.head_only)
        or is_raised
        or after.waiting_days < before.waiting_days
    )


def in_words(terms: Terms, max_members: int) -> str:
    """One sentence for managers."""
    parts = [f"Up to {max_members} members"]
    parts.append(
        "the head alone spends points of others" if terms.head_only else "all spend points of others"
    )
    if terms.share_percent < 100:
        parts.append(f"{terms.share_percent} % of each lot is open to them")
    if terms.member_limit is not None:
        parts.append(f"at most {terms.member_limit:,} a year by one who is not the head")
    if terms.waiting_days:
        parts.append(f"from {terms.waiting_days} days after joining on")
    return f"{'; '.join(parts)}."
