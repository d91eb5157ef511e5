"""Notes, traces and alerts on a reservation."""

from django.conf import settings
from django.db import models

from hotel.properties.scoping import PropertyScopedModel
from hotel.reservations.choices import NoteKind


class ReservationNote(PropertyScopedModel):
    """Something to know or to do about a stay. A trace is for a department on a business date."""

    reservation = models.ForeignKey(
        "reservations.Reservation", on_delete=models.CASCADE, related_name="notes"
    )
    kind = models.CharField(max_length=16, choices=NoteKind, default=NoteKind.INTERNAL)
    text = models.TextField()
    department = models.CharField(max_length=40, blank=True, help_text="Of a trace, such as housekeeping.")
    due_on = models.DateField(null=True, blank=True, help_text="Of a trace; business date.")
    screen = models.CharField(
        max_length=40, blank=True, help_text="Of an alert, such as check_in or billing."
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        ordering = ["reservation_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind=NoteKind.TRACE)
                | (models.Q(due_on__isnull=False) & ~models.Q(department="")),
                name="note_trace_has_department_and_day",
            )
        ]
        indexes = [
            models.Index(
                fields=["property", "due_on", "department"],
                name="note_traces_due",
                condition=models.Q(kind=NoteKind.TRACE, done_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
