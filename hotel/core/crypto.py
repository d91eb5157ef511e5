"""Field encryption: the KeyRing protocol, the environment key ring, and the one that is in force."""

import base64
import hashlib
import hmac
import os
import unicodedata
from functools import cache
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from hotel.core.exceptions import PmsError


class KeyRing(Protocol):
    """Encrypts with the current key of a subject, decrypts with any key it still holds."""

    def encrypt(self, plaintext: str, *, context: str, subject: str = "") -> str:
        """Ciphertext ``v2:A256GCM:<key>:<base64>``; ``context`` is bound as associated data.

        Args:
            plaintext: any text.
            context: where it belongs, such as ``guests.guest.email.12``: elsewhere it cannot be read.
            subject: whose key, such as ``guest:12`` or ``property:3``; empty for that of the house.

        Raises:
            KeyUnavailable: the key service does not answer.
        """
        ...

    def decrypt(self, token: str, *, context: str) -> str:
        """The plaintext.

        Raises:
            KeyErased: its subject was forgotten.
            KeyUnavailable: the key service does not answer.
            DecryptionFailed: the key is unknown, or the data was moved or changed.
        """
        ...

    def expect(self, token: str) -> None:
        """Note a ciphertext that was read and may be decrypted: keys of one page are then fetched together."""
        ...

    def fingerprint(self, value: str, *, context: str) -> str:
        """A keyed hash of the normalised value for equality search (blind index), at most 64 characters."""
        ...

    def fingerprints(self, value: str, *, context: str) -> list[str]:
        """What a search must look for: the fingerprint under each index key that may be in use, newest first."""
        ...

    def prepare(self, subjects: list[str]) -> None:
        """Make or fetch the keys of many subjects at once, for what is written in bulk."""
        ...

    def forget(self, *, subject: str) -> int:
        """Destroy the keys of a subject: what they encrypted is gone, here and in each copy. Repeatable.

        Returns:
            How many keys were destroyed.
        """
        ...


class DecryptionFailed(PmsError):
    """The key is unknown, or the ciphertext does not belong to this context (500 would tell too much)."""

    status = 503
    code = "data_unreadable"


class KeyErased(DecryptionFailed):
    """The key was destroyed with all that it encrypted."""

    status = 410
    code = "data_erased"


class KeyUnavailable(DecryptionFailed):
    """The key service does not answer; later it will."""

    code = "keys_unavailable"


def normal(value: str) -> str:
    """The form in which values are equal: NFKC, without case or outer spaces."""
    return unicodedata.normalize("NFKC", value).strip().casefold()


def keys_parsed(entries: list[str], name: str = "FIELD_KEYS") -> dict[str, bytes]:
    """Keys of ``id:base64(32 bytes)`` by their ids, same order.

    Raises:
        ImproperlyConfigured: none at all, or one of another length.
    """
    if not entries:
        raise ImproperlyConfigured(f"{name} is empty: set it to id:base64 of 32 random bytes.")
    keys = {}
    for entry in entries:
        key_id, _, encoded = entry.partition(":")
        keys[key_id] = base64.b64decode(encoded)
        if len(keys[key_id]) != 32:
            raise ImproperlyConfigured(f"{name}: the key {key_id!r} is not 32 bytes long.")
    return keys


class EnvironmentKeyRing:
    """Keys from ``settings.FIELD_KEYS``: ``id:base64(32 bytes)``; the first encrypts, all decrypt."""

    def __init__(self, entries: list[str]) -> None:
        self._hold(keys_parsed(entries))

    @classmethod
    def of(cls, keys: dict[str, bytes]) -> "EnvironmentKeyRing":
        """A ring of keys that were read elsewhere."""
        made = cls.__new__(cls)
        made._hold(keys)
        return made

    def _hold(self, keys: dict[str, bytes]) -> None:
        self.keys = keys
        self.current = next(iter(self.keys))
        # The index key must survive rotation: it derives from the oldest key, the last entry.
        self.index_key = hashlib.sha256(b"blind-index" + list(self.keys.values())[-1]).digest()

    def encrypt(self, plaintext: str, *, context: str, subject: str = "") -> str:
        """See KeyRing; one key for all subjects."""
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
            raise DecryptionFailed("This value cannot be read.") from error

    def expect(self, token: str) -> None:
        """See KeyRing; there is nothing to fetch."""

    def fingerprint(self, value: str, *, context: str) -> str:
        """See KeyRing."""
        message = f"{context}\0{value.strip().casefold()}".encode()
        return hmac.new(self.index_key, message, hashlib.sha256).hexdigest()

    def fingerprints(self, value: str, *, context: str) -> list[str]:
        """See KeyRing."""
        return [self.fingerprint(value, context=context)]

    def prepare(self, subjects: list[str]) -> None:
        """See KeyRing; there are no keys of subjects."""

    def forget(self, *, subject: str) -> int:
        """See KeyRing; there are no keys of subjects."""
        return 0


@cache
def key_ring() -> KeyRing:
    """The key ring of this process: the class named by ``settings.KEY_RING``."""
    return import_string(settings.KEY_RING)(settings.FIELD_KEYS)
