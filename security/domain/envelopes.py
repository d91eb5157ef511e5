"""Envelope encryption: keys under keys, texts under keys, and keyed hashes; no storage, no clock."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

ALGORITHM = "A256GCM"
NONCE = 12
INDEX_HEX = 32


def key_derived(root: bytes, purpose: str) -> bytes:
    """A key of 32 bytes for one purpose (HKDF-SHA-256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root)


def key_wrapped(kek: bytes, key: bytes, *, owner: str) -> bytes:
    """A data key under a key-encryption key, bound to its owner: nonce, ciphertext and tag, 60 bytes."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key_derived(kek, "wrap")).encrypt(nonce, key, owner.encode())


def key_unwrapped(kek: bytes, wrapped: bytes, *, owner: str) -> bytes:
    """The data key.

    Raises:
        InvalidTag: another key wrapped it, or it is somebody else's.
    """
    return AESGCM(key_derived(kek, "wrap")).decrypt(wrapped[:NONCE], wrapped[NONCE:], owner.encode())


def text_sealed(key: bytes, key_id: int, text: str, *, context: str) -> str:
    """``v2:A256GCM:<key id>:<base64>``; algorithm, key and context are bound."""
    nonce = os.urandom(NONCE)
    head = f"v2:{ALGORITHM}:{key_id}"
    sealed = AESGCM(key).encrypt(nonce, text.encode(), f"{head}|{context}".encode())
    return f"{head}:{base64.b64encode(nonce + sealed).decode()}"


def text_opened(key: bytes, token: str, *, context: str) -> str:
    """The text.

    Raises:
        InvalidTag: moved, changed, or of another key.
        ValueError: not a token at all.
    """
    head, _, encoded = token.rpartition(":")
    raw = base64.b64decode(encoded, validate=True)
    return AESGCM(key).decrypt(raw[:NONCE], raw[NONCE:], f"{head}|{context}".encode()).decode()


def key_id_of(token: str) -> int:
    """Which data key a token names.

    Raises:
        ValueError: not a token of this format.
    """
    parts = token.split(":")
    if len(parts) != 4 or parts[:2] != ["v2", ALGORITHM] or not parts[2].isascii() or not parts[2].isdigit():
        raise ValueError("not a token of this format")
    return int(parts[2])


def blind_index(root: bytes, value: str, *, context: str, version: int) -> str:
    """``<version>:`` and 32 hex digits of HMAC-SHA-256 under a key of column and version.

    128 bits are kept: two values of one column never meet, so that nothing needs to be compared after decryption.
    """
    key = key_derived(root, f"index|{context}|{version}")
    return f"{version}:{hmac.new(key, value.encode(), hashlib.sha256).hexdigest()[:INDEX_HEX]}"
