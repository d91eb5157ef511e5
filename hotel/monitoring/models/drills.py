"""Backups that were restored on trial, and what was found."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q

from hotel.monitoring.models.limits import WholeQuerySet


class RestoreDrill(models.Model):
    """One trial: a backup was restored into a database of its own and examined. Written once, never changed."""

    started_at = models.DateTimeField()
    backup_name = models.CharField(max_length=255, help_text="The file's name without its folder.")
    backup_sha256 = models.CharField(max_length=64)
    backup_bytes = models.PositiveBigIntegerField()
    backup_made_at = models.DateTimeField(help_text="What was done later would have been lost.")
    restore_seconds = models.DecimalField(
        max_digits=9, decimal_places=2, help_text="From the file to a database that answers."
    )
    verify_seconds = models.DecimalField(
        max_digits=9, decimal_places=2, help_text="The examination after that."
    )
    table_count = models.PositiveIntegerField()
    row_count = models.PositiveBigIntegerField()
    business_date = models.DateField(
        null=True, blank=True, help_text="The newest in the backup; empty without a hotel."
    )
    is_proven = models.BooleanField(help_text="Every question was answered as it should be.")
    checks = models.JSONField(help_text="Each question with `name`, `is_ok` and `text`, in order.")
    proof = models.CharField(
        max_length=64, help_text="SHA-256 of all the rest; see docs/guide/deployment.md."
    )

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(backup_made_at__lte=F("started_at")), name="restore_drill_of_the_past"
            ),
        ]
        indexes = [models.Index(fields=["-started_at"], name="restore_drill_latest")]

    def __str__(self) -> str:
        return f"{self.backup_name}: {'proven' if self.is_proven else 'not proven'}"

    @property
    def lost(self) -> timedelta:
        """How much of the work would have been lost, had the house burnt down when the drill began."""
        return self.started_at - self.backup_made_at
