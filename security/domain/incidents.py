"""What may become of an incident, and the clock of its notice to the authority (GDPR 33, NIST SP 800-61r3)."""

from datetime import datetime, timedelta

EDGES: dict[str, frozenset[str]] = {
    "detected": frozenset({"triaged", "false_positive"}),
    "triaged": frozenset({"declared", "false_positive"}),
    "declared": frozenset({"contained", "false_positive"}),
    "contained": frozenset({"eradicated"}),
    "eradicated": frozenset({"recovering"}),
    "recovering": frozenset({"recovered"}),
    "recovered": frozenset({"reviewed"}),
    "reviewed": frozenset({"closed"}),
    "closed": frozenset(),
    "false_positive": frozenset(),
}
NOTICE = timedelta(hours=72)
REMINDERS = (timedelta(hours=24), timedelta(hours=48), timedelta(hours=66))


def may_become(status: str, wanted: str) -> bool:
    """Whether an incident in one state may come into another one."""
    return wanted in EDGES[status]


def notice_due_at(aware_at: datetime) -> datetime:
    """The instant by which the authority is told: 72 hours of elapsed time after the house became aware.

    Args:
        aware_at: an aware instant in UTC; hours are counted in UTC, so that a change of summer time moves nothing.

    Raises:
        ValueError: not in UTC, where adding hours would count them on the wall.
    """
    if aware_at.utcoffset() != timedelta(0):
        raise ValueError("Give the instant in UTC.")
    return aware_at + NOTICE


def hours_left(aware_at: datetime, at: datetime) -> int:
    """Whole hours until the authority must have been told, rounded down; below zero when they are over."""
    return (notice_due_at(aware_at) - at) // timedelta(hours=1)


def reminders_at(aware_at: datetime) -> list[datetime]:
    """When those who respond are reminded, ascending: after 24, 48 and 66 hours."""
    return [notice_due_at(aware_at) - NOTICE + delay for delay in REMINDERS]


def needs_reason(aware_at: datetime, told_at: datetime) -> bool:
    """Whether a notice is late, and must say why (GDPR 33(1)); the very instant is in time."""
    return told_at > notice_due_at(aware_at)
