"""What the plugs declared last time, so that an operator's change can be told from ours."""

from django.db import models


class DeclaredSchedule(models.Model):
    """A schedule as we last wrote it into django-celery-beat."""

    name = models.CharField(max_length=200, unique=True)
    written = models.JSONField(help_text="The values we wrote; rows that differ were changed by an operator.")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
