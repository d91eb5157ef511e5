"""When several stays are one: the dates follow one another, and they were sold alike.

Source: features reference §1.2 (split, combine).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

# What must be equal, as people call it.
ALIKE: Mapping[str, str] = {
    "property_id": "property",
    "primary_guest_id": "guest",
    "room_type_id": "room type",
    "rate_plan_id": "rate plan",
    "adults": "adults",
    "children": "children",
    "child_ages": "ages of children",
    "block_id": "group block",
    "promo_code": "promotion code",
    "exemptions": "tax exemptions",
    "is_complimentary": "complimentary",
    "is_house_use": "house use",
    "is_confidential": "confidential",
    "is_day_use": "day use",
    "policies": "policies",
}


def differences(stays: Sequence[Any]) -> list[str]:
    """In what stays differ that keeps them from being one, in the order of ``ALIKE``; empty when they are alike."""
    return [
        name
        for field, name in ALIKE.items()
        if any(getattr(stay, field) != getattr(stays[0], field) for stay in stays)
    ]


def joined(spans: Sequence[tuple[date, date]]) -> tuple[date, date] | None:
    """The one span that half-open spans make together; None when there is a gap, an overlap or a span without a night.

    Args:
        spans: in any order, at least one.
    """
    ordered = sorted(spans)
    touching = all(before[1] == after[0] for before, after in pairwise(ordered))
    if not touching or any(first >= last for first, last in ordered):
        return None
    return ordered[0][0], ordered[-1][1]
