"""Identity documents."""

from django.db import models
from django.db.models import F, Q

from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow, TimeStamped
from hotel.guests.choices import DocumentKind
from hotel.guests.models.contacts import COUNTRY
from hotel.guests.querysets import ThroughProfiles


class GuestDocument(SealedRow, TimeStamped):
    """A document a guest showed. The number is encrypted; its fingerprint finds the same document again."""

    guest = models.ForeignKey("guests.Guest", on_delete=models.CASCADE, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    number = EncryptedTextField()
    number_fingerprint = models.CharField(max_length=64, editable=False)
    issuing_country = models.CharField(max_length=2, validators=[COUNTRY], help_text="ISO 3166.")
    issued_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True, help_text="Last calendar day of validity.")

    objects = ThroughProfiles.as_manager()

    def key_subject(self) -> str:
        """Whose key encrypts the row."""
        return f"guest:{self.guest_id}"

    class Meta:
        ordering = ["guest_id", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guest", "kind", "issuing_country", "number_fingerprint"], name="document_once"
            ),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(expires_on=None) | Q(expires_on__gte=F("issued_on")),
                name="document_dates_in_order",
            ),
        ]
        indexes = [models.Index(fields=["number_fingerprint"], name="document_number")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.issuing_country} {self.masked_number}"

    @property
    def masked_number(self) -> str:
        """The last three characters behind dots; all dots when there are no more than four."""
        shown = self.number[-3:] if len(self.number) > 4 else ""
        return "•" * (len(self.number) - len(shown)) + shown
