"""Claims of idempotency keys and the answers kept under them."""

import uuid

from django.db import models

from hotel.core.clock import now
from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow


class IdempotencyRecord(SealedRow):
    """One key of one caller on one route: claimed first, answered in the transaction of the effect.

    Source: security reference §5.2.
    """

    principal = models.CharField(max_length=80)
    route = models.CharField(max_length=200)
    key = models.CharField(max_length=255)
    body_hash = models.CharField(max_length=64)
    owner = models.UUIDField(
        default=uuid.uuid4, help_text="Who holds the claim now; a taken-over owner cannot finish."
    )
    lease_until = models.DateTimeField()
    created_at = models.DateTimeField(default=now)
    response_status = models.PositiveSmallIntegerField(null=True)
    response_headers = models.JSONField(default=dict)
    response_body = EncryptedTextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["principal", "route", "key"], name="idempotency_key_once"),
        ]
        indexes = [models.Index(fields=["created_at"], name="idempotency_age")]

    def __str__(self) -> str:
        return f"{self.route} {self.key}"
