"""Whether a password is on the lists of stolen ones: asked so that nobody learns which password it is.

The service gets five of the forty characters of the password's SHA-1 and answers with some hundred endings; the
comparison is done here. Any server that speaks the range protocol does, such as a mirror in the operator's network.

Source: https://haveibeenpwned.com/API/v3#PwnedPasswords; ASVS 5.0 6.2.12.
"""

import hashlib
import logging

import httpx
from django.conf import settings

from hotel.core.outbound import operators_client

logger = logging.getLogger(__name__)
SECONDS = 3


def times_stolen(password: str) -> int | None:
    """How often a password is on the lists.

    Returns:
        0 for never; None when nobody could be asked: no service is named, or it does not answer within three
        seconds. Nobody is kept from a new password by a service that is away.
    """
    if not settings.STOLEN_PASSWORDS_URL:
        return None
    digest = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper()
    url = f"{settings.STOLEN_PASSWORDS_URL.rstrip('/')}/range/{digest[:5]}"
    try:
        with operators_client("stolen passwords", httpx.Timeout(SECONDS)) as client:
            answer = client.get(url, headers={"Add-Padding": "true"})
        answer.raise_for_status()
        rows = (line.strip().partition(":") for line in answer.text.splitlines())
        counts = {ending.upper(): int(count) for ending, _, count in rows}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        logger.warning("The lists of stolen passwords could not be asked (%s).", type(error).__name__)
        return None
    return counts.get(digest[5:], 0)
