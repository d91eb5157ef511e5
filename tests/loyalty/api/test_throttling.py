"""Codes are counted for each person who tries them."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from hotel.monitoring.domain.gcra import Quota
from hotel.monitoring.services.limiter import limiter
from loyalty.api import throttling
from loyalty.api.throttling import VoucherThrottle


@pytest.fixture(autouse=True)
def fresh_counts(monkeypatch):
    """Nobody has tried a code yet, and no slow machine gives more of them meanwhile."""
    assert throttling.CODES.quota == Quota(30, 60, 30)
    monkeypatch.setattr(throttling, "CODES", replace(throttling.CODES, quota=Quota(1, 3600, 30)))
    limiter.cache_clear()
    yield
    limiter.cache_clear()


def tried(pk, is_authenticated=True):
    throttle = VoucherThrottle()
    user = SimpleNamespace(pk=pk, is_authenticated=is_authenticated)
    return throttle.allow_request(SimpleNamespace(user=user), None), throttle.wait()


def test_thirty_a_minute_for_each():
    assert [tried(1)[0] for _ in range(31)] == [True] * 30 + [False]
    assert tried(1)[1] > 0
    assert tried(2) == (True, None)


def test_nobody_is_refused_elsewhere():
    assert {tried(None, is_authenticated=False) for _ in range(40)} == {(True, None)}
