"""The transactional outbox and the inbox of each consumer."""

from django.db import models

from hotel.core.clock import now


class OutboxMessage(models.Model):
    """A fact, written in the transaction that made it true.

    ``position`` is given by the relay under one lock, after the commit: a reader that follows it never
    misses a message, which ``id`` (drawn before the commit) could not promise.
    """

    property_id = models.BigIntegerField(null=True)
    aggregate = models.CharField(max_length=80)
    topic = models.CharField(max_length=80)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=now)
    position = models.BigIntegerField(null=True, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    parked_at = models.DateTimeField(null=True, help_text="Given up after too many attempts; needs a person.")
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["property_id", "position"], name="outbox_feed"),
            models.Index(fields=["id"], name="outbox_unsequenced", condition=models.Q(position=None)),
            models.Index(
                fields=["aggregate", "position"],
                name="outbox_pending",
                condition=models.Q(delivered_at=None, parked_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.aggregate}"


class HandledFact(models.Model):
    """The inbox: this handler has applied this message. Written in the transaction of the effect."""

    message = models.ForeignKey(OutboxMessage, on_delete=models.CASCADE, related_name="handled")
    handler = models.CharField(max_length=160)
    handled_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "handler"], name="handled_once")]

    def __str__(self) -> str:
        return f"{self.handler} {self.message_id}"
