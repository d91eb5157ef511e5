"""Codes are counted for each person who tries them, wherever he does so."""

from hotel.monitoring.domain.gcra import Quota
from loyalty.services import voucher_tries
from loyalty.services.voucher_tries import code_try


def test_they_are_thirty_a_minute():
    assert voucher_tries.CODES.quota == Quota(30, 60, 30)


def test_who_has_tried_enough_waits_and_others_do_not(fresh_tries):
    assert [code_try(1).is_allowed for _ in range(31)] == [True] * 30 + [False]
    assert code_try(1).retry_seconds > 0
    assert (code_try(2).is_allowed, code_try(2).remaining) == (True, 28)
