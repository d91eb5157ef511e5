"""Papers that were asked for, with their files for as long as they are held."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow
from hotel.papers.choices import UNDONE, PaperForm, PaperKind, PaperStatus
from hotel.properties.scoping import PropertyScopedModel


class Paper(SealedRow, PropertyScopedModel):
    """A paper of a property: asked for by a person or the house itself, made by a worker, held for a while.

    The file is encrypted under the property's key; when its time is over it is emptied, and the row says that there
    was one. ``guests`` are those it names, so that each giving out is recorded and an erasure finds it.
    """

    kind = models.CharField(max_length=16, choices=PaperKind)
    form = models.CharField(max_length=4, choices=PaperForm, default=PaperForm.PDF)
    business_date = models.DateField(help_text="The day it is of.")
    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        help_text="Whose registration card it is; of all who arrive when empty.",
    )  # fmt: skip
    block = models.ForeignKey(
        "reservations.GroupBlock", on_delete=models.CASCADE, null=True, blank=True, related_name="+", db_index=False,
        help_text="Whose rooming list it is.",
    )  # fmt: skip
    language = models.CharField(max_length=8)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False,
        help_text="None for the house itself.",
    )  # fmt: skip
    status = models.CharField(max_length=8, choices=PaperStatus, default=PaperStatus.WAITING)
    content = EncryptedTextField(blank=True, help_text="The file, base64.")
    size = models.PositiveIntegerField(default=0, help_text="Of the file, bytes.")
    pages = models.PositiveIntegerField(default=0, help_text="Of a PDF.")
    guests = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of those it names.")
    failure = models.CharField(max_length=200, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    made_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    downloads = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status=PaperStatus.READY, made_at__isnull=False, expires_at__isnull=False)
                & ~Q(content="")
                | ~Q(status=PaperStatus.READY) & Q(content=""),
                name="paper_ready_has_file",
            ),
            models.CheckConstraint(
                condition=Q(kind=PaperKind.ROOMING) ^ Q(block=None), name="paper_rooming_has_block"
            ),
            models.CheckConstraint(
                condition=Q(reservation=None) | Q(kind=PaperKind.REGISTRATION), name="paper_of_a_stay"
            ),
        ]
        indexes = [
            models.Index(fields=["property", "-id"], name="paper_newest"),
            models.Index(
                fields=["property", "id"], name="paper_undone", condition=Q(status__in=sorted(UNDONE))
            ),
            models.Index(
                fields=["property", "expires_at"], name="paper_held", condition=Q(status=PaperStatus.READY)
            ),
            models.Index(
                fields=["property", "reservation"],
                name="paper_of_reservation",
                condition=Q(reservation__isnull=False),
            ),
            models.Index(
                fields=["property", "block"], name="paper_of_block", condition=Q(block__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.business_date}"

    @property
    def file_name(self) -> str:
        """Such as ``arrivals-2027-03-14.pdf``."""
        return f"{self.kind.replace('_', '-')}-{self.business_date.isoformat()}.{self.form}"

    @property
    def seconds(self) -> float | None:
        """How long it took to make; None before it is made."""
        if self.begun_at is None or self.made_at is None:
            return None
        return (self.made_at - self.begun_at).total_seconds()
