"""Benefits of a tier: the few that the house knows, each with what it may say.

More points are no benefit here but an earning rule for the tier, which is counted and explained.

Source: docs/guide/loyalty.md, Tiers.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from hotel.core.words import _, gettext_noop

HOURS = [f"{hour:02}:00" for hour in range(10, 21)]
UPGRADES = ("next_category", "best_available")
MOST_AMENITIES, LONGEST_AMENITY = 10, 60


@dataclass(frozen=True)
class _Benefit:
    """What may be said, whether something says it, how it reads, and whose task it is on the day of arrival."""

    may_be: str
    fits: Callable[[Any], bool]
    reads: Callable[[Any], str]
    department: str = ""


def _is_list_of_words(value: Any) -> bool:
    return (
        isinstance(value, list)
        and 0 < len(value) <= MOST_AMENITIES
        and all(isinstance(word, str) and 0 < len(word.strip()) <= LONGEST_AMENITY for word in value)
    )


KNOWN: Mapping[str, _Benefit] = {
    "late_check_out": _Benefit(
        gettext_noop("an hour from 10:00 to 20:00"),
        lambda value: value in HOURS,
        lambda value: f"check-out until {value}",
    ),
    "early_check_in": _Benefit(
        gettext_noop("an hour from 10:00 to 20:00"),
        lambda value: value in HOURS,
        lambda value: f"check-in from {value}",
        "housekeeping",
    ),
    "upgrade": _Benefit(
        gettext_noop("next_category or best_available"),
        lambda value: value in UPGRADES,
        lambda value: f"upgrade to the {value.replace('_', ' ')} when there is one",
        "front desk",
    ),
    "breakfast": _Benefit(
        "true", lambda value: value is True, lambda value: "breakfast included", "restaurant"
    ),
    "amenities": _Benefit(
        gettext_noop("a list of 1 to %(most)s short texts"),
        _is_list_of_words,
        lambda value: f"in the room: {', '.join(value)}",
        "housekeeping",
    ),
}


def refusal(benefits: Any) -> str:
    """Why nobody could honour this, in words; empty when each benefit is known and says what it may."""
    if not isinstance(benefits, Mapping):
        return _("Benefits are named: %(known)s.") % {"known": ", ".join(KNOWN)}
    for name, value in benefits.items():
        if name not in KNOWN:
            return _("%(name)s is no benefit that the house knows; there are %(known)s.") % {
                "name": name,
                "known": ", ".join(KNOWN),
            }
        if not KNOWN[name].fits(value):
            return _("%(name)s may be %(may_be)s.") % {
                "name": name,
                "may_be": _(KNOWN[name].may_be) % {"most": MOST_AMENITIES},
            }
    return ""


def in_words(benefits: Mapping[str, Any]) -> list[str]:
    """What a tier gives, a line each, in the order in which the house knows them; what it does not know is left out."""
    return [known.reads(benefits[name]) for name, known in KNOWN.items() if name in benefits]


@dataclass(frozen=True)
class Task:
    """What a department does on the day that a member arrives."""

    department: str
    words: str


def tasks(benefits: Mapping[str, Any]) -> list[Task]:
    """What a tier gives that somebody has to do. A later check-out is none: it is agreed at check-in."""
    return [
        Task(known.department, known.reads(benefits[name]))
        for name, known in KNOWN.items()
        if name in benefits and known.department
    ]


def late_check_out(benefits: Mapping[str, Any]) -> time | None:
    """Until when a tier keeps the room, local time."""
    return time.fromisoformat(benefits["late_check_out"]) if "late_check_out" in benefits else None
