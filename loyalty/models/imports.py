"""Members brought along from another system: a file, checked first and then taken over line by line."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from hotel.core.fields import EncryptedTextField
from hotel.core.models_base import SealedRow
from hotel.properties.scoping import PropertyScopedModel
from loyalty.choices import ImportOutcome, MemberImportStatus
from loyalty.models.members import LoyaltyMember


class MemberImport(PropertyScopedModel):
    """One file of a hotel. What stands before line ``position`` and at it is done for good in this phase."""

    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    status = models.CharField(
        max_length=8, choices=MemberImportStatus, default=MemberImportStatus.CHECKING, editable=False
    )
    total = models.PositiveIntegerField(help_text="Lines of the file without its header.")
    position = models.PositiveIntegerField(
        default=1, editable=False, help_text="The last line looked at; the header is line 1."
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["property", "fingerprint"], name="loyalty_import_file_once"),
            models.CheckConstraint(
                condition=Q(status=MemberImportStatus.FINISHED, ended_at__isnull=False)
                | ~Q(status=MemberImportStatus.FINISHED) & Q(ended_at=None),
                name="loyalty_import_ended",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.get_status_display().lower()}"


class MemberImportRow(SealedRow, PropertyScopedModel):
    """One line: what it tells of a person until it is taken over, and what became of it."""

    run = models.ForeignKey(MemberImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    line = models.PositiveIntegerField()
    told = EncryptedTextField(blank=True, help_text="JSON; emptied when the import is over.")
    outcome = models.CharField(max_length=7, choices=ImportOutcome, blank=True, editable=False)
    column = models.CharField(max_length=20, blank=True, help_text="That is refused.")
    reason = models.CharField(max_length=200, blank=True, help_text="Why it is refused.")
    member = models.ForeignKey(
        LoyaltyMember, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["run_id", "line"]
        constraints = [
            models.UniqueConstraint(fields=["run", "line"], name="loyalty_import_line_once"),
            models.CheckConstraint(
                condition=Q(outcome=ImportOutcome.REFUSED) & ~Q(reason="")
                | ~Q(outcome=ImportOutcome.REFUSED) & Q(reason="", column=""),
                name="loyalty_import_refusal_says_why",
            ),
            models.CheckConstraint(
                condition=Q(member=None) | ~Q(outcome=ImportOutcome.REFUSED),
                name="loyalty_import_refused_nobody",
            ),
        ]

    def __str__(self) -> str:
        return f"Line {self.line}: {self.outcome or 'waits'}"
