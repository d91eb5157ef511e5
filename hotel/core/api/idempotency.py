"""The Idempotency-Key header of POSTs that sell or move money."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any

from django.db import transaction
from rest_framework.response import Response

from hotel.core.exceptions import InvalidInput
from hotel.core.services.idempotency import (
    Claim,
    claim_kept,
    claim_released,
    idempotency_claim,
    idempotency_finish,
)

_KEPT_HEADERS = ("Location", "ETag")
_VALID = re.compile(r"^[\x21-\x7e]{1,255}$")


class IdempotencyKeyMissing(InvalidInput):
    """The header is required here."""

    code = "idempotency_key_missing"


def key_of(request: Any) -> str:
    """The key of the request, quotes of a structured-field string removed; empty when absent.

    Raises:
        InvalidInput: longer than 255 characters or not printable ASCII.
    """
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > 1 and key[0] == key[-1] == '"':
        key = key[1:-1]
    if key and not _VALID.match(key):
        raise InvalidInput(
            "Idempotency-Key: up to 255 printable ASCII characters.", code="idempotency_key_invalid"
        )
    return key


def answer_once(
    request: Any, *, required: bool, execute: Callable[[], Response], is_phased: bool = False
) -> Response:
    """Execute a write at most once per key; the effect and the stored answer are one transaction.

    Args:
        request: a DRF request, already authenticated and permitted, body not yet parsed.
        required: whether a request without a key is refused.
        execute: runs the handler.
        is_phased: the handler commits by itself, because it calls an outside system between two transactions. It
            must know a repetition by ``request_key`` and go on where the first execution ended.

    Returns:
        The fresh answer, or the stored one with ``Idempotency-Replayed: true``.

    Raises:
        IdempotencyKeyMissing, KeyInFlight, KeyReused.
    """
    key = key_of(request)
    if not key:
        if required or is_phased:
            raise IdempotencyKeyMissing("Send an Idempotency-Key header: the same key for every repetition.")
        with transaction.atomic():
            return execute()
    body_hash = _hash_of(request)
    claim = idempotency_claim(
        principal=principal_of(request), route=_route_of(request), key=key, body_hash=body_hash
    )
    if claim.is_answered:
        return _replay(claim)
    if is_phased:
        with claim_released(claim):
            response = execute()
            with transaction.atomic():
                _finish(claim, response)
        return response
    with claim_kept(claim):
        response = execute()
        _finish(claim, response)
    return response


def request_key(request: Any) -> str:
    """What a service may know a request and its repetitions by: 64 hex digits, of caller, route and key."""
    told = "\0".join([principal_of(request), _route_of(request), key_of(request)])
    return hashlib.sha256(told.encode()).hexdigest()


def repetition_key(request: Any) -> str:
    """As ``request_key``; empty for a request without a key, of which no repetition is known."""
    return request_key(request) if key_of(request) else ""


def _route_of(request: Any) -> str:
    return f"{request.method} {request._request.path}"[:200]


def _hash_of(request: Any) -> str:
    """What is asked, as 64 hex digits: the query and the body, byte for byte."""
    asked = request._request
    return hashlib.sha256(asked.META.get("QUERY_STRING", "").encode() + b"\n" + asked.body).hexdigest()


def _finish(claim: Claim, response: Response) -> None:
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    idempotency_finish(claim, status=response.status_code, headers=headers, body=response.data)


def principal_of(request: Any) -> str:
    """Who is asking: a token or a person, as a stable text."""
    token_id = getattr(request.auth, "pk", None)
    return f"token:{token_id}" if token_id else f"user:{request.user.pk}"


def _replay(claim: Claim) -> Response:
    record = claim.record
    body = json.loads(record.response_body) if record.response_body else None
    headers = {**record.response_headers, "Idempotency-Replayed": "true"}
    return Response(body, status=record.response_status, headers=headers)
