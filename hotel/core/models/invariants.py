"""Results of checking the invariants."""

from django.db import models

from hotel.core.clock import now


class InvariantCheck(models.Model):
    """One run over all invariants: by night, or when somebody asked for it."""

    started_at = models.DateTimeField(default=now)
    duration_seconds = models.FloatField()
    checked = models.PositiveSmallIntegerField(help_text="Rules checked.")
    broken = models.JSONField(help_text="Broken rules, each with name, text and its first violations.")

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M} UTC: {len(self.broken)} of {self.checked} broken"
