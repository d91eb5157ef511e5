"""A JSON gateway over HTTPS: the transport that SMS and push share.

The address is the operator's setting, not a user's, so private networks are fine here; redirects and proxies of
the environment are not followed.
"""

from typing import Any

import httpx

from hotel.core.outbound import operators_client
from hotel.messaging.adapters.base import PermanentFailure, TemporaryFailure

_TRY_AGAIN = {408, 409, 423, 425, 429}
_ADDRESS_GONE = {404, 410}


class JsonGateway:
    """One gateway of one channel.

    Attributes:
        url: the gateway's endpoint; empty when none is configured.
        token: sent as bearer token when not empty.
        transport: stands in for the network in tests.
    """

    def __init__(self, url: str, token: str, transport: httpx.BaseTransport | None = None) -> None:
        self.url, self.token, self.transport = url, token, transport

    def post(self, payload: dict[str, Any], *, reference: str) -> str:
        """POST a message. Returns the gateway's id for it.

        Args:
            payload: JSON body.
            reference: sent as Idempotency-Key, the same for each attempt.

        Raises:
            TemporaryFailure: no connection, no answer in ten seconds, 408/409/423/425/429, 5xx, an answer that is
                not JSON, or our token is refused (an operator can mend that).
            PermanentFailure: other 4xx; 404 and 410 mean that the address is gone.
        """
        if not self.url:
            raise TemporaryFailure("not_configured", "No gateway is configured for this channel.")
        headers = {"Idempotency-Key": reference} | (
            {"Authorization": f"Bearer {self.token}"} if self.token else {}
        )
        try:
            with operators_client("message gateway", transport=self.transport) as client:
                response = client.post(self.url, json=payload, headers=headers)
        except httpx.HTTPError as error:
            raise TemporaryFailure("unreachable", f"{type(error).__name__}: {error}") from error
        status = response.status_code
        if response.is_success:
            return _id_in(response)
        if status in _TRY_AGAIN or status in (401, 403) or not 400 <= status < 500:
            raise TemporaryFailure(str(status), response.text[:500])
        raise PermanentFailure(str(status), response.text[:500], is_bounce=status in _ADDRESS_GONE)


def _id_in(response: httpx.Response) -> str:
    try:
        return str(response.json()["id"])[:255]
    except (ValueError, KeyError, TypeError) as error:
        text = f"The gateway's answer names no id: {response.text[:200]}"
        raise TemporaryFailure("unexpected_answer", text) from error
