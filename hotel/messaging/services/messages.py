"""Queueing, retrying and withdrawing messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from hotel.contracts.messaging import MessageQueued, MessageSuppressed
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput
from hotel.core.facts import publish
from hotel.core.locks import lock_rows
from hotel.core.words import _, in_sentence
from hotel.messaging.choices import MessageStatus, Purpose
from hotel.messaging.domain.addresses import address_problem, normalised
from hotel.messaging.domain.retries import MESSAGE_ATTEMPTS
from hotel.messaging.models import Message
from hotel.messaging.services.suppressions import address_fingerprint
from hotel.messaging.services.templates import template_choose, template_render
from hotel.properties.models import Property


class MessageNotFailed(Conflict):
    """Only a message that was given up or held back can be tried again."""

    code = "message_not_failed"


@dataclass(frozen=True)
class Recipient:
    """To whom a message goes.

    Attributes:
        address: e-mail address, number with country code, or device token.
        channel: email, sms or push.
        language: wanted, such as ``de`` or ``de-AT``; the property's own when empty.
        guest_id: the guest, so that consent can be asked; None for others.
        name: for the To header.
    """

    address: str
    channel: str
    language: str = ""
    guest_id: int | None = None
    name: str = ""


@transaction.atomic
def message_queue(
    *,
    place: Property,
    template_code: str,
    recipient: Recipient,
    context: Mapping[str, str],
    purpose: str = Purpose.TRANSACTIONAL,
    dedupe_key: str = "",
    send_at: datetime | None = None,
) -> Message:
    """Word a message and put it into the queue; a worker sends it after the commit.

    Consent and stops are not looked at here but when it leaves.

    Args:
        place: the property that writes.
        template_code: code of a MessageTemplate.
        recipient: address, channel and language.
        context: values of the variables the template uses, ready for people (dates and money as text).
        purpose: transactional or marketing.
        dedupe_key: unique per property; a second call with it changes nothing and returns the first message.
        send_at: not before this instant; None for now.

    Raises:
        TemplateMissing, MessageNotRenderable: see ``services.templates``.
        InvalidInput: not an address of the channel.
    """
    if dedupe_key and (known := Message.objects.at(place.pk).filter(dedupe_key=dedupe_key).first()):
        return known
    address = normalised(recipient.address, recipient.channel)
    if problem := address_problem(address, recipient.channel):
        raise InvalidInput(problem, fields={"address": [problem]})
    template = template_choose(
        place=place,
        code=template_code,
        channel=recipient.channel,
        language=recipient.language or place.language,
    )
    text = template_render(template=template, place=place, context=context)
    message = Message(
        property=place,
        channel=recipient.channel,
        purpose=purpose,
        template_code=template_code,
        language=template.language,
        address=address,
        address_fingerprint=address_fingerprint(address, recipient.channel),
        recipient_name=" ".join(recipient.name.split())[:160],
        guest_id=recipient.guest_id,
        subject=text.subject,
        body=text.body,
        body_html=text.body_html,
        dedupe_key=dedupe_key,
        next_attempt_at=send_at or now(),
    )
    return worded_queue(message=message)


@transaction.atomic
def worded_queue(*, message: Message) -> Message:
    """Put a message that is worded already into the queue; the first one with its key is returned when there is one.

    Publishes: MessageQueued.
    """
    try:
        with transaction.atomic():
            message.save(force_insert=True)
    except IntegrityError:
        if not message.dedupe_key:
            raise
        return Message.objects.get(property=message.property_id, dedupe_key=message.dedupe_key)
    publish(MessageQueued(**fact_values(message)))
    return message


@transaction.atomic
def message_retry(*, message: Message) -> Message:
    """Put a failed or held-back message into the queue again, with fresh attempts; the words stay.

    Locks: the message.

    Raises:
        MessageNotFailed: it waits, is being sent, or was sent; or its address was erased.
    """
    message = lock_rows(Message.objects.filter(pk=message.pk))[0]
    if message.status not in (MessageStatus.FAILED, MessageStatus.SUPPRESSED) or not message.address:
        raise MessageNotFailed(
            _("This message is %(status)s; only failed or suppressed ones can be retried.")
            % {"status": in_sentence(message.get_status_display)},
            extra={"status": message.status},
        )
    message.status, message.next_attempt_at = MessageStatus.QUEUED, now()
    message.attempt_limit = message.attempts + MESSAGE_ATTEMPTS
    message.failure_code = message.failure_reason = ""
    message.save()
    publish(MessageQueued(**fact_values(message)))
    return message


@transaction.atomic
def message_withdraw(*, place: Property, dedupe_key: str, reason: str) -> bool:
    """Hold back a message that still waits, such as a pre-arrival letter of a cancelled stay.

    Locks: the message. Repeatable.

    Returns:
        Whether it was held back by this call; False when unknown, on its way, or done.
    """
    for message in lock_rows(Message.objects.at(place.pk).filter(dedupe_key=dedupe_key)):
        if dedupe_key and message.status == MessageStatus.QUEUED:
            message.status, message.next_attempt_at = MessageStatus.SUPPRESSED, None
            message.failure_code, message.failure_reason = "withdrawn", reason
            message.save()
            publish(MessageSuppressed(**fact_values(message), code="withdrawn"))
            return True
    return False


def fact_values(message: Message) -> dict[str, Any]:
    """What all facts about a message have in common."""
    return {
        "property_id": message.property_id,
        "message_id": message.pk,
        "channel": message.channel,
        "template_code": message.template_code,
        "guest_id": message.guest_id,
    }
