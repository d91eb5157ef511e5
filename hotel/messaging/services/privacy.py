"""What messaging knows of one guest: given out and erased on request."""

from typing import Any

from django.db import transaction

from hotel.core.fields import bound
from hotel.core.locks import lock_rows
from hotel.messaging.choices import MessageStatus
from hotel.messaging.models import Message, Suppression
from hotel.messaging.services.suppressions import address_fingerprints


def guest_messages_export(*, guest_id: int) -> list[dict[str, Any]]:
    """Every message to a guest, oldest first, as plain values."""
    fields = ("created_at", "channel", "purpose", "address", "subject", "body", "status", "sent_at")
    rows = Message.objects.filter(guest_id=guest_id).order_by("pk")
    return [{name: getattr(row, name) for name in fields} for row in rows]


@transaction.atomic
def guest_messages_erase(*, guest_id: int) -> int:
    """Erase addresses and words of all messages to a guest; waiting ones are held back.

    That a message went out, and stops on the addresses, stay: the latter as keyed hashes only.
    Repeatable. Locks: the guest's messages. A message that is just leaving keeps its words until it is done.

    Returns:
        How many messages were emptied.
    """
    rows = lock_rows(
        Message.objects.filter(guest_id=guest_id).exclude(address="").exclude(status=MessageStatus.SENDING)
    )
    for channel, address in {(row.channel, row.address) for row in rows}:
        Suppression.objects.filter(
            channel=channel, fingerprint__in=address_fingerprints(address, channel)
        ).update(address="")
    for row in rows:
        if row.status == MessageStatus.QUEUED:
            row.status, row.next_attempt_at = MessageStatus.SUPPRESSED, None
            row.failure_code, row.failure_reason = (
                "erased",
                bound(row, "failure_reason", "The guest was erased."),
            )
        row.address = row.address_fingerprint = row.recipient_name = row.subject = row.body = (
            row.body_html
        ) = ""
    Message.objects.bulk_update(
        rows,
        [
            "status",
            "next_attempt_at",
            "failure_code",
            "failure_reason",
            "address",
            "address_fingerprint",
            "recipient_name",
            "subject",
            "body",
            "body_html",
        ],
        batch_size=200,
    )
    return len(rows)
