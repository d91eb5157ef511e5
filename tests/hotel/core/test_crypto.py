"""The environment key ring: rotation, binding to the context, blind index."""

import base64
import os

import pytest
from django.core.exceptions import ImproperlyConfigured

from hotel.core.crypto import DecryptionFailed, EnvironmentKeyRing


def entry(name: str) -> str:
    return f"{name}:{base64.b64encode(os.urandom(32)).decode()}"


def test_what_is_encrypted_can_be_read_and_differs_each_time():
    ring = EnvironmentKeyRing([entry("k1")])
    first, second = (ring.encrypt("Passport Ü 123", context="guests.doc.number") for _ in range(2))
    assert first != second
    assert first.startswith("v1:k1:")
    assert "Passport" not in first
    assert ring.decrypt(first, context="guests.doc.number") == "Passport Ü 123"


def test_a_ciphertext_moved_to_another_field_is_refused():
    ring = EnvironmentKeyRing([entry("k1")])
    token = ring.encrypt("secret", context="a.b")
    with pytest.raises(DecryptionFailed):
        ring.decrypt(token, context="a.c")


def test_after_rotation_the_new_key_writes_and_both_read():
    old, new = entry("old"), entry("new")
    before = EnvironmentKeyRing([old])
    after = EnvironmentKeyRing([new, old])
    token = before.encrypt("secret", context="c")
    assert after.decrypt(token, context="c") == "secret"
    assert after.encrypt("secret", context="c").startswith("v1:new:")
    assert after.fingerprint("Secret ", context="c") == before.fingerprint("secret", context="c")


@pytest.mark.parametrize(
    "change",
    [
        lambda t: t[:-6] + "AAAAA=",
        lambda t: t.replace("v1:", "v2:"),
        lambda t: "x",
        lambda t: t.replace(":k1:", ":k9:"),
    ],
)
def test_changed_or_foreign_ciphertext_is_refused(change):
    ring = EnvironmentKeyRing([entry("k1")])
    with pytest.raises(DecryptionFailed):
        ring.decrypt(change(ring.encrypt("secret", context="c")), context="c")


def test_fingerprints_are_equal_for_equal_values_of_one_context_only():
    ring = EnvironmentKeyRing([entry("k1")])
    assert ring.fingerprint("AB 12", context="c") == ring.fingerprint(" ab 12 ", context="c")
    assert ring.fingerprint("AB 12", context="c") != ring.fingerprint("AB 12", context="d")
    assert len(ring.fingerprint("AB 12", context="c")) == 64
    assert EnvironmentKeyRing([entry("k1")]).fingerprint("AB 12", context="c") != ring.fingerprint(
        "AB 12", context="c"
    )


@pytest.mark.parametrize("entries", [[], ["k1:" + base64.b64encode(b"short").decode()]])
def test_a_missing_or_short_key_is_a_misconfiguration(entries):
    with pytest.raises(ImproperlyConfigured, match="FIELD_KEYS"):
        EnvironmentKeyRing(entries)
