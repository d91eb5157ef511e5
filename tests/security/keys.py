"""Keys of the tests: others are put beside the one of the settings."""

import base64

from django.conf import settings as project

from hotel.core.crypto import EnvironmentKeyRing, key_ring, keys_parsed

OLD = project.FIELD_KEYS[0]
NEW = "t2:" + base64.b64encode(b"n" * 32).decode()
OTHER = "t1:" + base64.b64encode(b"o" * 32).decode()


def install(monkeypatch, *entries):
    """Let the source of keys hold these, the first in force."""
    ring = EnvironmentKeyRing.of(keys_parsed(list(entries)))
    monkeypatch.setattr(key_ring().keks, "ring", lambda: ring)


def forget_what_is_cached():
    """As in a process that has just begun."""
    for cache in (key_ring().opened, key_ring().current, key_ring().indexes):
        cache.clear()
