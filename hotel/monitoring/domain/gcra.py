"""The generic cell rate algorithm: one moment a key says how much of a quota is used up.

The moment is that at which the whole burst will be free again (the "theoretical arrival time"). A request moves it
on by its cost; one that would move it further ahead than the burst reaches is refused and moves nothing. In any
window of t periods at most ``rate × t + burst`` points pass.
"""

from dataclasses import dataclass

SECOND = 1_000_000


@dataclass(frozen=True)
class Quota:
    """How much may pass.

    Attributes:
        rate: points per period, at least 1.
        period_seconds: length of the period.
        burst: points that may pass at once after a pause, at least 1.
    """

    rate: int
    period_seconds: int
    burst: int

    @property
    def interval(self) -> int:
        """Microseconds that one point takes to come back, rounded up so that never more passes than is granted."""
        return max(1, -(-self.period_seconds * SECOND // self.rate))

    @property
    def tolerance(self) -> int:
        """Microseconds that the moment may lie ahead."""
        return self.interval * self.burst

    def cost(self, points: int) -> int:
        """Microseconds that a request of so many points costs; one dearer than the burst costs the whole burst."""
        return self.interval * max(1, min(points, self.burst))

    def share(self, workers: int) -> "Quota":
        """What one of so many processes may let through by itself; at least one point a period.

        Where the rate has no such part the period is longer, so that the shares together never exceed the whole.
        """
        burst = max(1, self.burst // workers)
        if self.rate % workers == 0:
            return Quota(self.rate // workers, self.period_seconds, burst)
        return Quota(self.rate, self.period_seconds * workers, burst)


@dataclass(frozen=True)
class Decision:
    """What became of a request.

    Attributes:
        is_allowed: whether it may pass.
        remaining: points that could still pass at once.
        reset_seconds: until the whole burst is free again, rounded up.
        retry_seconds: until the same request would pass, rounded up; 0 when it did.
    """

    is_allowed: bool
    remaining: int
    reset_seconds: int
    retry_seconds: int


def step(ahead: int, quota: Quota, points: int = 1) -> tuple[bool, int]:
    """Whether a request passes, and how far ahead the moment lies then.

    Args:
        ahead: microseconds that the moment lies in the future; what lies in the past counts as 0.
        quota: what may pass.
        points: what the request costs.
    """
    before = max(ahead, 0)
    after = before + quota.cost(points)
    return (True, after) if after <= quota.tolerance else (False, before)


def decision_of(is_allowed: bool, ahead: int, quota: Quota, points: int = 1) -> Decision:
    """What to tell about a request after which the moment lies so many microseconds ahead."""
    room = quota.tolerance - ahead
    wait = 0 if is_allowed else max(1, quota.cost(points) - room)
    return Decision(
        is_allowed=is_allowed,
        remaining=max(0, room // quota.interval),
        reset_seconds=-(-max(ahead, 0) // SECOND),
        retry_seconds=-(-wait // SECOND),
    )


def refused_of(minutes: list[tuple[int, int]], quota: Quota, points: int = 1) -> int:
    """How many requests of a client a quota would have refused, as well as counts by the minute can tell.

    Args:
        minutes: minutes since any start, ascending, and how many requests came in each. Within a minute they are
            taken as evenly spread, so short peaks are not seen.
        quota: the quota asked about.
        points: what each request costs.
    """
    free, last, refused = float(quota.burst), None, 0.0
    cost, per_minute = quota.cost(points) / quota.interval, 60 * SECOND / quota.interval
    for minute, count in minutes:
        if last is not None:
            free = min(quota.burst, free + per_minute * (minute - last - 1))
        passed = min(count, (free + per_minute) / cost)
        refused += count - passed
        free = min(quota.burst, free + per_minute - passed * cost)
        last = minute
    return round(refused)
