"""The command changes keys to the end, and says how far it is and what stops it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hotel.core.models import DataKey
from security.management.commands import keys_rotate
from security.models import KeyRotation
from tests.factories.guests import guest_make
from tests.security.keys import NEW, OLD, forget_what_is_cached, install


@pytest.fixture(autouse=True)
def clean_caches(db):
    yield
    forget_what_is_cached()


def run(*options) -> str:
    out = StringIO()
    call_command("keys_rotate", *options, stdout=out)
    return out.getvalue()


def test_all_data_keys_are_wrapped_under_the_new_key(cast, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    install(monkeypatch, NEW, OLD)
    total = DataKey.objects.count()
    said = run()
    assert f"Wrapping key to t2: {total} of {total}." in said
    assert said.endswith("Wrapping key to t2: done.\n")
    assert KeyRotation.objects.get().started_by is None
    with pytest.raises(CommandError, match="All data keys are wrapped under the key in force"):
        run()


def test_a_missing_key_ends_it_with_its_name(cast, monkeypatch):
    guest_make(cast.alpha, email="gus@example.com")
    install(monkeypatch, NEW)
    with pytest.raises(CommandError, match=r"not configured: t1 \("):
        run()


def test_the_index_key_is_changed_once_every_process_knows_it(cast, monkeypatch):
    guest = guest_make(cast.alpha, email="gus@example.com")
    waited = []

    def sleep(seconds):
        waited.append(seconds)
        DataKey.objects.filter(subject="index:0").update(created_at="2020-01-01T00:00:00Z")

    monkeypatch.setattr(keys_rotate, "sleep", sleep)
    assert "Every process must know the new key first; waiting." in run("--index")
    guest.refresh_from_db()
    assert (waited, guest.email_fingerprint[:2]) == ([5], "2:")
