"""The relay: gives committed messages their position and delivers them in order per aggregate."""

import logging
from datetime import timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from hotel.core.clock import now
from hotel.core.facts import Handler, adapter, handlers_of, subscriptions
from hotel.core.locks import LockSpace, advisory_lock
from hotel.core.models import HandledFact, OutboxMessage
from hotel.core.postgresql.read_only import is_read_only

logger = logging.getLogger(__name__)

ATTEMPTS_BEFORE_PARKING = 8
READ_ONLY_WAIT = timedelta(seconds=30)
BATCH = 500
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
    """Deliver due messages, oldest first. Repeatable: an applied handler is never run again.

    Messages behind one that waits for its next attempt are left out, so that a stuck aggregate with
    many messages cannot fill the batch and starve the others.

    Returns:
        How many messages were completed by this call.
    """
    moment = now()
    pending = OutboxMessage.objects.filter(delivered_at=None, parked_at=None, position__isnull=False)
    waiting = pending.filter(
        aggregate=OuterRef("aggregate"), position__lt=OuterRef("position"), next_attempt_at__gt=moment
    )
    due = pending.filter(Q(next_attempt_at=None) | Q(next_attempt_at__lte=moment), ~Exists(waiting))
    return sum(_deliver_one(pk) for pk in list(due.order_by("position").values_list("pk", flat=True)[:limit]))


@transaction.atomic
def _deliver_one(pk: int) -> bool:
    message = (
        OutboxMessage.objects.select_for_update(skip_locked=True)
        .filter(pk=pk, delivered_at=None, parked_at=None)
        .first()
    )
    if message is None or not advisory_lock(LockSpace.OUTBOX_AGGREGATE, message.aggregate, wait=False):
        return False
    earlier = OutboxMessage.objects.filter(
        aggregate=message.aggregate, position__lt=message.position, delivered_at=None, parked_at=None
    )
    if earlier.exists():
        return False
    applied = set(HandledFact.objects.filter(message=message).values_list("handler", flat=True))
    errors = [
        error for h in handlers_of(message.topic) if h.name not in applied and (error := _apply(h, message))
    ]
    if errors and all(error == READ_ONLY for error in errors):
        message.next_attempt_at, message.last_error = now() + READ_ONLY_WAIT, READ_ONLY
    elif errors:
        _postpone(message, errors)
    else:
        message.delivered_at = now()
    message.save(update_fields=["delivered_at", "attempts", "next_attempt_at", "parked_at", "last_error"])
    return not errors


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
    message.attempts += 1
    message.last_error = "\n".join(errors)[:4000]
    if message.attempts >= ATTEMPTS_BEFORE_PARKING:
        message.parked_at = now()
        logger.error(
            "Message %s (%s) is parked after %s attempts.", message.pk, message.topic, message.attempts
        )
    else:
        message.next_attempt_at = now() + timedelta(seconds=2**message.attempts)


@transaction.atomic
def outbox_unpark(*, message_id: int) -> bool:
    """Put a parked message back into delivery, attempts counted anew. Returns whether it was parked."""
    return bool(
        OutboxMessage.objects.filter(pk=message_id, parked_at__isnull=False).update(
            parked_at=None, attempts=0, next_attempt_at=None
        )
    )
