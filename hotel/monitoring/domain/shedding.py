"""What is refused first when the machine cannot keep up, and when that is."""

from dataclasses import dataclass

REPORTS = frozenset({"reports"})
ANALYTICS = frozenset({"analytics", "monitoring"})
# Whatever sells, takes money or lets a guest in is written, not listed: it is never refused.
NEVER = 4
LEVELS = (1.0, 2.0, 4.0)
CALM = 0.7  # of a threshold: below it the level falls again


def shed_level(area: str, method: str, *, is_list: bool) -> int:
    """From which level on a request is refused: 1 reports, 2 analytics, 3 listings, 4 never.

    Args:
        area: the endpoint's area.
        method: of HTTP.
        is_list: whether it reads many rows.
    """
    if area in REPORTS:
        return 1
    if area in ANALYTICS:
        return 2
    if is_list and method in {"GET", "HEAD"}:
        return 3
    return NEVER


@dataclass(frozen=True)
class Pressure:
    """How much more there is to do than can be done.

    Attributes:
        lag_seconds: how late a thread that asks for nothing but its turn gets it.
        in_flight: requests of this process that are not answered yet.
        lag_limit, flight_limit: what is bearable of each.
    """

    lag_seconds: float
    in_flight: int
    lag_limit: float
    flight_limit: int

    @property
    def load(self) -> float:
        """1 is the limit of the worse of both."""
        return max(self.lag_seconds / self.lag_limit, self.in_flight / self.flight_limit)


def next_level(level: int, load: float) -> int:
    """The level after a measurement: up at once, down one step when it is calm, so that it does not flutter."""
    reached = sum(load >= threshold for threshold in LEVELS)
    if reached > level:
        return reached
    if level and load < LEVELS[level - 1] * CALM:
        return level - 1
    return level
