"""How sharply each detector looks."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from hotel.core.models_base import TimeStamped
from security.incident_choices import IncidentSeverity
from security.models.keys import WholeQuerySet


class IncidentDetector(TimeStamped):
    """One detector: whether it looks, from how much on it opens an incident, and how long it looks back."""

    code = models.SlugField(max_length=40, unique=True, editable=False)
    is_active = models.BooleanField(default=True)
    threshold = models.PositiveIntegerField(
        validators=[MinValueValidator(1), MaxValueValidator(1_000_000)],
        help_text="From how many on an incident is opened.",
    )
    window_seconds = models.PositiveIntegerField(
        validators=[MinValueValidator(60), MaxValueValidator(86_400)], help_text="How long it looks back."
    )
    severity = models.CharField(max_length=8, choices=IncidentSeverity)

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(threshold__gte=1, window_seconds__range=(60, 86_400)), name="detector_ranges"
            )
        ]

    def __str__(self) -> str:
        return self.code
