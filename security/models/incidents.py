"""Incidents: what happened, whom it concerns, how far it was brought, and the clock of a breach of personal data."""

from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from hotel.monitoring.models.limits import InstallationQuerySet
from hotel.properties.models import Property
from security.domain.incident_commands import Standing
from security.domain.incidents import notice_due_at
from security.incident_choices import ENDED, BreachRisk, IncidentCategory, IncidentSeverity, IncidentStatus


def person() -> Any:
    """A column that names somebody of the house."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
    )


class IncidentQuerySet(InstallationQuerySet):
    """Vocabulary of incidents."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """Of the properties where the verb is held; those of the whole installation for who holds it everywhere."""
        return super().visible_to(user, verb, area or "security")

    def open(self) -> Self:
        """Those that have not ended."""
        return self.exclude(status__in=ENDED)

    def breaches(self) -> Self:
        """The register of GDPR 33(5): real incidents that touched personal data."""
        return self.filter(is_breach=True, is_drill=False).exclude(status=IncidentStatus.FALSE_POSITIVE)

    def untold(self) -> Self:
        """Open breaches whose clock runs: aware of them, and the authority neither told nor found to need it."""
        waiting = self.open().filter(is_breach=True, authority_told_at=None)
        return waiting.exclude(risk=BreachRisk.UNLIKELY)


class Judged:
    """How an incident stands; apart, because its column ``property`` hides the builtin."""

    aware_at: datetime | None
    status: str
    is_drill: bool
    is_breach: bool | None
    risk: str
    authority_told_at: datetime | None
    people_told_at: datetime | None
    steps: Any

    @property
    def notice_due_at(self) -> datetime | None:
        """By when the authority is told (GDPR 33(1)); None for what is no breach, or a drill's as if it were real."""
        return None if self.aware_at is None else notice_due_at(self.aware_at)

    @property
    def is_ended(self) -> bool:
        """Closed, or a false alarm."""
        return self.status in ENDED

    @property
    def standing(self) -> Standing:
        """What the table of commands needs to know; ``open_steps`` as annotated, or one query."""
        waiting = getattr(self, "open_steps", None)
        return Standing(
            status=self.status,
            is_drill=self.is_drill,
            is_breach=self.is_breach,
            risk=self.risk,
            is_authority_told=self.authority_told_at is not None,
            is_people_told=self.people_told_at is not None,
            open_steps=self.steps.filter(status="open").count() if waiting is None else waiting,
        )


class SecurityIncident(Judged, TimeStamped):
    """Something that endangers the house or the people it knows: found by a detector or written down by somebody.

    Of one property, or of the whole installation when it names none. Its timeline, evidence and steps hang on it.
    """

    property = models.ForeignKey(
        Property,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty for the whole installation.",
    )
    category = models.CharField(max_length=14, choices=IncidentCategory)
    severity = models.CharField(max_length=8, choices=IncidentSeverity)
    status = models.CharField(max_length=14, choices=IncidentStatus, default=IncidentStatus.DETECTED)
    is_drill = models.BooleanField(default=False, help_text="An exercise: nobody outside is told.")
    title = models.CharField(max_length=160)
    summary = models.TextField(blank=True, max_length=4000, help_text="What is known.")
    detector = models.SlugField(
        max_length=40, blank=True, db_index=False, help_text="Empty when somebody saw it."
    )
    subject = models.CharField(
        max_length=120,
        blank=True,
        help_text="Who or what it is about, such as user:7, token:3 or address:192.0.2.1.",
    )
    detected_at = models.DateTimeField(default=now)
    last_signal_at = models.DateTimeField(default=now, help_text="When it was seen the last time.")
    signals = models.PositiveIntegerField(default=1, help_text="How much the detector counted, at most.")
    opened_by = person()
    is_breach = models.BooleanField(
        null=True, blank=True, help_text="Whether personal data were touched; empty until somebody has said."
    )
    aware_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="When the house knew that personal data were touched: the clock's start.",
    )
    risk = models.CharField(max_length=8, choices=BreachRisk, default=BreachRisk.UNKNOWN)
    risk_reason = models.CharField(max_length=400, blank=True, help_text="Why it is thought so.")
    data_categories = models.CharField(max_length=400, blank=True, help_text="Which data of whom.")
    people_affected = models.PositiveIntegerField(null=True, blank=True, help_text="About how many people.")
    records_affected = models.PositiveIntegerField(null=True, blank=True, help_text="About how many records.")
    consequences = models.TextField(blank=True, max_length=4000, help_text="Its effects, likely ones too.")
    measures = models.TextField(
        blank=True, max_length=4000, help_text="What was done against it, and will be."
    )
    authority_told_at = models.DateTimeField(null=True, blank=True)
    authority_reference = models.CharField(
        max_length=120, blank=True, help_text="The authority's number for it."
    )
    late_reason = models.CharField(
        max_length=400, blank=True, help_text="Why the notice came after 72 hours."
    )
    people_told_at = models.DateTimeField(null=True, blank=True)
    people_told_how = models.CharField(max_length=400, blank=True)
    reminded_hours = models.PositiveSmallIntegerField(default=0, editable=False)
    lessons = models.TextField(blank=True, max_length=4000, help_text="What will be done otherwise.")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-detected_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["detector", "subject"],
                condition=~Q(status__in=ENDED) & ~Q(detector="") & Q(is_drill=False),
                name="incident_open_once",
            ),
            models.CheckConstraint(condition=Q(status__in=IncidentStatus.values), name="incident_status"),
            models.CheckConstraint(
                condition=Q(is_drill=False) | Q(authority_told_at=None, people_told_at=None),
                name="incident_drill_tells_nobody",
            ),
            models.CheckConstraint(
                condition=Q(authority_told_at=None) | Q(aware_at__isnull=False),
                name="incident_told_when_aware",
            ),
            models.CheckConstraint(
                condition=Q(is_breach=True, aware_at__isnull=False)
                | ~Q(is_breach=True) & Q(aware_at=None)
                | Q(is_breach=None, aware_at=None),
                name="incident_breach_has_a_clock",
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, closed_at__isnull=False)
                | ~Q(status__in=ENDED) & Q(closed_at=None),
                name="incident_ended_when",
            ),
            models.CheckConstraint(
                condition=Q(last_signal_at__gte=F("detected_at")), name="incident_signals_after"
            ),
        ]
        indexes = [
            models.Index(fields=["property", "-detected_at"], name="incident_property"),
            models.Index(fields=["detector", "subject", "-id"], name="incident_of_subject"),
            models.Index(
                fields=["aware_at"],
                condition=Q(aware_at__isnull=False, authority_told_at=None),
                name="incident_clock",
            ),
        ]

    def __str__(self) -> str:
        return f"Incident {self.pk}: {self.title}"
