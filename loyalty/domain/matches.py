"""Status matches: how long a matched tier lasts, and when a member may ask again.

Source: docs/algorithms/points.md §14.
"""

from datetime import date, timedelta

from hotel.core.months import months_later

MOST_DAYS = 1096


def last_day(first: date, days: int) -> date:
    """The last of so many days, the first one included."""
    return first + timedelta(days=days - 1)


def again_on(asked_on: date, months: int) -> date:
    """The first day that a member may ask for another match."""
    return months_later(asked_on, months)


def same(name: str) -> str:
    """A name as it is compared and kept: without spaces that nobody sees."""
    return " ".join(name.split())


def in_words(foreign: str, tier: str, days: int, challenge: str = "") -> str:
    """One sentence for managers.

    Args:
        challenge: name of the one that he takes part in; empty for none.
    """
    then = f", and takes part in {challenge}" if challenge else ""
    return f"Who is {foreign} elsewhere is {tier} here for {days} {'day' if days == 1 else 'days'}{then}."
