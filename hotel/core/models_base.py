"""Abstract bases of models."""

from django.db import models

from hotel.core.clock import now


class TimeStamped(models.Model):
    """When the row was made and last changed; both UTC instants."""

    created_at = models.DateTimeField(default=now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Versioned(models.Model):
    """Optimistic concurrency: services raise the version with each change, the API shows it as ETag."""

    version = models.PositiveIntegerField(default=1, editable=False)

    class Meta:
        abstract = True
