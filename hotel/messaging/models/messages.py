"""Messages to people and each attempt to send them."""

import uuid

from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from hotel.core.fields import SealedCharField, SealedTextField
from hotel.core.models_base import SealedRow
from hotel.messaging.choices import AttemptOutcome, Channel, MessageStatus, Purpose
from hotel.messaging.domain.retries import MESSAGE_ATTEMPTS
from hotel.properties.scoping import PropertyScopedModel


class Message(SealedRow, PropertyScopedModel):
    """One message to one address, worded when it was queued, sent by a worker.

    ``next_attempt_at`` is when it is due; while it is being sent, the end of the sender's lease: a sender that
    dies is followed by another one after that. So a message leaves at least once; its ``reference`` (Message-ID
    of e-mail, idempotency key of gateways) is the same each time.
    """

    channel = models.CharField(max_length=8, choices=Channel.choices)
    purpose = models.CharField(max_length=16, choices=Purpose.choices, default=Purpose.TRANSACTIONAL)
    template_code = models.CharField(max_length=60)
    language = models.CharField(max_length=8)
    address = SealedCharField(max_length=512, help_text="Normalised; empty once the guest was erased.")
    address_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    recipient_name = models.CharField(max_length=160, blank=True)
    guest_id = models.BigIntegerField(
        null=True, blank=True, help_text="Guests stand above messaging: an id only."
    )
    subject = SealedCharField(max_length=400, blank=True)
    body = SealedTextField(blank=True)
    body_html = SealedTextField(blank=True)
    attachment = models.CharField(
        max_length=40,
        blank=True,
        editable=False,
        help_text="Who has the file that goes along, and its id there.",
    )
    status = models.CharField(max_length=12, choices=MessageStatus.choices, default=MessageStatus.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    attempt_limit = models.PositiveSmallIntegerField(
        default=MESSAGE_ATTEMPTS, help_text="Given up after so many; a retry by hand raises it."
    )
    next_attempt_at = models.DateTimeField(default=now, null=True, blank=True)
    claim = models.UUIDField(null=True, editable=False, help_text="Who is sending it.")
    failure_code = models.CharField(max_length=40, blank=True)
    failure_reason = SealedTextField(blank=True)
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    provider_message_id = models.CharField(max_length=255, blank=True)
    dedupe_key = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    def key_subject(self) -> str:
        """Whose key encrypts the row: the guest's, else the house's."""
        return f"guest:{self.guest_id}" if self.guest_id else f"property:{self.property_id}"

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "dedupe_key"], condition=~Q(dedupe_key=""), name="message_dedupe_key_once"
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at=None)),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(status="sending", claim__isnull=False) | (~Q(status="sending") & Q(claim=None)),
                name="message_sending_has_claim",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["queued", "sending"], next_attempt_at__isnull=False)
                | Q(status__in=["sent", "failed", "suppressed"], next_attempt_at=None),
                name="message_due_until_done",
            ),
        ]
        indexes = [
            models.Index(fields=["property", "-id"], name="message_newest"),
            models.Index(fields=["property", "guest_id", "-id"], name="message_of_guest"),
            models.Index(
                fields=["property", "-id"],
                name="message_not_sent",
                condition=Q(status__in=["failed", "suppressed"]),
            ),
            models.Index(fields=["property", "address_fingerprint"], name="message_address"),
            models.Index(
                fields=["property", "attachment"], name="message_attachment", condition=~Q(attachment="")
            ),
            # The sweep serves all properties: what guests wait for goes before advertising ("t" after "m").
            models.Index(
                F("purpose").desc(),
                F("next_attempt_at"),
                name="message_due",
                condition=Q(status__in=["queued", "sending"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.template_code} ({self.channel}, {self.status})"


class MessageAttempt(SealedRow, PropertyScopedModel):
    """One try to send a message, with what the other side said."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="tries")
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=12, choices=AttemptOutcome.choices, default=AttemptOutcome.RUNNING)
    code = models.CharField(max_length=40, blank=True, help_text="SMTP or HTTP status, or our own word.")
    reason = SealedTextField(blank=True)
    started_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["message_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["message", "number"], name="message_attempt_once"),
            models.UniqueConstraint(
                fields=["message"], condition=Q(outcome="running"), name="message_one_attempt_runs"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} #{self.number}: {self.outcome}"
