"""Durations as counts in logarithmic buckets: small, mergeable without loss, quantiles within 2 %.

As DDSketch does it (Masson, Rim, Lee 2019) with γ = 1.04, which is an error of (γ − 1) / (γ + 1) = 1.96 %. Written
here because a merge in the database must be a plain sum of counts, which no library's own format allows, and because
a bucket costs a third of a microsecond and ``DDSketch.add`` of the library half of one and an object a key.
"""

import math
from collections.abc import Iterable, Mapping
from itertools import accumulate

GAMMA = 1.04
_PER_LOG = 1 / math.log(GAMMA)


def bucket_of(microseconds: int) -> int:
    """The bucket of a duration: 0 for less than two microseconds."""
    return math.ceil(math.log(microseconds) * _PER_LOG) if microseconds > 1 else 0


def value_of(bucket: int) -> float:
    """The duration that stands for a bucket, in microseconds: at most 1.96 % from each in it."""
    return 2 * GAMMA**bucket / (GAMMA + 1)


def merged(sketches: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The sum of several histograms: bucket, as text, to count."""
    found: dict[str, int] = {}
    for sketch in sketches:
        for bucket, count in sketch.items():
            found[bucket] = found.get(bucket, 0) + count
    return found


def quantile(sketch: Mapping[str, int], share: float) -> float:
    """The duration in microseconds that this share (0–1) of all stays within; 0 of an empty histogram.

    The rank is ``ceil(share × count)``, at least 1: the median of one, two, three is two.
    """
    total = sum(sketch.values())
    if not total:
        return 0.0
    rank = min(total, max(1, math.ceil(share * total - 1e-9)))
    buckets = sorted(int(name) for name in sketch)
    reached = accumulate(sketch[str(bucket)] for bucket in buckets)
    return value_of(next(bucket for bucket, count in zip(buckets, reached, strict=True) if count >= rank))
