"""When to try again: exponential back-off with jitter, shared by messages and webhooks."""

from datetime import timedelta

MESSAGE_ATTEMPTS = 8
MESSAGE_BASE = timedelta(seconds=30)
MESSAGE_CAP = timedelta(hours=4)
WEBHOOK_ATTEMPTS = 15
WEBHOOK_BASE = timedelta(seconds=5)
WEBHOOK_CAP = timedelta(hours=2)


def backoff(attempt: int, *, base: timedelta, cap: timedelta, share: float) -> timedelta:
    """The pause after a failed attempt.

    Args:
        attempt: how many attempts have failed, ≥ 1.
        base: pause after the first.
        cap: the longest pause.
        share: 0–1, drawn by the caller; spreads the repetitions of many senders.

    Returns:
        Between half and the whole of ``min(cap, base × 2^(attempt−1))``.
    """
    whole = min(cap, base * 2 ** min(attempt - 1, 30))
    return whole / 2 + whole / 2 * share
