"""What a look at one thing that the house depends on found; apps give such looks to the house by their plugs."""

from dataclasses import dataclass

OK, OFF, DEGRADED, FAILED = "ok", "off", "degraded", "failed"


@dataclass(frozen=True)
class Finding:
    """One look.

    Attributes:
        state: ``ok``, ``off`` (not in use here), ``degraded`` (it works, not as it should) or ``failed``.
        value: what was measured, in ``unit``; None when there is nothing to measure.
        unit: such as ``s``, ``%`` or ``waiting``.
        detail: one line for the people who run the house; no names, no addresses, no secrets.
    """

    state: str
    value: int | None = None
    unit: str = ""
    detail: str = ""


def graded(value: int, *, degraded_from: int, failed_from: int) -> str:
    """The state of a value that is the worse the larger it is; both bounds belong to the worse state."""
    if value >= failed_from:
        return FAILED
    return DEGRADED if value >= degraded_from else OK
