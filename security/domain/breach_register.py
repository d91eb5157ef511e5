"""What was decided about telling of a breach, and why: as the register says it (GDPR 33(1), 33(5), 34)."""

from dataclasses import dataclass
from datetime import datetime

from security.domain.incidents import needs_reason, notice_due_at


@dataclass(frozen=True)
class Facts:
    """What the decisions follow from.

    Attributes:
        aware_at: when the house knew, in UTC.
        risk: for the people concerned: unknown, unlikely, likely or high.
        authority_told_at, people_told_at: when; None if not.
    """

    aware_at: datetime
    risk: str
    authority_told_at: datetime | None = None
    people_told_at: datetime | None = None


AUTHORITY = {
    "told_in_time": "Told within 72 hours",
    "told_late": "Told after 72 hours",
    "not_needed": "Not told: a risk is unlikely",
    "waits": "To be told",
    "overdue": "Not told, and the 72 hours are over",
}
PEOPLE = {
    "told": "Told",
    "not_needed": "Not told: the risk is not high",
    "waits": "To be told: the risk is high",
    "open": "Not decided: the risk is not assessed",
}


def authority_decision(facts: Facts, at: datetime) -> str:
    """One of ``AUTHORITY``, as it stands at a moment."""
    if facts.authority_told_at is not None:
        return "told_late" if needs_reason(facts.aware_at, facts.authority_told_at) else "told_in_time"
    if facts.risk == "unlikely":
        return "not_needed"
    return "overdue" if at > notice_due_at(facts.aware_at) else "waits"


def people_decision(facts: Facts) -> str:
    """One of ``PEOPLE``."""
    if facts.people_told_at is not None:
        return "told"
    return {"high": "waits", "unknown": "open"}.get(facts.risk, "not_needed")
