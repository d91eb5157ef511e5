"""Addresses to which nothing is sent any more."""

from django.db import models

from hotel.core.fields import SealedCharField
from hotel.core.models_base import SealedRow
from hotel.messaging.choices import Channel, SuppressionReason
from hotel.properties.scoping import PropertyScopedModel


class Suppression(SealedRow, PropertyScopedModel):
    """A stop for one address on one channel. The keyed hash stays when the address itself is erased."""

    channel = models.CharField(max_length=8, choices=Channel.choices)
    fingerprint = models.CharField(max_length=64, editable=False)
    address = SealedCharField(max_length=512, blank=True)
    reason = models.CharField(max_length=12, choices=SuppressionReason.choices)
    note = SealedCharField(max_length=400, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "channel", "fingerprint"], name="suppression_address_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel}: {self.reason}"
