from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from axes.models import AccessAttempt
from django.core.cache import cache

from hotel.accounts.models import User
from hotel.accounts.services.devices import Browser, device_seen
from hotel.accounts.services.sign_in import (
    attempts_forget,
    password_wait,
    sign_in_begin,
    sign_in_succeeded,
)
from hotel.core.crypto import key_ring
from hotel.properties.models import Chain
from tests.together import together

HERE, THERE = Browser(address="192.0.2.1"), Browser(address="198.51.100.1")
NOON = datetime(2027, 3, 14, 12, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as travelled:
        yield travelled


def begin(times=1, *, name="bo", browser=HERE):
    return [sign_in_begin(username=name, browser=browser) for _ in range(times)]


def test_five_failures_are_free_then_each_waits_twice_as_long(cast, clock):
    assert begin(6) == [0, 0, 0, 0, 0, 60]
    assert begin(1) == [60], "asking while one waits does not make it longer"
    clock.shift(60)
    assert begin(2) == [0, 120]


def test_neither_case_nor_spaces_nor_neighbours_of_the_address_help(cast, clock):
    begin(5)

    assert begin(1, name=" BO ") == [60]
    assert begin(1, browser=Browser(address="192.0.2.200")) == [60]
    assert begin(1, name="eve") == [0]


def test_two_hundred_addresses_get_ten_guesses_an_hour(cast, clock):
    heard = 0
    for second in range(0, 3600, 20):
        clock.move_to(NOON + timedelta(seconds=second))
        for part in (second % 200, (second + 77) % 200):
            heard += begin(1, browser=Browser(address=f"10.0.{part}.1")) == [0]

    assert heard == 10


def test_whoever_guesses_elsewhere_does_not_make_the_night_desk_wait(cast, clock):
    desk = Browser(secret=device_seen(user=cast.bo, browser=HERE).secret, address="192.0.2.1")
    for part in range(40):
        begin(3, browser=Browser(address=f"10.0.{part}.1"))
    begin(9, browser=HERE)  # even from the same network
    assert begin(1, browser=HERE)[0] > 0

    assert begin(1, browser=desk) == [0]
    sign_in_succeeded(user=cast.bo, browser=desk)
    assert begin(5, browser=desk) == [0] * 5
    assert begin(1, browser=desk) == [15], "its own mistakes count, mildly"


def test_another_persons_device_is_no_way_round(cast, clock):
    desk = Browser(secret=device_seen(user=cast.cy, browser=HERE).secret, address="192.0.2.1")

    assert begin(6, browser=desk) == [0, 0, 0, 0, 0, 60]


def test_getting_it_right_takes_back_ones_own_mistakes_and_nobody_elses(cast, clock):
    begin(4, browser=THERE)
    begin(1, browser=HERE)
    sign_in_succeeded(user=cast.bo, browser=HERE)

    count = AccessAttempt.objects.get(username="bo", user_agent="everywhere").failures_since_start
    assert count == 4
    assert begin(2, browser=HERE) == [0, 60]


def test_what_is_no_name_of_ours_may_be_a_password_and_is_not_kept(cast):
    begin(1, name="my secret password")

    rows = list(AccessAttempt.objects.values_list("username", flat=True))
    assert len(rows) == 2
    assert "secret" not in str(rows)
    assert rows[0] == rows[1] == key_ring().fingerprint("my secret password", context="sign-in name")


@pytest.mark.parametrize(
    ("case", "name"),
    [("spaces", "a b"), ("a surrogate", "\udcff"), ("long", "x" * 5000), ("nul", "a\0b"), ("nothing", "")],
)
def test_any_name_is_counted(cast, clock, case, name):
    assert begin(6, name=name) == [0, 0, 0, 0, 0, 60]


def test_counts_are_forgotten_after_a_week(cast, clock):
    begin(1)
    clock.shift(timedelta(days=7))
    assert attempts_forget() == 0
    clock.shift(timedelta(seconds=1))
    assert (attempts_forget(), AccessAttempt.objects.count()) == (2, 0)


def test_who_is_signed_in_may_be_wrong_ten_times_a_minute(cast):
    cache.clear()

    assert [password_wait(user=cast.bo) for _ in range(10)] == [0] * 10
    assert password_wait(user=cast.bo) > 0
    assert password_wait(user=cast.cy) == 0


@pytest.mark.django_db(transaction=True)
def test_many_at_the_same_instant_are_heard_five_times():
    chain = Chain.objects.create(code="C", name="C")
    User.objects.create_user(username="bo", chain=chain)
    heard = together(*[lambda n=n: begin(2, browser=Browser(address=f"10.0.{n}.1")) for n in range(8)])

    assert sorted(seconds == 0 for pair in heard for seconds in pair).count(True) == 5
