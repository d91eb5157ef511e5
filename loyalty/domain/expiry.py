"""When points end: after a fixed term, at the end of a month or year, or when a member has not come for long.

Source: docs/algorithms/points.md §2.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hotel.core.months import month_end, months_later

Kind = Literal["never", "term", "activity"]
End = Literal["day", "month", "year"]


@dataclass(frozen=True)
class ExpiryRule:
    """How long points live.

    Attributes:
        kind: ``never``; ``term``: so many months after they were earned; ``activity``: so many months after the
            member's last activity, which keeps all of his points alive.
        months: above zero, but for ``never``.
        end: the term runs on to the end of this.
    """

    kind: Kind = "never"
    months: int = 0
    end: End = "day"


def last_day(rule: ExpiryRule, *, earned_on: date, active_on: date | None = None) -> date | None:
    """The last day that points may be spent on, inclusive, in the programme's zone.

    Args:
        rule: the programme's.
        earned_on: business date.
        active_on: the member's last activity, when the rule asks for it; an earning is one itself.

    Returns:
        None when they never end.
    """
    if rule.kind == "never":
        return None
    begin = earned_on if rule.kind == "term" or active_on is None else max(earned_on, active_on)
    day = months_later(begin, rule.months)
    if rule.end == "month":
        return month_end(day)
    return day.replace(month=12, day=31) if rule.end == "year" else day
