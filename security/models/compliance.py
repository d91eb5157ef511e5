"""Reports of what was checked, their frozen rows, and evidence that people gave."""

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q

from hotel.core.clock import now
from security.compliance_choices import Framework, Outcome, ReportStatus
from security.models.keys import WholeQuerySet


def _person(**options: Any) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False, **options
    )


class ComplianceReport(models.Model):
    """One run over one framework. A finished one is never changed: a trigger sees to that."""

    framework = models.CharField(max_length=8, choices=Framework)
    version = models.CharField(max_length=20, help_text="Of the framework.")
    catalogue_hash = models.CharField(max_length=64, help_text="SHA-256 of the file of requirements.")
    status = models.CharField(max_length=8, choices=ReportStatus, default=ReportStatus.WAITING)
    asked_by = _person(null=True, help_text="None for the schedule.")
    asked_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    total = models.PositiveIntegerField(default=0, help_text="Looks to take.")
    done = models.PositiveIntegerField(default=0, help_text="Looks taken.")
    figures = models.JSONField(default=dict, help_text="Outcome to number of requirements.")
    changes = models.JSONField(default=dict, help_text="Better, worse and other since the report before.")
    before = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Compared with.",
    )
    tests_at = models.DateTimeField(null=True, help_text="When the tests ran whose results count.")
    rows_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 over the rows.")
    failure = models.CharField(max_length=200, blank=True)

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["framework"],
                condition=Q(status__in=[ReportStatus.WAITING, ReportStatus.RUNNING]),
                name="compliance_report_once",
            ),
            models.CheckConstraint(
                condition=Q(status__in=[ReportStatus.WAITING, ReportStatus.RUNNING], finished_at=None)
                | Q(status__in=[ReportStatus.DONE, ReportStatus.FAILED], finished_at__isnull=False),
                name="compliance_report_ended_when",
            ),
            models.CheckConstraint(condition=Q(done__lte=F("total")), name="compliance_report_done_of_total"),
        ]

    def __str__(self) -> str:
        return f"{self.get_framework_display()}, {self.asked_at:%Y-%m-%d}"

    @property
    def percent(self) -> int:
        """How far it is, 0–100."""
        if self.status == ReportStatus.DONE:
            return 100
        return int(100 * self.done / self.total) if self.total else 0


class ComplianceEvidence(models.Model):
    """What a person gave as evidence for one requirement, from which day until which; withdrawn, never changed."""

    framework = models.CharField(max_length=8, choices=Framework)
    requirement = models.CharField(max_length=16, help_text="Its id in the framework.")
    title = models.CharField(max_length=160, help_text="What it is, such as: Penetration test 2026.")
    kept_at = models.CharField(max_length=300, help_text="Where the document itself lies.")
    valid_from = models.DateField(help_text="Calendar day, inclusive.")
    valid_until = models.DateField(help_text="Calendar day, inclusive.")
    given_by = _person()
    given_at = models.DateTimeField(default=now)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = _person(null=True)

    objects = WholeQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "compliance evidence"
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="compliance_evidence_days"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="compliance_evidence_withdrawn",
            ),
        ]
        indexes = [models.Index(fields=["framework", "requirement"], name="compliance_evidence_of")]

    def __str__(self) -> str:
        return f"{self.title} ({self.framework} {self.requirement})"


class ComplianceItem(models.Model):
    """What one requirement came to in one report; written once."""

    report = models.ForeignKey(
        ComplianceReport, on_delete=models.PROTECT, related_name="items", db_index=False
    )
    position = models.PositiveSmallIntegerField()
    requirement = models.CharField(max_length=16)
    level = models.PositiveSmallIntegerField(null=True)
    says = models.CharField(max_length=300)
    outcome = models.CharField(max_length=14, choices=Outcome)
    outcome_before = models.CharField(max_length=14, choices=Outcome, blank=True)
    grounds = models.JSONField(encoder=DjangoJSONEncoder, help_text="List of {kind, code, outcome, detail}.")
    evidence = models.ForeignKey(
        ComplianceEvidence, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    looked_at = models.DateTimeField()

    objects = WholeQuerySet.as_manager()

    class Meta:
        ordering = ["report_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="compliance_item_place"),
            models.UniqueConstraint(fields=["report", "requirement"], name="compliance_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.requirement}: {self.outcome}"
