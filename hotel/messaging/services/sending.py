"""One attempt to send one message: claim, ask consent, hand over, record.

Three steps, of which only the first and the last are transactions; the outside world is called between them.
A sender that dies in the middle leaves a claimed row; when its lease has run out another sender takes over.
So a message leaves at least once: in the rare case that the mail server took it and we died before noting so, it
leaves twice, with the same Message-ID.
"""

import logging
import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from hotel.contracts.messaging import MessageFailed, MessageSent, MessageSuppressed
from hotel.core.clock import now
from hotel.core.facts import publish
from hotel.core.fields import bound
from hotel.core.locks import lock_rows
from hotel.messaging.adapters.base import Parcel, PermanentFailure, TemporaryFailure, adapter_for
from hotel.messaging.attachments import attachments_of
from hotel.messaging.choices import AttemptOutcome, MessageStatus, SuppressionReason
from hotel.messaging.consent import consent_refusal
from hotel.messaging.domain.retries import MESSAGE_ATTEMPTS, MESSAGE_BASE, MESSAGE_CAP, backoff
from hotel.messaging.models import Message, MessageAttempt
from hotel.messaging.services.messages import fact_values
from hotel.messaging.services.suppressions import suppression_add, suppression_refusal

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)


@dataclass(frozen=True)
class Result:
    """How an attempt ended."""

    outcome: AttemptOutcome
    code: str = ""
    reason: str = ""
    provider_id: str = ""
    is_bounce: bool = False


def messages_due(*, limit: int = 100) -> list[int]:
    """Ids of messages to send now, what the stay needs before advertising, then the longest waiting."""
    return list(
        Message.objects.filter(
            status__in=[MessageStatus.QUEUED, MessageStatus.SENDING], next_attempt_at__lte=now()
        )
        .order_by(F("purpose").desc(), "next_attempt_at")
        .values_list("pk", flat=True)[:limit]
    )


def message_send(*, message_id: int) -> str:
    """Make one attempt. Repeatable, and safe from any number of senders at once.

    Must not run inside a transaction: the claim has to be visible before the message leaves.

    Returns:
        The message's status afterwards; empty when there was nothing to do or another sender has it.
    """
    message = _claim(message_id)
    if message is None:
        return ""
    return _record(message, _attempt(message))


@transaction.atomic(durable=True)
def _claim(message_id: int) -> Message | None:
    moment = now()
    message = (
        Message.objects.select_for_update(skip_locked=True, of=("self",))
        .select_related("property")
        .filter(
            pk=message_id,
            status__in=[MessageStatus.QUEUED, MessageStatus.SENDING],
            next_attempt_at__lte=moment,
        )
        .first()
    )
    if message is None:
        return None
    if message.status == MessageStatus.SENDING:
        for attempt in MessageAttempt.objects.filter(message=message, outcome=AttemptOutcome.RUNNING):
            attempt.outcome, attempt.ended_at = AttemptOutcome.LOST, moment
            attempt.reason = "The sender vanished; its lease ran out."
            attempt.save(update_fields=["outcome", "ended_at", "reason"])
    message.status, message.claim = MessageStatus.SENDING, uuid.uuid4()
    message.next_attempt_at, message.attempts = moment + LEASE, message.attempts + 1
    _save(message)
    MessageAttempt.objects.create(property=message.property, message=message, number=message.attempts)
    return message


def _attempt(message: Message) -> Result:
    """Ask for stops and consent as they are now, then hand the message over."""
    try:
        stopped = suppression_refusal(
            property_id=message.property_id,
            channel=message.channel,
            address=message.address,
            purpose=message.purpose,
        )
        if stopped:
            return Result(AttemptOutcome.SUPPRESSED, "suppressed", stopped)
        if refused := consent_refusal(message.guest_id, message.channel, message.purpose):
            return Result(AttemptOutcome.SUPPRESSED, "no_consent", refused)
        provider_id = adapter_for(message.channel).send(_parcel(message))
        return Result(AttemptOutcome.SENT, provider_id=provider_id[:255])
    except TemporaryFailure as failure:
        return Result(AttemptOutcome.TEMPORARY, failure.code, failure.reason)
    except PermanentFailure as failure:
        return Result(AttemptOutcome.PERMANENT, failure.code, failure.reason, is_bounce=failure.is_bounce)
    except Exception as error:  # a fault of ours must not strand the message: it is logged and tried again
        logger.exception("Message %s could not be sent.", message.pk)
        return Result(AttemptOutcome.TEMPORARY, "internal", f"{type(error).__name__}: {error}"[:2000])


def _parcel(message: Message) -> Parcel:
    place = message.property
    return Parcel(
        reference=str(message.reference),
        channel=message.channel,
        address=message.address,
        recipient_name=message.recipient_name,
        subject=message.subject,
        body=message.body,
        body_html=message.body_html,
        language=message.language,
        sender_name=place.brand_name or place.name,
        reply_to=place.email,
        files=tuple(
            (file.name, file.media_type, file.content)
            for file in attachments_of(message.property_id, message.attachment)
        ),
    )


@transaction.atomic(durable=True)
def _record(claimed: Message, result: Result) -> str:
    moment = now()
    mine = lock_rows(Message.objects.select_related("property").filter(pk=claimed.pk, claim=claimed.claim))
    if not mine:
        logger.warning("Message %s took longer than its lease; another sender has it.", claimed.pk)
        return ""
    message = mine[0]
    for attempt in MessageAttempt.objects.filter(message=message, outcome=AttemptOutcome.RUNNING):
        attempt.outcome, attempt.code, attempt.reason, attempt.ended_at = (
            result.outcome, result.code, result.reason, moment,
        )  # fmt: skip
        attempt.save(update_fields=["outcome", "code", "reason", "ended_at"])
    message.claim, message.next_attempt_at = None, None
    message.failure_code, message.failure_reason = result.code, result.reason
    values = fact_values(message)
    if result.outcome == AttemptOutcome.SENT:
        message.status, message.sent_at = MessageStatus.SENT, moment
        message.provider_message_id = result.provider_id
        publish(MessageSent(**values))
    elif result.outcome == AttemptOutcome.SUPPRESSED:
        message.status = MessageStatus.SUPPRESSED
        publish(MessageSuppressed(**values, code=result.code))
    elif result.outcome == AttemptOutcome.TEMPORARY and message.attempts < message.attempt_limit:
        message.status, message.next_attempt_at = MessageStatus.QUEUED, moment + _pause(message)
    else:
        message.status = MessageStatus.FAILED
        publish(MessageFailed(**values, code=result.code))
    _save(message)
    if result.is_bounce:
        _stop_address(message, result)
    return message.status


def _pause(message: Message) -> timedelta:
    failed = message.attempts - (message.attempt_limit - MESSAGE_ATTEMPTS)
    return backoff(failed, base=MESSAGE_BASE, cap=MESSAGE_CAP, share=random.random())  # noqa: S311


def _stop_address(message: Message, result: Result) -> None:
    suppression_add(
        place=message.property,
        channel=message.channel,
        address=message.address,
        reason=SuppressionReason.BOUNCE,
        note=f"{result.code} {result.reason}",
    )


def _save(message: Message) -> None:
    """Write the state only, past the readable audit: the attempts are its log."""
    state: dict[str, Any] = {
        field: getattr(message, field)
        for field in (
            "status",
            "claim",
            "attempts",
            "next_attempt_at",
            "failure_code",
            "provider_message_id",
            "sent_at",
        )
    }
    state["failure_reason"] = bound(message, "failure_reason", message.failure_reason)
    Message.objects.filter(pk=message.pk).update(**state, updated_at=now())
