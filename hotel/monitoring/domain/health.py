"""Whether the house as a whole is well, from looks at its parts."""

from collections.abc import Iterable, Sequence

from hotel.core.health_checks import DEGRADED, FAILED, OK


def overall(looks: Iterable[tuple[str, bool]]) -> str:
    """The state of the house.

    Args:
        looks: state of each part and whether the part is vital.

    Returns:
        ``failed`` when a vital part failed, ``degraded`` when any part is not as it should be, ``ok`` otherwise. A part
        that is off is not in use here and counts for nothing.
    """
    looks = list(looks)
    if any(state == FAILED and is_vital for state, is_vital in looks):
        return FAILED
    return DEGRADED if any(state in (FAILED, DEGRADED) for state, _ in looks) else OK


def working_per_mille(counts: Sequence[tuple[str, int]]) -> int | None:
    """How many of a thousand looks found the part working; None without a look.

    Rounded down: a thousand is said only when no look found a failure.

    Args:
        counts: state and how many looks found it; ``degraded`` works.
    """
    total = sum(count for _, count in counts)
    working = sum(count for state, count in counts if state != FAILED)
    return 1000 * working // total if total else None
