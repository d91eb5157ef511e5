"""What hangs on an incident: its timeline and evidence, which are only ever added to, and the steps of its playbook."""

from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from hotel.core.clock import now
from hotel.core.models_base import TimeStamped
from security.domain.containment import StepStanding
from security.incident_choices import ENDED, ContainmentAction, EntryKind, EvidenceKind, StepStatus
from security.models.incidents import SecurityIncident, person


class PartQuerySet(models.QuerySet):
    """Vocabulary of what hangs on an incident."""

    def visible_to(self, user: Any, verb: str = "view", area: str = "security") -> Self:
        """As the incident is."""
        return self.filter(incident__in=SecurityIncident.objects.visible_to(user, verb, area).values("pk"))


class IncidentEntry(models.Model):
    """One line of a timeline. A trigger refuses to change or delete it."""

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=8, choices=EntryKind)
    at = models.DateTimeField(default=now)
    actor = person()
    text = models.TextField(max_length=4000)
    detail = models.JSONField(default=dict, encoder=DjangoJSONEncoder)

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "incident entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_kind_display()}"


class IncidentEvidence(models.Model):
    """Something that proves what happened. A trigger refuses to change or delete it.

    The trail writes down its row with ``digest`` when it is made, so the seals bind it: who changes content and digest
    alike is found by comparing with the sealed entry.
    """

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=4, choices=EvidenceKind)
    title = models.CharField(max_length=160)
    content = models.BinaryField(default=b"", help_text="Rows as canonical JSON, or words; of files nothing.")
    digest = models.CharField(
        max_length=64, help_text="SHA-256, hexadecimal: of the content, or of the file."
    )
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    where_kept = models.CharField(max_length=200, blank=True, help_text="Of a file.")
    source_table = models.CharField(max_length=63, blank=True, help_text="Of rows.")
    row_ids = ArrayField(models.BigIntegerField(), default=list, blank=True, help_text="Of rows.")
    collected_at = models.DateTimeField(default=now)
    collected_by = person()

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "incident evidence"
        constraints = [
            models.CheckConstraint(
                condition=Q(digest__regex=r"^[0-9a-f]{64}$"), name="evidence_digest_is_one"
            ),
            models.CheckConstraint(
                condition=~Q(kind=EvidenceKind.FILE) | Q(content=b"") & ~Q(where_kept=""),
                name="evidence_file_is_away",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.title}"


class IncidentStep(TimeStamped):
    """One step of the playbook: taken with one click where the house can, otherwise ticked by a person."""

    incident = models.ForeignKey(SecurityIncident, on_delete=models.PROTECT, related_name="steps")
    code = models.SlugField(max_length=40, db_index=False)
    title = models.CharField(max_length=200)
    who = models.CharField(max_length=80, blank=True, help_text="Who does it.")
    why = models.CharField(max_length=400, blank=True, help_text="Why it matters, or what to look out for.")
    action = models.CharField(
        max_length=20,
        choices=ContainmentAction,
        blank=True,
        help_text="What the house does with one click; empty for what only people can do.",
    )
    target = models.CharField(
        max_length=120, blank=True, help_text="Such as user:7; as the incident's subject."
    )
    status = models.CharField(max_length=7, choices=StepStatus, default=StepStatus.OPEN)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = person()
    result = models.CharField(
        max_length=400, blank=True, help_text="What was done, or why it was not needed."
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        ordering = ["incident", "id"]
        constraints = [
            models.UniqueConstraint(fields=["incident", "code", "target"], name="incident_step_once"),
            models.CheckConstraint(
                condition=Q(status=StepStatus.OPEN, done_at=None)
                | ~Q(status=StepStatus.OPEN) & Q(done_at__isnull=False),
                name="incident_step_done_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def standing(self) -> StepStanding:
        """What the table of commands needs to know; its incident as joined, or one query."""
        return StepStanding(
            status=self.status, has_way=bool(self.action), is_ended=self.incident.status in ENDED
        )
