"""Registers that the law asks for: who processes for us, and assessments of risky processing."""

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from hotel.properties.scoping import PropertyScopedModel
from security.models.retention import COUNTRY
from security.privacy_choices import AssessmentStatus


class Processor(PropertyScopedModel):
    """Somebody who processes personal data for the hotel (GDPR 28)."""

    name = models.CharField(max_length=120)
    service = models.CharField(max_length=200, help_text="What he does with the data.")
    country = models.CharField(max_length=2, validators=[COUNTRY], help_text="ISO 3166.")
    data_categories = models.CharField(max_length=400)
    contract_on = models.DateField(null=True, blank=True, help_text="Day of the processing agreement.")
    safeguards = models.CharField(max_length=400, blank=True, help_text="Of transfers outside the EEA.")
    sub_processors = models.CharField(max_length=400, blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["property_id", "name"]
        constraints = [models.UniqueConstraint(fields=["property", "name", "service"], name="processor_once")]

    def __str__(self) -> str:
        return self.name


class ImpactAssessment(PropertyScopedModel):
    """An assessment of processing that may be risky for people (GDPR 35), begun from a template."""

    code = models.SlugField(max_length=40)
    title = models.CharField(max_length=160)
    status = models.CharField(max_length=10, choices=AssessmentStatus, default=AssessmentStatus.DRAFT)
    sections = models.JSONField(encoder=DjangoJSONEncoder, help_text="List of {question, answer}.")
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["property_id", "title"]
        constraints = [models.UniqueConstraint(fields=["property", "code"], name="impact_assessment_once")]

    def __str__(self) -> str:
        return self.title
