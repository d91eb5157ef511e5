"""Stays that share one room: who holds it on each night, and who pays which part of its price.

Source: docs/algorithms/sharing.md; features reference §2.4 (sharers with split of rate).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from moneyed import Money

from hotel.core.money import allocate, zero
from hotel.reservations.choices import RateSplit


@dataclass(frozen=True)
class Sharer:
    """One of the stays in a room.

    Attributes:
        key: id of the reservation.
        nights: business dates, any order: those that are still to be slept.
        came: the arrival, which may lie before them.
        weight: of a custom split, such as percent: 0 and more.
    """

    key: int
    nights: frozenset[date]
    came: date
    weight: Decimal = Decimal(0)


def present(sharers: Sequence[Sharer]) -> dict[date, list[Sharer]]:
    """Who is there on each night, in the order given; nights ascending."""
    nights = sorted(frozenset().union(*(sharer.nights for sharer in sharers)))
    return {night: [sharer for sharer in sharers if night in sharer.nights] for night in nights}


def groups(sharers: Sequence[Sharer]) -> list[list[Sharer]]:
    """The stays that still belong into one room: those joined by common nights, directly or through others.

    Who has no night in common with anybody stands alone. Order is kept within a group, and between groups that of
    their first members.
    """
    found: list[list[Sharer]] = []
    for sharer in sharers:
        met = [group for group in found if any(sharer.nights & other.nights for other in group)]
        joined = {one.key for group in met for one in group} | {sharer.key}
        merged = [one for one in sharers if one.key in joined]
        at = min((found.index(group) for group in met), default=len(found))
        found = [group for group in found if group not in met]
        found.insert(at, merged)
    return found


def holders(sharers: Sequence[Sharer]) -> dict[date, int]:
    """The one stay on which the room is counted, night by night: of those who are there, who came first.

    Of two who come on the same night it is the one with the lower id, so that everybody who reckons it anew finds the
    same. When a holder is taken off the list, each of his nights passes to who is left there, or to nobody.
    """
    return {
        night: min(there, key=lambda one: (one.came, one.key)).key
        for night, there in present(sharers).items()
    }


def parts(sharers: Sequence[Sharer], split: str, whole: Mapping[date, Money]) -> dict[int, dict[date, Money]]:
    """What each sharer pays for the room on the nights that others are there too.

    Args:
        sharers: in order: the first who is there pays an entire split, and gets the odd cent of an equal one.
        split: a RateSplit.
        whole: by night with two and more, the price of the room for all who are there.

    Returns:
        By reservation and night; nights alone, and those of a full split, are left out: he pays what he was sold.
        The parts of a night add up to ``whole`` to the cent.
    """
    found: dict[int, dict[date, Money]] = {sharer.key: {} for sharer in sharers}
    for night, there in present(sharers).items():
        if split == RateSplit.FULL or len(there) == 1:
            continue
        for sharer, amount in zip(there, _divided(split, there, whole[night]), strict=True):
            found[sharer.key][night] = amount
    return found


def _divided(split: str, there: Sequence[Sharer], whole: Money) -> list[Money]:
    if split == RateSplit.ENTIRE:
        return [whole, *(zero(whole.currency.code) for _ in there[1:])]
    weights = [sharer.weight if split == RateSplit.CUSTOM else Decimal(1) for sharer in there]
    # Who pays for those who are there may be away for a night: then they pay alike.
    return allocate(whole, weights if any(weights) else [1 for _ in there])
