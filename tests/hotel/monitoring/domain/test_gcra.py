"""Never more than the rate and one burst, whatever the pattern of requests."""

from hypothesis import given
from hypothesis import strategies as st

from hotel.monitoring.domain.gcra import SECOND, Quota, decision_of, refused_of, step

quotas = st.builds(Quota, st.integers(1, 1000), st.integers(1, 120), st.integers(1, 50))
gaps = st.lists(st.integers(0, 3 * SECOND), min_size=1, max_size=200)


def run(quota, pauses, points=1):
    """The moments at which requests pass that come after these pauses."""
    now, tat, passed = 0, 0, []
    for pause in pauses:
        now += pause
        is_allowed, ahead = step(tat - now, quota, points)
        if is_allowed:
            passed.append(now)
            tat = now + ahead
    return passed


@given(quotas, gaps)
def test_no_window_lets_more_pass_than_the_rate_and_one_burst(quota, pauses):
    passed = run(quota, pauses)
    for first, start in enumerate(passed):
        for last in range(first, len(passed)):
            window = passed[last] - start
            assert (
                last - first + 1 <= window * quota.rate / (quota.period_seconds * SECOND) + quota.burst + 1e-9
            )


@given(quotas, st.integers(1, 60))
def test_a_whole_burst_passes_at_once_and_not_one_more(quota, more):
    assert len(run(quota, [0] * (quota.burst + more))) == quota.burst


@given(quotas)
def test_after_the_told_wait_the_same_request_passes(quota):
    ahead = quota.tolerance
    refused, ahead = step(ahead, quota)
    told = decision_of(refused, ahead, quota)
    assert (told.is_allowed, told.remaining) == (False, 0)
    assert step(ahead - told.retry_seconds * SECOND, quota)[0]


@given(quotas, st.integers(1, 16))
def test_the_shares_together_are_never_more_than_the_whole(quota, workers):
    share = quota.share(workers)
    assert share.rate / share.period_seconds * workers <= quota.rate / quota.period_seconds + 1e-9
    assert share.burst * workers <= max(quota.burst, workers)


def test_what_is_told_of_a_quota_half_used():
    quota = Quota(rate=60, period_seconds=60, burst=10)
    assert decision_of(True, 4 * SECOND, quota).remaining == 6
    assert decision_of(True, 4 * SECOND, quota).reset_seconds == 4
    assert decision_of(False, 10 * SECOND, quota).retry_seconds == 1
    assert decision_of(False, 10 * SECOND, quota, points=3).retry_seconds == 3


def test_a_request_dearer_than_the_burst_costs_the_whole_burst():
    quota = Quota(rate=60, period_seconds=60, burst=10)
    assert step(0, quota, points=50) == (True, 10 * SECOND)
    assert step(1, quota, points=50) == (False, 1)


def test_the_preview_refuses_what_the_quota_does_not_give_back():
    quota = Quota(rate=60, period_seconds=60, burst=30)
    assert refused_of([(0, 100), (1, 100), (2, 100)], quota) == 90
    assert refused_of([(0, 60), (1, 60)], quota) == 0
    assert refused_of([(0, 90), (60, 90)], quota) == 0
