"""The trail: what the database itself writes of every change, and of every look at personal data."""

from typing import Any, Self

from django.db import models

from hotel.properties.scoping import grants_of, sees_everything
from security.choices import TrailOperation


class TrailQuerySet(models.QuerySet):
    """Vocabulary of the trail."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """Entries of the properties where the user holds the verb.

        Entries of rows that belong to no property are for those who hold it at every property, and superusers.
        """
        if sees_everything(user):
            return self
        held = grants_of(user).property_ids(verb, area)
        if not held:
            return self.none()
        places = self.filter(property_id__in=held)
        return (
            self.filter(models.Q(property_id__in=held) | models.Q(property_id=None))
            if _is_all(held)
            else places
        )

    def at(self, property_id: int) -> Self:
        """Entries of one property."""
        return self.filter(property_id=property_id)

    def of_row(self, table: str, row_pk: Any) -> Self:
        """The history of one row."""
        return self.filter(table=table, row_pk=str(row_pk))


def _is_all(held: frozenset[int]) -> bool:
    from hotel.properties.models import Property

    return not Property.objects.exclude(pk__in=held).exists()


class AuditLog(models.Model):
    """One change of one row, written by the trigger of its table. Nothing is ever changed or deleted here.

    Nothing refers to other tables by a foreign key: an entry outlives what it tells of.
    """

    at = models.DateTimeField(help_text="When, by the clock of the database.")
    op = models.CharField(max_length=1, choices=TrailOperation.choices)
    table = models.CharField(max_length=63, help_text="The table in the database.")
    row_pk = models.TextField(
        help_text="The key of the row as text; empty when several were read or all emptied."
    )
    property_id = models.BigIntegerField(null=True, help_text="Of the row; empty when it belongs to none.")
    old = models.JSONField(
        null=True, help_text="Before: of a change the changed columns only, of a deletion all."
    )
    new = models.JSONField(
        null=True, help_text="After: of a change the changed columns only, of a new row all."
    )
    actor = models.CharField(
        max_length=120, help_text="user:<id>, system:<task>, command:<name>, anonymous or system:unknown."
    )
    actor_id = models.BigIntegerField(null=True, help_text="The user, also of a token.")
    impersonator_id = models.BigIntegerField(null=True, help_text="The user who acted in the other's name.")
    token_id = models.BigIntegerField(null=True, help_text="The API token.")
    request_id = models.CharField(max_length=64)
    door = models.CharField(max_length=12, help_text="api, page, admin, task or command.")
    address = models.CharField(max_length=45, help_text="IP address of the caller.")
    reason = models.CharField(max_length=200, help_text="In the caller's words, when he gave one.")
    transaction = models.BigIntegerField(help_text="Of the database: what was changed together has the same.")
    row_hash = models.BinaryField(max_length=32, help_text="SHA-256 of the entry's line.")

    objects = TrailQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.get_op_display()} {self.table} {self.row_pk}"


class AccessQuerySet(TrailQuerySet):
    """Reads of personal data."""

    def of_subject(self, guest_id: int) -> Self:
        """Who looked at this guest; asked by an index on the subjects."""
        return self.filter(new__subjects__contains=[guest_id])


class AccessManager(models.Manager.from_queryset(AccessQuerySet)):  # type: ignore[misc]
    """Only the reads."""

    def get_queryset(self) -> Any:
        """See Django."""
        return super().get_queryset().filter(op=TrailOperation.READ)


class AccessEvent(AuditLog):
    """Somebody looked at personal data. It lies in the trail, so it is sealed and kept like a change."""

    objects = AccessManager()

    class Meta:
        proxy = True
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.pk}: {self.actor} read {self.table}"

    @property
    def kind(self) -> str:
        """``view``, ``list``, ``search`` or ``export``."""
        return str((self.new or {}).get("kind", ""))

    @property
    def subjects(self) -> list[int]:
        """The keys of the rows that were shown."""
        return list((self.new or {}).get("subjects", []))
