"""What one shift tells the next."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel


class HandoverNote(PropertyScopedModel):
    """A word from one shift to the next: it stands on the first page until somebody has done it.

    What was written is never changed; who wants other words writes another note.
    """

    business_date = models.DateField(help_text="The open one when it was written.")
    text = models.CharField(max_length=1000, help_text="Rooms and what to do; nothing private of guests.")
    is_urgent = models.BooleanField(default=False, help_text="Stands above the others.")
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="operations_handover_says_something"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False, done_at__gte=F("written_at")),
                name="operations_handover_done_later",
            ),
        ]
        indexes = [
            models.Index(
                fields=["property", "-is_urgent", "id"],
                condition=Q(done_at=None),
                name="operations_handover_open",
            ),
            models.Index(
                fields=["property", "-done_at"],
                condition=Q(done_at__isnull=False),
                name="operations_handover_done",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]
