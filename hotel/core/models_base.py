"""Abstract bases of models."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models

from hotel.core.clock import now
from hotel.core.exceptions import VersionConflict
from hotel.core.fields import encrypted_fields
from hotel.core.words import _


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
            text = _("Somebody changed this %(noun)s meanwhile. Look at it again and repeat.") % {
                "noun": noun
            }
            raise VersionConflict(text, extra={"version": self.version})


class SealedRow(models.Model):
    """A row with encrypted columns: its id is drawn before it is written, because ciphertext is bound to it."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """See Django; a new row with something to encrypt gets its id first."""
        if self.pk is None and any(getattr(self, field.attname) for field in encrypted_fields(type(self))):
            rows_number([self])
            kwargs["force_insert"] = True
        super().save(*args, **kwargs)


def rows_number(rows: Iterable[models.Model]) -> None:
    """Draw the ids of new rows of one model from its sequence, in their order, with one query."""
    fresh = [row for row in rows if row.pk is None]
    if not fresh:
        return
    table = fresh[0]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{table}"', len(fresh)],
        )
        for row, (pk,) in zip(fresh, cursor.fetchall(), strict=True):
            row.pk = pk
