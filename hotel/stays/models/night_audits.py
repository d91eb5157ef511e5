"""Night audits: one for each business date, with its steps."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q

from hotel.properties.scoping import PropertyScopedModel
from hotel.stays.choices import AuditStatus, StepName, StepStatus


class NightAudit(PropertyScopedModel):
    """The audit of a business date: made when it is first asked for, finished once, resumed as often as needed.

    ``blockers`` is what the last pre-check found; empty once it had nothing to say.
    """

    business_date = models.DateField(help_text="The day it closes.")
    status = models.CharField(max_length=10, choices=AuditStatus, default=AuditStatus.REQUESTED)
    blockers = models.JSONField(
        default=list, encoder=DjangoJSONEncoder, help_text="Code, text, reservations."
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="None for the house itself.",
    )
    started_at = models.DateTimeField(null=True, help_text="When the pre-check had passed.")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["property_id", "-business_date"]
        constraints = [
            models.UniqueConstraint(fields=["property", "business_date"], name="night_audit_once"),
            models.CheckConstraint(
                condition=Q(status=AuditStatus.FINISHED) ^ Q(finished_at=None),
                name="night_audit_finished_says_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_date}: {self.status}"


class NightAuditStep(PropertyScopedModel):
    """One step of an audit; done in the same transaction as its work, so it is never done twice or lost."""

    audit = models.ForeignKey(NightAudit, on_delete=models.CASCADE, related_name="steps", db_index=False)
    name = models.CharField(max_length=16, choices=StepName)
    position = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=8, choices=StepStatus, default=StepStatus.PENDING)
    done_at = models.DateTimeField(null=True)
    result = models.JSONField(default=dict, encoder=DjangoJSONEncoder, help_text="What it did, in numbers.")

    class Meta:
        ordering = ["property_id", "audit_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["audit", "name"], name="night_audit_step_once"),
            models.CheckConstraint(
                condition=Q(status=StepStatus.DONE) ^ Q(done_at=None), name="night_audit_step_done_says_when"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.status}"
