from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from hotel.accounts.models import SignInDevice
from hotel.accounts.services.devices import Browser, device_known, device_revoke, device_seen
from hotel.core.exceptions import NotPermitted

FIREFOX = Browser(address="203.0.113.7", user_agent="Mozilla/5.0 (Windows NT 10.0) Firefox/130.0")


def test_a_browser_gets_a_secret_of_which_only_a_hash_is_kept(cast):
    seen = device_seen(user=cast.bo, browser=FIREFOX)

    assert (seen.is_new, seen.device.name, seen.device.last_address) == (
        True,
        "Firefox on Windows",
        "203.0.113.7",
    )
    assert seen.secret not in str(SignInDevice.objects.values().get())
    assert device_known(username="BO", secret=seen.secret) == seen.device
    assert device_known(username="cy", secret=seen.secret) is None


def test_the_same_browser_is_one_row_and_another_person_on_it_one_more(cast):
    first = device_seen(user=cast.bo, browser=FIREFOX)
    again = device_seen(user=cast.bo, browser=Browser(secret=first.secret, address="198.51.100.1"))
    other = device_seen(user=cast.cy, browser=Browser(secret=first.secret))

    assert (again.device, again.secret, again.is_new) == (first.device, first.secret, False)
    assert again.device.last_address == "198.51.100.1"
    assert (other.secret, other.is_new) == (first.secret, True)
    assert SignInDevice.objects.count() == 2


def test_a_revoked_browser_is_unknown_and_gets_another_secret(cast):
    first = device_seen(user=cast.bo, browser=FIREFOX)
    device_revoke(device=first.device, by=cast.bo)

    assert device_known(username="bo", secret=first.secret) is None
    again = device_seen(user=cast.bo, browser=Browser(secret=first.secret))
    assert again.is_new
    assert again.secret != first.secret


def test_somebody_elses_browser_is_revoked_only_by_who_manages_him(cast):
    device = device_seen(user=cast.bo, browser=FIREFOX).device

    for stranger in (cast.cy, cast.eve):
        with pytest.raises(NotPermitted):
            device_revoke(device=device, by=stranger)
    device.refresh_from_db()
    assert device.revoked_at is None
    assert device_revoke(device=device, by=cast.ada).revoked_at is not None


def test_after_half_a_year_a_browser_is_a_strangers(cast):
    with time_machine.travel(datetime(2027, 3, 14, tzinfo=UTC), tick=False) as clock:
        seen = device_seen(user=cast.bo, browser=FIREFOX)
        clock.shift(timedelta(days=180) - timedelta(seconds=1))
        assert device_known(username="bo", secret=seen.secret) == seen.device
        clock.shift(timedelta(seconds=1))
        assert device_known(username="bo", secret=seen.secret) is None


@pytest.mark.parametrize("secret", ["", "x", "x" * 44, "\0" * 43, "\udcff" * 43, "ö" * 43])
def test_what_is_no_secret_is_not_looked_up(cast, secret, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert device_known(username="bo", secret=secret) is None
    assert len(device_seen(user=cast.bo, browser=Browser(secret=secret)).secret) == 43
