"""Idempotency keys: a committed claim first, the answer in the transaction of the effect."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic, sleep
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction

from hotel.core.clock import now
from hotel.core.exceptions import Conflict, RuleBroken
from hotel.core.fields import bound
from hotel.core.models import IdempotencyRecord
from hotel.core.words import _

LEASE = timedelta(seconds=60)
RETENTION = timedelta(days=7)
PAUSE = timedelta(milliseconds=50)
_encoder = DjangoJSONEncoder()


class KeyInFlight(Conflict):
    """The first request with this key has not ended yet."""

    code = "idempotency_key_in_flight"


class KeyReused(RuleBroken):
    """The key was used before with another body or query."""

    code = "idempotency_key_reused"


@dataclass(frozen=True)
class Claim:
    """What the caller holds: the record, and whether it already carries the answer."""

    record: IdempotencyRecord
    owner: uuid.UUID
    is_answered: bool


def idempotency_claim(*, principal: str, route: str, key: str, body_hash: str) -> Claim:
    """Claim a key, or find the answer given under it before.

    Returns:
        A claim; when ``is_answered`` the stored answer must be repeated and nothing executed.

    Raises:
        KeyInFlight: another request holds the claim and its lease has not run out (409).
        KeyReused: the same key with another body or query (422).
    """
    owner, moment = uuid.uuid4(), now()
    try:
        with transaction.atomic():
            record = IdempotencyRecord.objects.create(
                principal=principal,
                route=route,
                key=key,
                body_hash=body_hash,
                owner=owner,
                lease_until=moment + LEASE,
            )
        return Claim(record, owner, is_answered=False)
    except IntegrityError:
        existing = IdempotencyRecord.objects.filter(principal=principal, route=route, key=key).first()
    if existing is None:  # released between our two statements: the caller tries again
        raise KeyInFlight(_("The first request with this key is just ending. Please repeat it."))
    if existing.body_hash != body_hash:
        raise KeyReused(
            _("This Idempotency-Key was used with another body or query. Use a new key for a new request.")
        )
    if existing.response_status is not None:
        return Claim(existing, existing.owner, is_answered=True)
    taken_over = IdempotencyRecord.objects.filter(
        pk=existing.pk, owner=existing.owner, lease_until__lt=moment, response_status=None
    ).update(owner=owner, lease_until=moment + LEASE)
    if not taken_over:
        raise KeyInFlight(
            _("The first request with this key is still running. Please repeat it in a second.")
        )
    return Claim(existing, owner, is_answered=False)


def idempotency_finish(claim: Claim, *, status: int, headers: dict[str, str], body: Any) -> None:
    """Store the answer; call it in the transaction of the effect.

    Raises:
        KeyInFlight: the lease ran out and another request took over; the caller's effect must roll back.
    """
    record = claim.record
    record.response_status, record.response_headers = status, headers
    record.response_body = _encoder.encode(body)
    updated = IdempotencyRecord.objects.filter(pk=record.pk, owner=claim.owner).update(
        response_status=status,
        response_headers=headers,
        response_body=bound(record, "response_body", record.response_body),
    )
    if not updated:
        raise KeyInFlight(
            _("This request took too long and was repeated elsewhere. Please ask for the result.")
        )


def done_once(
    *,
    principal: str,
    route: str,
    key: str,
    body_hash: str,
    work: Callable[[], object],
    patience: timedelta = timedelta(0),
) -> bool:
    """Do a piece of work at most once per key; the work and the record of it are one transaction.

    Args:
        principal, route, key, body_hash: see idempotency_claim.
        work: what is done.
        patience: how long to wait for another request that is doing it; a browser shows only the answer to the last
            click, so that one waits for what the first did. Not within a transaction, which would not see its end.

    Returns:
        Whether it was done now; False when it had been done before.

    Raises:
        KeyInFlight: another request holds the claim, and did not end in time.
        KeyReused: see idempotency_claim. Whatever the work raises; the key is free again then.
    """
    until = monotonic() + patience.total_seconds()
    while True:
        try:
            claim = idempotency_claim(principal=principal, route=route, key=key, body_hash=body_hash)
            break
        except KeyInFlight:
            if monotonic() >= until:
                raise
            sleep(PAUSE.total_seconds())
    if claim.is_answered:
        return False
    with claim_kept(claim):
        work()
        idempotency_finish(claim, status=204, headers={}, body=None)
    return True


def was_done(*, principal: str, route: str, key: str) -> bool:
    """Whether something was done or answered under a key before; one that is being done is not yet."""
    rows = IdempotencyRecord.objects.filter(principal=principal, route=route, key=key)
    return rows.exclude(response_status=None).exists()


@contextmanager
def claim_kept(claim: Claim) -> Iterator[None]:
    """One transaction for the work and the answer of a claim; when it fails, the key is free again."""
    with claim_released(claim), transaction.atomic():
        yield


@contextmanager
def claim_released(claim: Claim) -> Iterator[None]:
    """When the work of a claim fails, its key is free again; whatever the work has committed stays."""
    try:
        yield
    except BaseException:
        idempotency_release(claim)
        raise


def idempotency_release(claim: Claim) -> None:
    """Forget a claim whose work was rolled back, so that a repetition executes."""
    IdempotencyRecord.objects.filter(pk=claim.record.pk, owner=claim.owner, response_status=None).delete()


def idempotency_purge() -> int:
    """Delete records older than the retention of seven days. Repeatable. Returns how many."""
    return IdempotencyRecord.objects.filter(created_at__lt=now() - RETENTION).delete()[0]
