from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotel.accounts.domain.pacing import (
    EVERYWHERE,
    KNOWN_DEVICE,
    NETWORK,
    NOWHERE,
    network_of,
    seconds_to_wait,
)

NOW = timedelta(0)


@pytest.mark.parametrize(
    ("pace", "failures", "seconds"),
    [
        (NETWORK, 4, 0),
        (NETWORK, 5, 30),
        (NETWORK, 6, 60),
        (NETWORK, 9, 480),
        (NETWORK, 10, 900),
        (NETWORK, 10_000, 900),
        (EVERYWHERE, 5, 60),
        (EVERYWHERE, 9, 960),
        (EVERYWHERE, 10, 1800),
        (KNOWN_DEVICE, 5, 15),
        (KNOWN_DEVICE, 8, 120),
        (KNOWN_DEVICE, 99, 120),
    ],
)
def test_the_wait_doubles_up_to_the_longest(pace, failures, seconds):
    assert seconds_to_wait(pace, failures=failures, since_last=NOW) == seconds


def test_the_wait_ends_and_part_of_a_second_is_a_second():
    assert seconds_to_wait(NETWORK, failures=5, since_last=timedelta(seconds=29.5)) == 1
    assert seconds_to_wait(NETWORK, failures=5, since_last=timedelta(seconds=30)) == 0


def test_after_a_day_nothing_is_held_against_anybody():
    assert seconds_to_wait(EVERYWHERE, failures=99, since_last=timedelta(days=1)) == 0


def test_from_everywhere_together_a_name_is_guessed_at_ten_times_an_hour():
    guesses, failures, last = [], 0, NOW
    for second in range(6 * 3600):
        at = timedelta(seconds=second)
        while seconds_to_wait(EVERYWHERE, failures=failures, since_last=at - last) == 0:
            guesses.append(second)
            failures, last = failures + 1, at

    hours = [sum(start <= guess < start + 3600 for guess in guesses) for start in range(0, 5 * 3600, 60)]
    assert (max(hours), hours[-1]) == (10, 2)


@pytest.mark.parametrize(
    ("case", "address", "network"),
    [
        ("v4", "203.0.113.77", "203.0.113.0"),
        ("v6", "2001:db8:1:2ff:3::9", "2001:db8:1:200::"),
        ("v4 in v6", "::ffff:203.0.113.77", "203.0.113.0"),
        ("nothing", "", NOWHERE),
        ("a socket", "unix", NOWHERE),
    ],
)
def test_addresses_of_one_network_count_together(case, address, network):
    assert network_of(address) == network


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_more_failures_never_wait_less(failures, more):
    less = seconds_to_wait(EVERYWHERE, failures=failures, since_last=NOW)
    assert less <= seconds_to_wait(EVERYWHERE, failures=failures + more, since_last=NOW) <= 1800
