"""The keys that sign the heads of the trail: ``settings.AUDIT_SEAL_KEYS``, the first signs, all are known."""

from base64 import b64decode, b64encode
from dataclasses import dataclass
from functools import cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_SIZE = 32


@dataclass(frozen=True)
class SealKeys:
    """Signs with the current key; knows those of the past by their public halves."""

    current_id: str
    private: Ed25519PrivateKey
    public: dict[str, Ed25519PublicKey]

    def sign(self, message: bytes) -> bytes:
        """64 bytes, by the current key."""
        return self.private.sign(message)

    def is_signed(self, key_id: str, message: bytes, signature: bytes) -> bool:
        """Whether the named key, which must be known, signed the message."""
        key = self.public.get(key_id)
        if key is None:
            return False
        try:
            key.verify(signature, message)
        except InvalidSignature:
            return False
        return True

    def published(self) -> dict[str, str]:
        """The public keys in base64 by their names: with them anybody checks a head."""
        return {
            name: b64encode(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
            for name, key in self.public.items()
        }


def seal_keys() -> SealKeys:
    """Of the settings.

    Raises:
        ImproperlyConfigured: no key, or one that is none.
    """
    return _read(tuple(settings.AUDIT_SEAL_KEYS), tuple(settings.AUDIT_SEAL_PUBLIC_KEYS))


@cache
def _read(private: tuple[str, ...], public: tuple[str, ...]) -> SealKeys:
    if not private:
        raise ImproperlyConfigured("AUDIT_SEAL_KEYS is empty: set it to id:base64 of 32 random bytes.")
    signing = {name: Ed25519PrivateKey.from_private_bytes(data) for name, data in map(_key, private)}
    known = {name: key.public_key() for name, key in signing.items()}
    known |= {name: Ed25519PublicKey.from_public_bytes(data) for name, data in map(_key, public)}
    current = next(iter(signing))
    return SealKeys(current, signing[current], known)


def _key(text: str) -> tuple[str, bytes]:
    name, _, coded = text.partition(":")
    try:
        data = b64decode(coded, validate=True)
    except ValueError as error:
        raise ImproperlyConfigured(f"The seal key {name!r} is not base64.") from error
    if not name or len(data) != KEY_SIZE:
        raise ImproperlyConfigured(f"The seal key {name!r} is not 32 bytes long.")
    return name, data
