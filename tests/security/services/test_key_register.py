"""The register of wrapping keys says which there are, which one wraps, and which is missing or another one."""

import pytest

from hotel.core.crypto import KeyUnavailable, key_ring
from hotel.core.models import SecurityEvent
from security.models import DataEncryption
from security.services.key_register import check_value, keys_register
from security.services.keys import keys_rewrap
from tests.factories.guests import guest_make
from tests.security.keys import NEW, OLD, OTHER, forget_what_is_cached, install


@pytest.fixture(autouse=True)
def clean_caches(db):
    yield
    forget_what_is_cached()


def states():
    return dict(DataEncryption.objects.values_list("key_id", "state"))


def alarms():
    return list(SecurityEvent.objects.filter(kind="wrapping_key").values_list("detail", flat=True))


def test_a_key_is_seen_takes_over_and_is_taken_away(cast, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    assert (keys_register(), keys_register(), states()) == (1, 0, {"t1": "in_force"})
    install(monkeypatch, NEW, OLD)
    assert (keys_register(), states()) == (2, {"t1": "readable", "t2": "in_force"})
    assert keys_rewrap() >= 1
    install(monkeypatch, NEW)
    assert (keys_register(), states()) == (1, {"t1": "retired", "t2": "in_force"})
    assert DataEncryption.objects.get(key_id="t1").retired_at is not None
    assert alarms() == []


def test_a_key_that_is_missing_though_needed_is_an_alarm_once(cast, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    install(monkeypatch, NEW)
    keys_register()
    keys_register()
    assert states() == {"t1": "missing", "t2": "in_force"}
    assert alarms() == [{"key": "t1", "state": "missing"}]


def test_other_bytes_under_the_same_name_are_an_alarm(cast, monkeypatch):
    keys_register()
    install(monkeypatch, OTHER)
    keys_register()
    assert (states(), alarms()) == ({"t1": "changed"}, [{"key": "t1", "state": "changed"}])


def test_without_the_source_nothing_is_written(cast, monkeypatch):
    def away():
        raise KeyUnavailable("away")

    monkeypatch.setattr(key_ring().keks, "ring", away)
    with pytest.raises(KeyUnavailable):
        keys_register()
    assert states() == {}


def test_a_check_value_tells_keys_apart_and_is_no_part_of_them():
    one, two = check_value(b"k" * 32), check_value(b"l" * 32)
    assert (len(one), one == two) == (16, False)
    assert one not in (b"k" * 32).hex()
