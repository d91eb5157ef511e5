"""How long a session lasts, and when something delicate asks for the password again. Times are seconds since 1970."""

from dataclasses import dataclass

TOUCHED_EVERY = 60  # seconds: so often a session that is used is written


@dataclass(frozen=True)
class Limits:
    """The limits of one session.

    Attributes:
        idle: seconds without a request.
        ends_at: whatever happens.
        step_up: seconds for which a password that was named counts.
    """

    idle: int
    ends_at: float
    step_up: int

    def seconds_left(self, now: float) -> int:
        """How long it lasts from a request at this instant, if no other follows; 0 when it is over."""
        return max(0, int(min(self.idle, self.ends_at - now)))

    def is_confirmed(self, *, confirmed_at: float, now: float) -> bool:
        """Whether the password was named lately enough."""
        return 0 <= now - confirmed_at <= self.step_up
