"""Instants of local clocks, by time zone; pure, for rules that know a zone but no property."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def instant_at(zone: ZoneInfo, day: date, at: time) -> datetime:
    """The UTC instant at which clocks in the zone show ``at`` on ``day``.

    A time that the clocks skip (spring forward, midnight in some zones) becomes the first instant after the
    gap; a time that comes twice means the first of the two.
    """
    naive = datetime.combine(day, at)
    early, late = (naive.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (1, 0))
    if early >= late or late.astimezone(zone).replace(tzinfo=None) == naive:
        return late
    return _clock_change(zone, early, late)


def _clock_change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant between two others at which the zone's offset changes, to the second."""
    new_offset = after.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) // 2
        if middle.astimezone(zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
