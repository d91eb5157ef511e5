"""Field encryption: a KeyRing protocol and the environment key ring; security may install its own at start."""

import base64
import hashlib
import hmac
import os
from functools import cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class KeyRing(Protocol):
    """Encrypts with the current key, decrypts with any key it still holds."""

    def encrypt(self, plaintext: str, *, context: str) -> str:
        """Ciphertext ``v1:<key id>:<base64>``; ``context`` is bound as associated data."""
        ...

    def decrypt(self, token: str, *, context: str) -> str:
        """The plaintext; raises DecryptionFailed when the key is gone or the data was moved or changed."""
        ...

    def fingerprint(self, value: str, *, context: str) -> str:
        """A keyed hash of the normalised value for equality search (blind index), 64 hex digits."""
        ...


class DecryptionFailed(Exception):
    """The key is unknown, or the ciphertext does not belong to this context."""


class EnvironmentKeyRing:
    """Keys from ``settings.FIELD_KEYS``: ``id:base64(32 bytes)``; the first encrypts, all decrypt."""

    def __init__(self, entries: list[str]) -> None:
        if not entries:
            raise ImproperlyConfigured("FIELD_KEYS is empty: set it to id:base64 of 32 random bytes.")
        self.keys: dict[str, bytes] = {}
        for entry in entries:
            key_id, _, encoded = entry.partition(":")
            key = base64.b64decode(encoded)
            if len(key) != 32:
                raise ImproperlyConfigured(f"FIELD_KEYS: the key {key_id!r} is not 32 bytes long.")
            self.keys[key_id] = key
        self.current = next(iter(self.keys))
        # The index key must survive rotation: it derives from the oldest key, the last entry.
        self.index_key = hashlib.sha256(b"blind-index" + list(self.keys.values())[-1]).digest()

    def encrypt(self, plaintext: str, *, context: str) -> str:
        """See KeyRing."""
        nonce = os.urandom(12)
        sealed = AESGCM(self.keys[self.current]).encrypt(nonce, plaintext.encode(), context.encode())
        return f"v1:{self.current}:{base64.b64encode(nonce + sealed).decode()}"

    def decrypt(self, token: str, *, context: str) -> str:
        """See KeyRing."""
        try:
            version, key_id, encoded = token.split(":", 2)
            raw = base64.b64decode(encoded)
            if version != "v1":
                raise DecryptionFailed(f"unknown version {version!r}")
            return AESGCM(self.keys[key_id]).decrypt(raw[:12], raw[12:], context.encode()).decode()
        except (ValueError, KeyError, InvalidTag) as error:
            raise DecryptionFailed(context) from error

    def fingerprint(self, value: str, *, context: str) -> str:
        """See KeyRing."""
        message = f"{context}\0{value.strip().casefold()}".encode()
        return hmac.new(self.index_key, message, hashlib.sha256).hexdigest()


@cache
def key_ring() -> KeyRing:
    """The key ring of this process."""
    return EnvironmentKeyRing(settings.FIELD_KEYS)
