"""On which nights a fixed charge is due."""

from datetime import date


def is_due(night: date, *, first_night: date, until: date | None, every_nights: int) -> bool:
    """Whether a charge for every n-th night is due.

    Args:
        night: business date.
        first_night: the first one it is due on.
        until: the first one it is no longer due on; None for no end.
        every_nights: 1 for each, 7 for once a week.
    """
    if night < first_night or (until is not None and night >= until):
        return False
    return (night - first_night).days % every_nights == 0
