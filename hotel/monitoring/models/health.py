"""What was found when the house was looked at, and which promises it is about to break."""

from django.db import models
from django.db.models import F, Q

from hotel.monitoring.choices import HealthState, Severity
from hotel.monitoring.models.limits import WholeQuerySet


class ApiHealth(models.Model):
    """One look at one thing that the house depends on; looks of one run share their instant."""

    checked_at = models.DateTimeField()
    check_name = models.SlugField(max_length=40, db_index=False)
    state = models.CharField(max_length=8, choices=HealthState.choices)
    value = models.BigIntegerField(
        null=True, blank=True, help_text="What was measured, in the unit beside it."
    )
    unit = models.CharField(max_length=20, blank=True)
    detail = models.CharField(max_length=200, blank=True)
    latency_us = models.PositiveIntegerField(help_text="How long the look took, microseconds.")

    objects = WholeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "API health"
        ordering = ["-checked_at", "check_name"]
        constraints = [
            models.UniqueConstraint(fields=["check_name", "checked_at"], name="api_health_once"),
        ]
        indexes = [models.Index(fields=["-checked_at"], name="api_health_latest")]

    def __str__(self) -> str:
        return f"{self.check_name}: {self.state}"


class ApiAlert(models.Model):
    """A promise that was being broken too fast, from when until when."""

    objective = models.SlugField(max_length=40, db_index=False)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    burn = models.DecimalField(
        max_digits=9, decimal_places=2, help_text="Of the long window: at 1 the budget lasts 30 days."
    )
    window_minutes = models.PositiveIntegerField(help_text="The long window.")
    bad_requests = models.PositiveBigIntegerField(help_text="In the long window.")

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["objective", "severity"], condition=Q(closed_at=None), name="api_alert_open_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None) | Q(closed_at__gte=F("opened_at")), name="api_alert_span"
            ),
        ]
        indexes = [models.Index(fields=["-opened_at"], name="api_alert_latest")]

    def __str__(self) -> str:
        return f"{self.objective}: {self.severity}"
