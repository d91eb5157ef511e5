"""What the house did at once to contain an incident, with its effect, and whether it was taken back."""

from datetime import datetime

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from security.domain.containment import Taken
from security.incident_choices import ContainmentAction
from security.models.incident_parts import PartQuerySet
from security.models.incidents import SecurityIncident, person


class IncidentContainment(TimeStamped):
    """One act of containment: what was done to what, by whom, why, and what came of it.

    ``effect`` is what undoing needs, and says under ``changed`` whether anything became different; in a drill nothing
    does.
    """

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="containments")
    action = models.CharField(max_length=20, choices=ContainmentAction)
    target = models.CharField(max_length=120, help_text="Such as user:7 or address:192.0.2.1.")
    reason = models.CharField(max_length=400)
    effect = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    result = models.CharField(max_length=400, help_text="What came of it, in words.")
    taken_at = models.DateTimeField(default=now)
    taken_by = person()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = person()
    undo_reason = models.CharField(max_length=400, blank=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "action", "target"],
                condition=Q(undone_at=None),
                name="containment_stands_once",
            ),
            models.CheckConstraint(
                condition=Q(action__in=ContainmentAction.values), name="containment_action"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None, undo_reason="") | Q(undone_at__isnull=False) & ~Q(undo_reason=""),
                name="containment_undone_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.target}"

    @property
    def is_over(self) -> bool:
        """Whether what it did has ended by itself, at the instant kept in ``effect``."""
        until = self.effect.get("until")
        return until is not None and datetime.fromisoformat(until) <= now()

    @property
    def standing(self) -> Taken:
        """What the table of commands needs to know."""
        return Taken(
            action=self.action,
            is_undone=self.undone_at is not None,
            has_changed=bool(self.effect.get("changed")),
        )
