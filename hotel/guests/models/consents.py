"""Consents: what a guest agreed to, as a history that only grows."""

from django.conf import settings
from django.db import models

from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from hotel.guests.choices import ConsentChannel, ConsentDecision, ConsentPurpose, ConsentSource
from hotel.guests.querysets import ThroughProfiles


class GuestConsent(TimeStamped):
    """One decision of a guest about one channel and purpose; the newest one counts.

    Rows are never changed or deleted (a trigger refuses), but for the guest when two profiles become one, and for
    the evidence when the guest was erased.
    A row made by a merge counts only while that merge stands.
    """

    guest = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="consents")
    channel = models.CharField(max_length=8, choices=ConsentChannel.choices)
    purpose = models.CharField(max_length=12, choices=ConsentPurpose.choices)
    decision = models.CharField(max_length=10, choices=ConsentDecision.choices)
    at = models.DateTimeField(default=now, help_text="When the guest decided.")
    source = models.CharField(max_length=12, choices=ConsentSource.choices)
    text_version = models.CharField(
        max_length=40, blank=True, help_text="Which wording he saw, such as 2026-03 or newsletter-4."
    )
    evidence = models.TextField(blank=True, help_text="The words agreed to, or where the proof is.")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    merge = models.ForeignKey(
        "guests.GuestMerge", on_delete=models.PROTECT, null=True, related_name="consents", editable=False
    )

    objects = ThroughProfiles.as_manager()

    class Meta:
        ordering = ["guest_id", "-at", "-pk"]
        indexes = [
            models.Index(fields=["guest", "channel", "purpose", "-at", "-id"], name="consent_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.guest}: {self.purpose} by {self.channel} {self.decision}"
