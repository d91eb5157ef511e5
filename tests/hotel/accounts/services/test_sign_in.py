from datetime import UTC, datetime

import pytest
import time_machine
from django.core.cache import cache

from hotel.accounts.services.sign_in import hash_of, sign_in_wait


@pytest.fixture(autouse=True)
def empty_cache():
    cache.clear()


def test_the_eleventh_attempt_within_a_minute_must_wait():
    with time_machine.travel(datetime(2027, 3, 14, 12, tzinfo=UTC), tick=False) as clock:
        assert [sign_in_wait(username="bo", address="1.1.1.1") for _ in range(11)] == [0] * 10 + [60]
        clock.shift(61)
        assert sign_in_wait(username="bo", address="1.1.1.1") == 0


def test_others_and_other_addresses_do_not_wait():
    for _ in range(11):
        sign_in_wait(username="bo", address="1.1.1.1")

    assert sign_in_wait(username="eve", address="1.1.1.1") == 0
    assert sign_in_wait(username="bo", address="2.2.2.2") == 0
    assert sign_in_wait(username=" BO ", address="1.1.1.1") > 0


@pytest.mark.parametrize(
    ("case", "name"), [("spaces", "a b"), ("a surrogate", "\udcff"), ("long", "x" * 5000)]
)
def test_any_name_makes_a_key(case, name):
    assert len(hash_of(name)) <= 120
    assert sign_in_wait(username=name, address="1.1.1.1") == 0
