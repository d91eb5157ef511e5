"""The one door to the wall clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_set_to: ContextVar[datetime | None] = ContextVar("clock_set_to", default=None)


def now() -> datetime:
    """The current instant, timezone-aware, UTC; in a replay the instant that ``clock_set`` says."""
    return _set_to.get() or timezone.now()  # noqa: TID251  (this is the door)


@contextmanager
def clock_set(instant: datetime) -> Iterator[None]:
    """Let the clock stand at an instant within the block, for this thread or task only: history is replayed."""
    token = _set_to.set(instant)
    try:
        yield
    finally:
        _set_to.reset(token)
