"""Pauses between attempts."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.messaging.domain.retries import MESSAGE_BASE, MESSAGE_CAP, backoff


@pytest.mark.parametrize(
    ("attempt", "seconds"), [(1, 30), (2, 60), (3, 120), (8, 3840), (9, 7680), (10, 14400), (60, 14400)]
)
def test_the_pause_doubles_up_to_the_cap(attempt, seconds):
    assert backoff(attempt, base=MESSAGE_BASE, cap=MESSAGE_CAP, share=1) == timedelta(seconds=seconds)
    assert backoff(attempt, base=MESSAGE_BASE, cap=MESSAGE_CAP, share=0) == timedelta(seconds=seconds / 2)


@given(st.integers(1, 10_000), st.floats(0, 1))
def test_the_pause_lies_between_half_and_whole(attempt, share):
    pause = backoff(attempt, base=MESSAGE_BASE, cap=MESSAGE_CAP, share=share)
    assert MESSAGE_BASE / 2 <= pause <= MESSAGE_CAP
