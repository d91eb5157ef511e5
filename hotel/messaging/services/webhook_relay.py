"""The relay: follows the change feed for each endpoint, in order, one delivery at a time.

An endpoint is claimed with a lease, so that two workers never serve it at once; between the short transactions
the receiver is called. What arrived is ticked off by position; a receiver may hear a position twice (we died
after its answer), never out of order, except for a resend that somebody asked for.
"""

import json
import logging
import random
import time
import uuid
from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from hotel.core.clock import now
from hotel.core.locks import lock_rows
from hotel.core.models import OutboxMessage
from hotel.messaging.adapters.webhook.adapter import Answer, webhook_post
from hotel.messaging.choices import DeliveryKind, DeliveryStatus
from hotel.messaging.domain.retries import WEBHOOK_ATTEMPTS, WEBHOOK_BASE, WEBHOOK_CAP, backoff
from hotel.messaging.domain.signatures import HEADER, signature_header
from hotel.messaging.models import WebhookDelivery, WebhookEndpoint
from hotel.messaging.services.webhooks import webhook_disable

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=60)
LOOK_AHEAD = 500
KEPT_DAYS = 30


def webhooks_due(*, limit: int = 200) -> list[int]:
    """Ids of active endpoints that are neither pausing nor being served and may have something to hear."""
    free = Q(next_attempt_at=None) | Q(next_attempt_at__lte=now())
    ahead = OutboxMessage.objects.filter(
        property_id=OuterRef("property_id"), position__gt=OuterRef("last_position")
    )
    waiting = WebhookDelivery.objects.filter(endpoint=OuterRef("pk"), status=DeliveryStatus.PENDING)
    return list(
        WebhookEndpoint.objects.filter(free, is_active=True)
        .filter(Exists(waiting) | Q(replay_from__isnull=False) | Exists(ahead))
        .order_by(F("next_attempt_at").asc(nulls_first=True), "pk")
        .values_list("pk", flat=True)[:limit]
    )


def webhook_relay(*, endpoint_id: int, seconds: float = 40) -> int:
    """Serve one endpoint until it has heard everything, fails, or the time is up. Repeatable.

    Must not run inside a transaction.

    Returns:
        How many deliveries arrived.
    """
    claim, delivered, started = uuid.uuid4(), 0, time.monotonic()
    if not _claim(endpoint_id, claim):
        return 0
    try:
        while time.monotonic() - started < seconds and (delivery := _next(endpoint_id, claim)) is not None:
            answer = _call(delivery)
            delivered += not answer.error
            if not _record(delivery, answer, claim):
                break
    finally:
        WebhookEndpoint.objects.filter(pk=endpoint_id, claim=claim).update(claim=None, next_attempt_at=None)
    return delivered


def _claim(endpoint_id: int, claim: uuid.UUID) -> bool:
    moment = now()
    free = Q(next_attempt_at=None) | Q(next_attempt_at__lte=moment)
    return bool(
        WebhookEndpoint.objects.filter(free, pk=endpoint_id, is_active=True).update(
            claim=claim, next_attempt_at=moment + LEASE
        )
    )


@transaction.atomic(durable=True)
def _next(endpoint_id: int, claim: uuid.UUID) -> WebhookDelivery | None:
    """The delivery to make now: a resend, the one that waits, or the next of the feed. Renews the lease."""
    mine = lock_rows(WebhookEndpoint.objects.filter(pk=endpoint_id, claim=claim, is_active=True))
    if not mine:
        return None
    endpoint = mine[0]
    endpoint.next_attempt_at = now() + LEASE
    if endpoint.replay_from is not None:
        _pending(endpoint).filter(kind=DeliveryKind.FEED).delete()
        endpoint.last_position, endpoint.replay_from = endpoint.replay_from - 1, None
    kinds = [DeliveryKind.RESEND, DeliveryKind.FEED]
    waiting = sorted(
        _pending(endpoint).order_by("pk")[:50], key=lambda row: kinds.index(DeliveryKind(row.kind))
    )
    delivery = waiting[0] if waiting else _take_from_feed(endpoint)
    _save_state(endpoint)
    if delivery is not None:
        delivery.attempts, delivery.last_attempt_at = delivery.attempts + 1, now()
        delivery.save(update_fields=["attempts", "last_attempt_at", "updated_at"])
        delivery.endpoint = endpoint
    return delivery


def _pending(endpoint: WebhookEndpoint) -> QuerySet[WebhookDelivery]:
    return WebhookDelivery.objects.filter(endpoint=endpoint, status=DeliveryStatus.PENDING)


