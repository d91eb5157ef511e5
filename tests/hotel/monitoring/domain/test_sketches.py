"""Quantiles of the buckets beside those of the exact numbers."""

import math
import random

from hypothesis import given
from hypothesis import strategies as st

from hotel.monitoring.domain.sketches import GAMMA, bucket_of, merged, quantile, value_of

durations = st.lists(st.integers(1, 10**8), min_size=1, max_size=400)


def sketch_of(values):
    found = {}
    for value in values:
        name = str(bucket_of(value))
        found[name] = found.get(name, 0) + 1
    return found


@given(st.integers(1, 10**10))
def test_a_bucket_stands_for_each_duration_in_it_within_two_per_cent(duration):
    error = abs(value_of(bucket_of(duration)) - duration) / duration
    assert error <= (GAMMA - 1) / (GAMMA + 1) + 1e-9 < 0.02


@given(durations, st.sampled_from([0.5, 0.9, 0.95, 0.99, 1.0]))
def test_quantiles_are_within_two_per_cent_of_the_exact_ones(values, share):
    exact = sorted(values)[max(1, math.ceil(share * len(values) - 1e-9)) - 1]
    assert abs(quantile(sketch_of(values), share) - exact) <= 0.02 * exact


@given(durations, durations)
def test_a_merge_loses_nothing(one, other):
    assert merged([sketch_of(one), sketch_of(other)]) == sketch_of(one + other)


def test_real_durations_of_three_shapes():
    draw = random.Random(4)
    for shape in (
        lambda: draw.lognormvariate(10, 1),
        lambda: draw.expovariate(1 / 30_000),
        lambda: draw.uniform(5_000, 9_000) * (20 if draw.random() < 0.01 else 1),
    ):
        values = [max(1, int(shape())) for _ in range(20_000)]
        exact = sorted(values)
        for share in (0.5, 0.95, 0.99):
            true = exact[math.ceil(share * len(values)) - 1]
            assert abs(quantile(sketch_of(values), share) / true - 1) <= 0.02


def test_nothing_has_no_quantile():
    assert quantile({}, 0.95) == 0.0
