"""The text of a token: ``abg_live_<id>_<secret>_<check>``.

The id is shown to recognise a token by; the secret has 256 bits; the check sum lets secret scanners find
leaked tokens and lets the server refuse a typing error without asking the database.
"""

import zlib
from string import ascii_letters, digits

BRAND = "abg_live"
ID_BYTES = 7
SECRET_BYTES = 32
_ALPHABET = digits + ascii_letters
_CHECK_LENGTH = 6


def token_text(*, id_bytes: bytes, secret_bytes: bytes) -> str:
    """The whole token of two random values, ``ID_BYTES`` and ``SECRET_BYTES`` long."""
    body = f"{BRAND}_{_base62(id_bytes)}_{_base62(secret_bytes)}"
    return f"{body}_{_check(body)}"


def visible_part(token: str) -> str:
    """The part that may be stored and shown, such as ``abg_live_4fT9xKq2Lp``."""
    return token.rsplit("_", 2)[0]


def is_well_formed(token: str) -> bool:
    """Whether the text is shaped like a token and its check sum fits."""
    body, separator, check = token.rpartition("_")
    return bool(separator) and body.startswith(f"{BRAND}_") and body.count("_") == 3 and check == _check(body)


def _check(body: str) -> str:
    return _base62(zlib.crc32(body.encode()).to_bytes(4)).rjust(_CHECK_LENGTH, "0")


def _base62(value: bytes) -> str:
    number, text = int.from_bytes(value), ""
    while number:
        number, rest = divmod(number, len(_ALPHABET))
        text = _ALPHABET[rest] + text
    return text or "0"
