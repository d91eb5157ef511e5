"""How long what is kept, by country and document class, and the work lists that follow from it."""

from django.core.serializers.json import DjangoJSONEncoder
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q

from hotel.properties.scoping import PropertyScopedModel
from security.models.privacy import person
from security.privacy_choices import DocumentClass, RunStatus

COUNTRY = RegexValidator(r"^[A-Z]{2}$", "Use the two capital letters of ISO 3166, such as AT.")


class RetentionRule(PropertyScopedModel):
    """So many months a document class is kept in a country, from a day on; a default until counsel has confirmed it."""

    country = models.CharField(max_length=2, validators=[COUNTRY], help_text="ISO 3166.")
    document_class = models.CharField(max_length=16, choices=DocumentClass)
    purpose = models.CharField(max_length=120)
    months = models.PositiveSmallIntegerField(help_text="After the last stay, or after the document's year.")
    valid_from = models.DateField(help_text="Calendar day, inclusive.")
    valid_to = models.DateField(null=True, blank=True, help_text="Calendar day, inclusive.")
    source = models.CharField(max_length=200, blank=True, help_text="The law, or who decided it.")
    is_confirmed = models.BooleanField(
        default=False, help_text="By counsel; without, nothing is erased by it."
    )

    class Meta:
        ordering = ["property_id", "country", "document_class", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["property", "country", "document_class", "purpose", "valid_from"],
                name="retention_rule_once",
            ),
            models.CheckConstraint(condition=Q(months__gte=1, months__lte=1200), name="retention_months"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="retention_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.country} {self.get_document_class_display()}: {self.months} months"


class RetentionRun(PropertyScopedModel):
    """What is due by one rule on one day: a dry run with counts, approved by a person, then carried out."""

    rule = models.ForeignKey(RetentionRule, on_delete=models.PROTECT, related_name="runs", db_index=False)
    status = models.CharField(max_length=10, choices=RunStatus, default=RunStatus.PROPOSED)
    cutoff_on = models.DateField(help_text="Whose last stay ended before this calendar day.")
    due_count = models.PositiveIntegerField(help_text="Rows that are due.")
    held_count = models.PositiveIntegerField(default=0, help_text="Rows that a hold or a stay to come keeps.")
    due_ids = models.JSONField(default=list, encoder=DjangoJSONEncoder, help_text="Ids of what is due.")
    proposed_by = person()
    approved_by = person()
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_at = models.DateTimeField(null=True, blank=True, editable=False)
    done_count = models.PositiveIntegerField(default=0)
    skipped_count = models.PositiveIntegerField(default=0, help_text="Not due any more when their turn came.")
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the certificate.")

    class Meta:
        ordering = ["property_id", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")) | Q(proposed_by=None),
                name="retention_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(status=RunStatus.DONE) | Q(done_at__isnull=False) & ~Q(digest=""),
                name="retention_done_has_certificate",
            ),
            models.UniqueConstraint(
                fields=["property", "rule"],
                condition=Q(status=RunStatus.PROPOSED),
                name="retention_one_proposal",
            ),
        ]
        indexes = [models.Index(fields=["property", "rule"], name="retention_run_of_rule")]

    def __str__(self) -> str:
        return f"{self.rule}: {self.due_count} due"
