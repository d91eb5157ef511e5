"""When several stays are one: the dates follow one another, and they were sold alike.

Source: features reference §1.2 (split, combine).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

from hotel.core.words import gettext_noop

# What must be equal, as people call it: marked texts, which programs are told as they are.
ALIKE: Mapping[str, str] = {
    "property_id": gettext_noop("property"),
    "primary_guest_id": gettext_noop("guest"),
    "room_type_id": gettext_noop("room type"),
    "rate_plan_id": gettext_noop("rate plan"),
    "adults": gettext_noop("adults"),
    "children": gettext_noop("children"),
    "child_ages": gettext_noop("ages of children"),
    "block_id": gettext_noop("group block"),
    "promo_code": gettext_noop("promotion code"),
    "exemptions": gettext_noop("tax exemptions"),
    "is_complimentary": gettext_noop("complimentary"),
    "is_house_use": gettext_noop("house use"),
    "is_confidential": gettext_noop("confidential"),
    "is_day_use": gettext_noop("day use"),
    "policies": gettext_noop("policies"),
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