def _take_from_feed(endpoint: WebhookEndpoint) -> WebhookDelivery | None:
    """The next change of a topic that the endpoint hears; others are passed over."""
    while True:
        ahead = list(
            OutboxMessage.objects.filter(
                property_id=endpoint.property_id, position__gt=endpoint.last_position
            ).order_by("position")[:LOOK_AHEAD]
        )
        for message in ahead:
            position = message.position or 0  # never empty here: the filter asks for more than a number
            if not endpoint.topics or message.topic in endpoint.topics:
                return WebhookDelivery.objects.create(
                    property_id=endpoint.property_id,
                    endpoint=endpoint,
                    position=position,
                    topic=message.topic,
                    aggregate=message.aggregate,
                    occurred_at=message.created_at,
                )
            endpoint.last_position = position
        if len(ahead) < LOOK_AHEAD:
            return None


def delivery_body(delivery: WebhookDelivery) -> bytes:
    """What is sent: a pointer to the change, not the truth; the receiver asks the API for that."""
    pointer = {
        "position": delivery.position,
        "topic": delivery.topic,
        "aggregate": delivery.aggregate,
        "property": delivery.property_id,
        "occurred_at": delivery.occurred_at.isoformat(),
    }
    return json.dumps(pointer, separators=(",", ":")).encode()


def _call(delivery: WebhookDelivery) -> Answer:
    body, moment = delivery_body(delivery), int(now().timestamp())
    active = delivery.endpoint.secrets.filter(retired_at=None).order_by("-pk")
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "Auberge-Webhooks/1",
        "Auberge-Topic": delivery.topic,
        "Auberge-Delivery": str(delivery.pk),
        HEADER: signature_header([(key.key_id, key.secret) for key in active], moment, body),
    }
    return webhook_post(delivery.endpoint.url, body, headers)


@transaction.atomic(durable=True)
def _record(delivery: WebhookDelivery, answer: Answer, claim: uuid.UUID) -> bool:
    """Note the outcome. Returns whether the relay may go on with this endpoint."""
    mine = lock_rows(WebhookEndpoint.objects.filter(pk=delivery.endpoint_id, claim=claim))
    if not mine:
        logger.warning("Webhook %s took longer than its lease; another relay has it.", delivery.endpoint_id)
        return False
    endpoint = mine[0]
    delivery.response_status, delivery.response_text = answer.status, answer.text
    delivery.failure_reason, delivery.duration_ms = answer.error, answer.duration_ms
    is_feed = delivery.kind == DeliveryKind.FEED
    if not answer.error:
        delivery.status, delivery.delivered_at = DeliveryStatus.DELIVERED, now()
        endpoint.failures = 0
        if is_feed:
            endpoint.last_position = delivery.position
    elif is_feed:
        _pause(endpoint, answer)
    else:
        delivery.status = DeliveryStatus.FAILED
    delivery.save()
    _save_state(endpoint)
    if is_feed and endpoint.failures >= WEBHOOK_ATTEMPTS:
        text = f"{endpoint.failures} attempts in a row failed; the last: {answer.error}"
        webhook_disable(endpoint=endpoint, reason=text)
    return endpoint.claim is not None


def _pause(endpoint: WebhookEndpoint, answer: Answer) -> None:
    """Let the endpoint rest: later changes wait behind the one that failed."""
    endpoint.failures += 1
    pause = backoff(
        endpoint.failures,
        base=WEBHOOK_BASE,
        cap=WEBHOOK_CAP,
        share=random.random(),  # noqa: S311
    )
    endpoint.claim, endpoint.next_attempt_at = None, now() + pause
    logger.warning("Webhook %s failed %s times: %s", endpoint.pk, endpoint.failures, answer.error)


def _save_state(endpoint: WebhookEndpoint) -> None:
    """Write the relay's book-keeping, past the readable audit: the deliveries are its log."""
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        claim=endpoint.claim,
        failures=endpoint.failures,
        last_position=endpoint.last_position,
        next_attempt_at=endpoint.next_attempt_at,
        replay_from=endpoint.replay_from,
    )


@transaction.atomic
def webhook_deliveries_purge(*, kept_days: int = KEPT_DAYS) -> int:
    """Forget finished deliveries older than so many days. Repeatable. Returns how many."""
    old = WebhookDelivery.objects.filter(created_at__lt=now() - timedelta(days=kept_days))
    return old.exclude(status=DeliveryStatus.PENDING).delete()[0]
