"""Checks and exports of the trail that somebody asked for, done by a worker."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from hotel.core.clock import now
from security.choices import TrailJobStatus
from security.models.seals import WholeTrailQuerySet


class TrailJob(models.Model):
    """One check of the whole trail, or one export of a part of it."""

    VERIFY, EXPORT = "verify", "export"

    kind = models.CharField(max_length=8, choices=[(VERIFY, _("Check")), (EXPORT, _("Export"))])
    status = models.CharField(max_length=8, choices=TrailJobStatus.choices, default=TrailJobStatus.WAITING)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)
    total = models.BigIntegerField(default=0, help_text="Entries to do, as counted at the start.")
    done = models.BigIntegerField(default=0, help_text="Entries done.")
    filters = models.JSONField(default=dict, help_text="Of an export: what was asked for.")
    result = models.JSONField(default=dict, help_text="Of a check: figures and findings.")
    file = models.CharField(max_length=200, blank=True, help_text="Of an export: name in the private folder.")

    objects = WholeTrailQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}: {self.get_status_display()}"
