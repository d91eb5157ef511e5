"""What this process saw since it last told the database: counts in memory, a few microseconds a request."""

import threading
from dataclasses import dataclass, field
from typing import Any

from hotel.monitoring.domain.matching import Principal
from hotel.monitoring.domain.sketches import bucket_of

MOST_KEYS = 10_000
MOST_SLOW = 20
OTHER: Principal = ("other", 0)
OTHER_OPERATION = "other"

# minute, operation, kind, client, property, status class, version
Key = tuple[int, str, str, int, int, int, str]
COUNT, LIMITED, BYTES_IN, BYTES_OUT, QUERIES, TOTAL, LONGEST = range(7)


@dataclass
class Seen:
    """Counts between two flushes.

    Attributes:
        cells: key to sums and a histogram.
        tallies: rule and hour to requests that passed, were refused, and would have been.
        slow: samples, at most one of an operation.
    """

    cells: dict[Key, tuple[list[int], dict[int, int]]] = field(default_factory=dict)
    tallies: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    slow: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.cells or self.tallies or self.slow)


class Recorder:
    """Thread-safe; holds at most ten thousand keys, beyond which all further ones count as ``other``."""

    def __init__(self) -> None:
        """Nothing was seen."""
        self._seen = Seen()
        self._lock = threading.Lock()

    def record(
        self,
        key: Key,
        microseconds: int,
        *,
        bytes_in: int = 0,
        bytes_out: int = 0,
        queries: int = 0,
        is_limited: bool = False,
    ) -> None:
        """Count one request."""
        bucket = bucket_of(microseconds)
        with self._lock:
            cells = self._seen.cells
            cell = cells.get(key)
            if cell is None:
                if len(cells) >= MOST_KEYS:
                    key = (key[0], OTHER_OPERATION, *OTHER, 0, key[5], key[6])
                cell = cells.setdefault(key, ([0] * 7, {}))
            sums, histogram = cell
            sums[COUNT] += 1
            sums[LIMITED] += is_limited
            sums[BYTES_IN] += bytes_in
            sums[BYTES_OUT] += bytes_out
            sums[QUERIES] += queries
            sums[TOTAL] += microseconds
            if microseconds > sums[LONGEST]:
                sums[LONGEST] = microseconds
            histogram[bucket] = histogram.get(bucket, 0) + 1

    def tally(self, rule_id: int, hour: int, place: int) -> None:
        """Count what a rule did: 0 it let pass, 1 it refused, 2 it would have refused."""
        with self._lock:
            self._seen.tallies.setdefault((rule_id, hour), [0, 0, 0])[place] += 1

    def sample(self, operation: str, values: dict[str, Any]) -> None:
        """Keep a slow request; of an operation the slowest since the last flush."""
        with self._lock:
            slow = self._seen.slow
            known = slow.get(operation)
            if known is None and len(slow) >= MOST_SLOW:
                return
            if known is None or known["duration_us"] < values["duration_us"]:
                slow[operation] = values

    def drain(self) -> Seen:
        """All that was seen, which is forgotten here."""
        with self._lock:
            seen, self._seen = self._seen, Seen()
        return seen

    def put_back(self, seen: Seen) -> None:
        """Count again what could not be told; samples and what goes beyond the bound are lost."""
        with self._lock:
            for key, (sums, histogram) in seen.cells.items():
                if key not in self._seen.cells and len(self._seen.cells) >= MOST_KEYS:
                    continue
                ours, buckets = self._seen.cells.setdefault(key, ([0] * 7, {}))
                longest = max(ours[LONGEST], sums[LONGEST])
                ours[:] = [one + other for one, other in zip(ours, sums, strict=True)]
                ours[LONGEST] = longest
                for bucket, count in histogram.items():
                    buckets[bucket] = buckets.get(bucket, 0) + count
            for at, counts in seen.tallies.items():
                known = self._seen.tallies.setdefault(at, [0, 0, 0])
                known[:] = [one + other for one, other in zip(known, counts, strict=True)]


recorder = Recorder()
