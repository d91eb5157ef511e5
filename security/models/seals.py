"""Seals: signed tree heads over contiguous ranges of the trail, and archives of months that were sealed."""

from typing import Any, Self

from django.db import models

from hotel.properties.scoping import grants_of, sees_everything


class WholeTrailQuerySet(models.QuerySet):
    """Rows about the trail as a whole, which tell nothing of any property."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """All of them, for those who hold the verb at any property."""
        may = sees_everything(user) or bool(grants_of(user).property_ids(verb, area))
        return self if may else self.none()


class AuditSeal(models.Model):
    """The entries from ``first_id`` to ``last_id``, whose Merkle root is signed together with all seals before.

    Nothing of a seal is ever changed but the moment of its export; a trigger sees to that.
    """

    number = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 … without gaps.")
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField(help_text="Inclusive. Numbers without an entry were never committed.")
    rows = models.IntegerField(help_text="Entries within.")
    root = models.BinaryField(max_length=32, help_text="RFC 6962 root over the entries' lines.")
    log_root = models.BinaryField(max_length=32, help_text="RFC 6962 root over all seals up to this one.")
    sealed_at = models.DateTimeField()
    key_id = models.CharField(max_length=40)
    signature = models.BinaryField(max_length=64, help_text="Ed25519 over the head.")
    exported_at = models.DateTimeField(null=True, help_text="When the head had left the database.")

    objects = WholeTrailQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["last_id"], name="seal_last_once"),
            models.CheckConstraint(
                condition=models.Q(first_id__lte=models.F("last_id")) & models.Q(rows__gte=0),
                name="seal_range",
            ),
        ]
        indexes = [
            models.Index(fields=["number"], name="seal_to_export", condition=models.Q(exported_at=None))
        ]

    def __str__(self) -> str:
        return f"Seal {self.number}: {self.first_id}–{self.last_id}"


class SealMark(models.Model):
    """The one row that says how far the trail may be sealed once every transaction of that moment has ended."""

    last_id = models.BigIntegerField(default=0, help_text="Numbers given out up to then.")
    horizon = models.BigIntegerField(
        default=0, help_text="Transaction id: all that could hold these numbers are older."
    )

    frontier = models.JSONField(
        default=list, help_text="Complete subtrees over the seals so far, to go on from: size and root."
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="seal_mark_once")]

    def __str__(self) -> str:
        return f"up to {self.last_id} after transaction {self.horizon}"


class AuditArchive(models.Model):
    """A month of the trail that was written to a file and taken out of the database after it was sealed."""

    partition = models.CharField(max_length=63, unique=True)
    first_id = models.BigIntegerField()
    last_id = models.BigIntegerField()
    rows = models.BigIntegerField()
    file = models.CharField(max_length=200, help_text="Name of the file in the archive folder.")
    file_hash = models.CharField(max_length=64, help_text="SHA-256 of the file.")
    seal_number = models.BigIntegerField(help_text="The seal that covers its last entry.")
    archived_at = models.DateTimeField()

    objects = WholeTrailQuerySet.as_manager()

    class Meta:
        ordering = ["-partition"]

    def __str__(self) -> str:
        return self.file
