"""Abstract bases of models."""

from django.db import models

from hotel.core.clock import now
from hotel.core.exceptions import VersionConflict


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

    def require_version(self, expected: int | None, noun: str) -> None:
        """Refuse a caller who saw another version of this row, which is locked.

        Args:
            expected: the version the caller saw; None for whichever.
            noun: what the row is, for people.

        Raises:
            VersionConflict: stale (412); the present version is in ``extra``.
        """
        if expected not in (None, self.version):
            text = f"Somebody changed this {noun} meanwhile. Look at it again and repeat."
            raise VersionConflict(text, extra={"version": self.version})
