"""The relay: gives committed messages their position and delivers them in order per aggregate."""

import logging
from collections import deque
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, Min, OuterRef, Q, QuerySet

from hotel.core.clock import now
from hotel.core.facts import Handler, adapter, handlers_of, subscriptions
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.models import HandledFact, OutboxMessage
from hotel.core.postgresql.read_only import is_read_only

logger = logging.getLogger(__name__)

ATTEMPTS_BEFORE_PARKING = 8
READ_ONLY_WAIT = timedelta(seconds=30)
BATCH = 100
AT_ONCE = 16  # messages of one aggregate in one transaction: what their handlers lock is held so long
READ_ONLY = "No changes are taken at present; this waits."


@transaction.atomic
def outbox_sequence() -> int:
    """Give every committed message without a position the next one; what nobody listens to is done with that.

    Locks: the sequence lock until the commit, so positions become visible in their order.

    Returns:
        How many messages were placed.
    """
    advisory_lock(LockSpace.OUTBOX_SEQUENCE, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE core_outboxmessage AS message
               SET position = placed.position,
                   delivered_at = CASE WHEN topic = ANY (%s) THEN delivered_at ELSE %s END
              FROM (SELECT id, (SELECT coalesce(max(position), 0) FROM core_outboxmessage)
                               + row_number() OVER (ORDER BY id) AS position
                      FROM core_outboxmessage WHERE position IS NULL) AS placed
             WHERE message.id = placed.id
            """,
            [list(subscriptions()), now()],
        )
        return cursor.rowcount


def outbox_deliver(limit: int = BATCH) -> int:
    """Deliver due messages, the aggregate with the oldest first. Repeatable: an applied handler is never run again.

    Aggregates whose first message waits for its next attempt are left out, so that a stuck one cannot starve the
    others. Several relays share the work: who meets another one goes on half the list away.

    Args:
        limit: of aggregates.

    Returns:
        How many messages were completed by this call.
    """
    moment = now()
    waiting = _pending().filter(
        aggregate=OuterRef("aggregate"), position__lt=OuterRef("position"), next_attempt_at__gt=moment
    )
    due = _pending().filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=moment), ~Exists(waiting))
    oldest = due.values("aggregate").annotate(first=Min("position")).order_by("first")[:limit]
    aggregates, done = deque(row["aggregate"] for row in oldest), 0
    while aggregates:
        completed = _deliver_some(aggregates.popleft())
        done += completed or 0
        if completed is None:
            aggregates.rotate(len(aggregates) // 2)
    return done


def _pending() -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(delivered_at=None, parked_at=None, position__isnull=False)


@transaction.atomic
def _deliver_some(aggregate: str) -> int | None:
    """Deliver the next messages of an aggregate, up to the first that fails.

    Returns:
        How many were completed; None while another relay has the aggregate in hand.
    """
    if not advisory_lock(LockSpace.OUTBOX_AGGREGATE, aggregate, wait=False):
        return None
    messages = list(_pending().filter(aggregate=aggregate).order_by("position")[:AT_ONCE])
    applied = set(HandledFact.objects.filter(message__in=messages).values_list("message", "handler"))
    done = []
    for message in messages:
        if message.next_attempt_at and message.next_attempt_at > now():
            break
        handlers = [h for h in handlers_of(message.topic) if (message.pk, h.name) not in applied]
        errors = [error for handler in handlers if (error := _apply(handler, message))]
        if errors:
            _postpone(message, errors)
            break
        done.append(message.pk)
    OutboxMessage.objects.filter(pk__in=done).update(delivered_at=now())
    return len(done)


def _apply(handler: Handler, message: OutboxMessage) -> str:
    """Run one handler in a savepoint with its inbox row; return the error's text, empty when applied.

    What cannot be written because nothing is written now is no attempt: it waits as long as that lasts.
    """
    try:
        with transaction.atomic():
            HandledFact.objects.create(message=message, handler=handler.name)
            handler.function(adapter(handler.fact).validate_python(message.payload))
    except Exception as error:
        if is_read_only(error):
            return READ_ONLY
        logger.exception("%s failed on message %s", handler.name, message.pk)
        return f"{handler.name}: {type(error).__name__}: {error}"
    return ""


def _postpone(message: OutboxMessage, errors: list[str]) -> None:
    if all(error == READ_ONLY for error in errors):
        message.next_attempt_at, message.last_error = now() + READ_ONLY_WAIT, READ_ONLY
    else:
        message.attempts += 1
        message.last_error = "\n".join(errors)[:4000]
        if message.attempts >= ATTEMPTS_BEFORE_PARKING:
            message.parked_at = now()
            text = "Message %s (%s) is parked after %s attempts."
            logger.error(text, message.pk, message.topic, message.attempts)
        else:
            message.next_attempt_at = now() + timedelta(seconds=2**message.attempts)
    message.save(update_fields=["attempts", "next_attempt_at", "parked_at", "last_error"])


@transaction.atomic
def outbox_unpark(*, message_id: int) -> bool:
    """Put a parked message back into delivery, attempts counted anew. Returns whether it was parked."""
    return bool(
        OutboxMessage.objects.filter(pk=message_id, parked_at__isnull=False).update(
            parked_at=None, attempts=0, next_attempt_at=None
        )
    )
