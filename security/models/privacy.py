"""Requests of guests about their data, what was handed out and erased, and what forbids to erase."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from hotel.core.fields import EncryptedTextField, SealedTextField
from hotel.core.models_base import SealedRow, Versioned
from hotel.properties.scoping import PropertyScopedModel
from security.domain.privacy_requests import OPEN
from security.privacy_choices import BundleStatus, HoldKind, Purpose, RequestKind, RequestStatus


def person() -> models.ForeignKey:
    """Who did something; None for the house itself."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )


class PrivacyRequest(SealedRow, PropertyScopedModel, Versioned):
    """A guest asks for his rights; answered within a month, or three when that is said with a reason in the first.

    An erasure is approved by somebody else than who proposed it. ``due_on`` is a calendar day at the property.
    """

    kind = models.CharField(max_length=16, choices=RequestKind)
    status = models.CharField(max_length=20, choices=RequestStatus, default=RequestStatus.RECEIVED)
    guest = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="privacy_requests")
    purpose = models.CharField(max_length=12, choices=Purpose, blank=True, help_text="Of an objection.")
    changes = EncryptedTextField(blank=True, help_text="Of a rectification: JSON of fields to what is right.")
    words = EncryptedTextField(blank=True, help_text="What the guest wrote or said.")
    received_on = models.DateField(help_text="Calendar day at the property.")
    due_on = models.DateField(help_text="Last calendar day to answer, inclusive.")
    recorded_by = person()
    identity_check = models.CharField(max_length=200, blank=True, help_text="How he proved who he is.")
    identified_at = models.DateTimeField(null=True, blank=True, editable=False)
    identified_by = person()
    extended_at = models.DateTimeField(null=True, blank=True, editable=False)
    extension_reason = models.CharField(max_length=400, blank=True)
    proposed_by = person()
    approved_by = person()
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    closed_by = person()
    outcome = models.CharField(max_length=2000, blank=True, help_text="What was done, or why not.")
    history = EncryptedTextField(blank=True, editable=False, help_text="JSON: what a rectification changed.")

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"guest:{self.guest_id}"

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=RequestKind.OBJECTION) & ~Q(purpose="")
                | ~Q(kind=RequestKind.OBJECTION) & Q(purpose=""),
                name="privacy_objection_has_purpose",
            ),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")),
                name="privacy_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(extended_at=None) | ~Q(extension_reason=""), name="privacy_extension_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(status__in=sorted(OPEN), closed_at=None)
                | ~Q(status__in=sorted(OPEN)) & Q(closed_at__isnull=False) & ~Q(outcome=""),
                name="privacy_closed_says_when_and_what",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")), name="privacy_due_after_received"
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "due_on"], name="privacy_due", condition=Q(status__in=sorted(OPEN))
            ),
            models.Index(fields=["property", "status"], name="privacy_status"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"


class PrivacyBundle(SealedRow, PropertyScopedModel):
    """All that the house knows of one guest as files, encrypted here; handed out by a link that ends."""

    request = models.ForeignKey(
        PrivacyRequest, on_delete=models.CASCADE, related_name="bundles", db_index=False
    )
    status = models.CharField(max_length=8, choices=BundleStatus, default=BundleStatus.QUEUED)
    progress = models.PositiveSmallIntegerField(default=0, help_text="0–100.")
    document = EncryptedTextField(blank=True, help_text="JSON.")
    printed = EncryptedTextField(blank=True, help_text="PDF, base64.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the JSON.")
    failure = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    downloads = models.PositiveIntegerField(default=0)

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"guest:{self.request.guest_id}"

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(progress__lte=100), name="bundle_progress"),
            models.CheckConstraint(
                condition=Q(status=BundleStatus.READY, expires_at__isnull=False) & ~Q(digest="")
                | ~Q(status=BundleStatus.READY) & Q(document="", printed=""),
                name="bundle_ready_has_content",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "status"],
                name="bundle_waiting",
                condition=Q(status__in=["queued", "running"]),
            ),
            models.Index(fields=["property", "request"], name="bundle_of_request"),
        ]

    def __str__(self) -> str:
        return f"Bundle {self.pk} ({self.status})"


class ErasureCertificate(PropertyScopedModel):
    """What an erasure did and what it had to leave: counts and reasons, and their hash; never changed."""

    request = models.OneToOneField(PrivacyRequest, on_delete=models.PROTECT, related_name="certificate")
    guest_id = models.BigIntegerField(help_text="The pseudonym that is left.")
    issued_at = models.DateTimeField(default=now)
    erased = models.JSONField(encoder=DjangoJSONEncoder, help_text="What to how many rows.")
    kept = models.JSONField(encoder=DjangoJSONEncoder, help_text="Model, how many rows, and why.")
    keys_forgotten = models.PositiveIntegerField(
        default=0, help_text="Keys without which backups are unreadable."
    )
    digest = models.CharField(max_length=64, help_text="SHA-256 of what is above, as canonical JSON.")

    class Meta:
        ordering = ["property_id", "-id"]

    def __str__(self) -> str:
        return f"Certificate {self.pk}"


class LegalHold(SealedRow, PropertyScopedModel):
    """Somebody's data must not be erased while this stands, however old they are."""

    kind = models.CharField(max_length=12, choices=HoldKind)
    guest = models.ForeignKey("guests.Guest", on_delete=models.PROTECT, related_name="legal_holds")
    reference = models.CharField(max_length=80, blank=True, help_text="The other side's file number.")
    reason = SealedTextField()
    placed_at = models.DateTimeField(default=now, editable=False)
    placed_by = person()
    lifted_at = models.DateTimeField(null=True, blank=True, editable=False)
    lifted_by = person()

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"guest:{self.guest_id}"

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="hold_has_reason")]
        indexes = [
            models.Index(fields=["property", "guest"], name="hold_stands", condition=Q(lifted_at=None))
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
