"""Changes of keys: nothing becomes unreadable, nobody is not found."""

import base64
from datetime import timedelta

import pytest
from django.conf import settings as project

from hotel.core.clock import now
from hotel.core.crypto import EnvironmentKeyRing, key_ring, keys_parsed
from hotel.core.exceptions import Conflict
from hotel.core.models import DataKey
from hotel.guests.models import Guest
from hotel.guests.selectors.profiles import guests_search
from security.services.keys import index_activate, index_prepare, keys_left, keys_rewrap
from security.services.reindexing import rows_reindex
from tests.factories.guests import guest_make


@pytest.fixture
def two_keys(monkeypatch):
    """A new wrapping key before the old one."""

    def install():
        entries = ["t2:" + base64.b64encode(b"n" * 32).decode(), *project.FIELD_KEYS]
        monkeypatch.setattr(key_ring().keks, "ring", lambda: EnvironmentKeyRing.of(keys_parsed(entries)))

    yield install
    key_ring().opened.clear()
    key_ring().indexes.clear()


def test_all_keys_are_wrapped_anew_and_read_before_and_after(cast, two_keys):
    guest = guest_make(cast.alpha, email="gus@example.com")
    two_keys()
    left = keys_left()
    assert left >= 1
    key_ring().opened.clear()
    assert Guest.objects.get(pk=guest.pk).email == "gus@example.com"
    assert (keys_rewrap(), keys_rewrap(), keys_left()) == (left, 0, 0)
    key_ring().opened.clear()
    assert Guest.objects.get(pk=guest.pk).email == "gus@example.com"
    assert set(DataKey.objects.values_list("kek", flat=True)) == {"t2"}


def test_a_guest_is_found_at_every_step_of_a_change_of_the_index(cast, two_keys):
    guest = guest_make(cast.alpha, email="gus@example.com", phone="+4315550100")

    def found():
        return [guests_search([cast.alpha.pk], text) for text in ("gus@example.com", "01 5550100")]

    assert found() == [[guest.pk], [guest.pk]]
    assert (index_prepare(), found()) == (2, [[guest.pk], [guest.pk]])
    with pytest.raises(Conflict) as early:
        index_activate()
    assert early.value.code == "index_key_not_known_yet"
    DataKey.objects.filter(subject="index:0").update(created_at=now() - timedelta(days=1))
    assert (index_activate(), found()) == (2, [[guest.pk], [guest.pk]])
    late = guest_make(cast.alpha, email="late@example.com")
    assert late.email_fingerprint.startswith("2:")
    assert rows_reindex() == 6  # two guests, each searched in three ways
    guest.refresh_from_db()
    assert (guest.email_fingerprint[:2], guest.phone_fingerprint[:2], rows_reindex()) == ("2:", "2:", 6)
    assert found() == [[guest.pk], [guest.pk]]
    assert guests_search([cast.alpha.pk], "late@example.com") == [late.pk]
