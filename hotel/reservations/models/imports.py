"""Reservations taken over from another system: how its files are read, and what was read when."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import ImportStatus


class ImportMapping(PropertyScopedModel):
    """A saved mapping: which column of a file is which field of ours; see ``domain.importing``."""

    name = models.CharField(max_length=60)
    contents = models.JSONField(help_text="As docs/guide/import.md describes it.")

    class Meta:
        ordering = ["property_id", "name"]
        constraints = [models.UniqueConstraint(fields=["property", "name"], name="import_mapping_once")]

    def __str__(self) -> str:
        return self.name


class ImportRun(PropertyScopedModel):
    """One file taken over, chunk by chunk. Rows up to line ``position`` are stored for good.

    A run that stopped is resumed from there or undone; until then the property imports nothing else.
    """

    file_name = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    mapping = models.JSONField(
        encoder=DjangoJSONEncoder, help_text="The mapping as it was when the run began."
    )
    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.RUNNING)
    total = models.PositiveIntegerField(help_text="Rows of the file.")
    position = models.PositiveIntegerField(default=0, help_text="The last line stored; the header is line 1.")
    imported = models.PositiveIntegerField(default=0, help_text="Reservations made.")
    known = models.PositiveIntegerField(default=0, help_text="Rows that were here before.")
    ended_at = models.DateTimeField(null=True, blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["property"], condition=Q(status=ImportStatus.RUNNING), name="import_one_running"
            ),
            models.CheckConstraint(
                condition=Q(imported__lte=F("total")), name="import_not_more_than_the_file"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.status}"
