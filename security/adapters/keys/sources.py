"""Key-encryption keys from the environment, a file, or a key service."""

import base64
from collections.abc import Callable
from pathlib import Path

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hotel.core.crypto import KeyUnavailable, keys_parsed
from hotel.core.outbound import operators_client

KMS_SECONDS = 3
Source = Callable[[], dict[str, bytes]]


def from_environment() -> dict[str, bytes]:
    """The keys of ``FIELD_KEYS``; the first wraps, all unwrap."""
    return keys_parsed(settings.FIELD_KEYS)


def from_file() -> dict[str, bytes]:
    """The keys of ``FIELD_KEYS_FILE``, one ``id:base64`` a line; empty lines and ``#`` are skipped.

    Raises:
        KeyUnavailable: the file cannot be read now, such as a volume that is not mounted.
    """
    try:
        lines = Path(settings.FIELD_KEYS_FILE).read_text(encoding="ascii").splitlines()
    except OSError as error:
        raise KeyUnavailable("The file of keys cannot be read.") from error
    return keys_parsed(
        [line.strip() for line in lines if line.strip()[:1] not in ("", "#")], "FIELD_KEYS_FILE"
    )


def from_service() -> dict[str, bytes]:
    """The keys of ``FIELD_KEYS``, each unwrapped by the key service: ``POST <KMS_URL>/decrypt``.

    It is sent ``{"key_id", "ciphertext"}`` and answers ``{"plaintext"}``, both base64, with a bearer token: the
    common part of the services of clouds and vaults, behind the small proxy that each of them offers.

    Raises:
        KeyUnavailable: it does not answer within three seconds, or refuses.
    """
    return keys_parsed([_unwrapped(*entry.split(":", 1)) for entry in settings.FIELD_KEYS])


def _unwrapped(key_id: str, ciphertext: str) -> str:
    try:
        with operators_client("key service", httpx.Timeout(KMS_SECONDS)) as client:
            answer = client.post(
                f"{settings.KMS_URL.rstrip('/')}/decrypt",
                json={"key_id": key_id, "ciphertext": ciphertext},
                headers={"Authorization": f"Bearer {settings.KMS_TOKEN}"},
            )
        answer.raise_for_status()
        plain = str(answer.json()["plaintext"])
        base64.b64decode(plain, validate=True)
    except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
        raise KeyUnavailable("The key service does not answer.") from error
    return f"{key_id}:{plain}"


SOURCES: dict[str, Source] = {"env": from_environment, "file": from_file, "kms": from_service}


def source() -> Source:
    """The source that ``KEY_SOURCE`` names.

    Raises:
        ImproperlyConfigured: there is none of this name.
    """
    try:
        return SOURCES[settings.KEY_SOURCE]
    except KeyError as error:
        raise ImproperlyConfigured(f"KEY_SOURCE is one of {', '.join(SOURCES)}.") from error
