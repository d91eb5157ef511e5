"""The API counts codes for each person who tries them."""

from types import SimpleNamespace

import pytest

from loyalty.api.throttling import VoucherThrottle

pytestmark = pytest.mark.usefixtures("fresh_tries")


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
