"""Signatures of webhooks: HMAC-SHA-256 over ``timestamp.body``, one per active secret."""

import hashlib
import hmac
from collections.abc import Iterable, Mapping

HEADER = "Auberge-Signature"
TOLERANCE_SECONDS = 300


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """The signature of one body under one secret, 64 hex digits."""
    return hmac.new(secret.encode(), str(timestamp).encode() + b"." + body, hashlib.sha256).hexdigest()


def signature_header(keys: Iterable[tuple[str, str]], timestamp: int, body: bytes) -> str:
    """The header's value: ``t=<seconds>,k=<key id>,v1=<hex>`` with ``k``/``v1`` repeated per active secret.

    Args:
        keys: pairs of key id and secret, newest first.
        timestamp: seconds since 1970 UTC.
        body: the very bytes that are sent.
    """
    parts = [f"k={key_id},v1={signature(secret, timestamp, body)}" for key_id, secret in keys]
    return ",".join([f"t={timestamp}", *parts])


def is_genuine(header: str, body: bytes, *, secrets: Mapping[str, str], moment: int) -> bool:
    """Whether a body was signed by a holder of one of the secrets within the tolerance of five minutes.

    The same rule is shown to receivers in docs/guide/webhooks.md.

    Args:
        header: value of ``Auberge-Signature``.
        body: the bytes received.
        secrets: key id to secret.
        moment: now, seconds since 1970 UTC.
    """
    pairs = [part.partition("=")[::2] for part in header.split(",")]
    timestamp = next(
        (value for name, value in pairs if name == "t" and value.isascii() and value.isdigit()), ""
    )
    if not timestamp or len(timestamp) > 15 or abs(moment - int(timestamp)) > TOLERANCE_SECONDS:
        return False
    key_id = ""
    for name, value in pairs:
        if name == "k":
            key_id = value
        elif name == "v1" and key_id in secrets:
            expected = signature(secrets[key_id], int(timestamp), body)
            if hmac.compare_digest(expected.encode(), value.encode()):
                return True
    return False
