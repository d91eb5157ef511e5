"""How much of the disk is left: each process looks every few seconds, and asking costs a request nothing.

With little left uploads, imports and exports are refused, so that bookings go on; with almost nothing left nothing is
changed any more, so that what was acknowledged stays. Source: security reference §5.8.
"""

import time
from dataclasses import dataclass

from django.conf import settings

from hotel.core.exceptions import StorageLow
from hotel.core.readiness import disk_free
from hotel.core.words import _

EVERY_SECONDS, STALE_SECONDS = 5.0, 15.0
MARGIN = 2  # per cent more must be free before something goes on again, so that it does not flutter


@dataclass(frozen=True)
class Room:
    """What is free, and what is refused therefore.

    Attributes:
        free: per cent of the disk, rounded down.
        is_low: nothing large is taken or made.
        is_full: nothing is changed.
    """

    free: int = 100
    is_low: bool = False
    is_full: bool = False


def room_after(before: Room, free: int, *, low: int, full: int) -> Room:
    """What holds after a look.

    Args:
        before: what held until now.
        free: per cent.
        low, full: below which it is so; 0 for never.
    """
    return Room(free, _is_short(before.is_low, free, low), _is_short(before.is_full, free, full))


def _is_short(was: bool, free: int, threshold: int) -> bool:
    return free < threshold + (MARGIN if was and threshold else 0)


class DiskWatch:
    """What this process saw last."""

    def __init__(self) -> None:
        """Nothing was seen."""
        self.forget()

    def forget(self) -> None:
        """As new."""
        self._room, self._seen_at = Room(), float("-inf")

    @property
    def room(self) -> Room:
        """The last look; a new one where no thread of the process looks by itself."""
        if time.monotonic() - self._seen_at > STALE_SECONDS:
            self.refresh()
        return self._room

    def refresh(self) -> Room:
        """Look now; one call of the system."""
        free, _ = disk_free()
        low, full = settings.DISK_LOW_PERCENT, settings.DISK_READ_ONLY_PERCENT
        self._room, self._seen_at = room_after(self._room, free, low=low, full=full), time.monotonic()
        return self._room

    def refresh_when_due(self) -> Room:
        """Look unless the last look is younger than a few seconds; for threads that come by often."""
        return self.refresh() if time.monotonic() - self._seen_at >= EVERY_SECONDS else self._room


disk_watch = DiskWatch()


def require_room() -> None:
    """Before something large is taken or made.

    Raises:
        StorageLow: little of the disk is left.
    """
    room = disk_watch.room
    if room.is_low:
        text = _(
            "Only %(free)s %% of the disk is free: files are neither taken nor made until there is room again."
        ) % {"free": room.free}
        raise StorageLow(text, extra={"free_percent": room.free})


def full_words() -> str:
    """Why nothing is changed at present; empty while there is room."""
    room = disk_watch.room
    if not room.is_full:
        return ""
    return _(
        "Nothing can be changed at present: only %(free)s %% of the disk is free. Everything can be read."
    ) % {"free": room.free}
