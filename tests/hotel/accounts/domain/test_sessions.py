import pytest

from hotel.accounts.domain.sessions import Limits

LIMITS = Limits(idle=1800, ends_at=100_000, step_up=300)


@pytest.mark.parametrize(
    ("now", "left"), [(0, 1800), (98_200, 1800), (98_201, 1799), (99_999, 1), (100_000, 0), (200_000, 0)]
)
def test_a_session_lasts_as_it_is_used_and_never_longer_than_its_end(now, left):
    assert LIMITS.seconds_left(now) == left


@pytest.mark.parametrize(("now", "is_confirmed"), [(50, True), (350, True), (350.5, False), (49, False)])
def test_a_password_counts_for_some_minutes_and_not_from_the_future(now, is_confirmed):
    assert LIMITS.is_confirmed(confirmed_at=50, now=now) is is_confirmed
