"""Registers of a property, filled with defaults that people then confirm."""

from django.db import transaction

from hotel.properties.models import Property
from security.domain.assessments import TEMPLATES, sections
from security.domain.retention_defaults import seeds_for
from security.models import ImpactAssessment, RetentionRule


@transaction.atomic
def registers_seed(*, place: Property) -> int:
    """Give a property its default rules of retention and templates of assessments; what is there stays. Repeatable.

    Returns:
        How many rows are new.
    """
    rules = [
        RetentionRule(
            property=place,
            country=place.country,
            document_class=seed.document_class,
            purpose=seed.purpose,
            months=seed.months,
            valid_from=seed.valid_from,
            valid_to=seed.valid_to,
            source=seed.source,
        )
        for seed in seeds_for(place.country)
    ]
    drafts = [
        ImpactAssessment(property=place, code=code, title=title, sections=sections())
        for code, title in TEMPLATES.items()
    ]
    before = _count(place)
    RetentionRule.objects.bulk_create(rules, ignore_conflicts=True)
    ImpactAssessment.objects.bulk_create(drafts, ignore_conflicts=True)
    return _count(place) - before


def _count(place: Property) -> int:
    return sum(model.objects.filter(property=place).count() for model in (RetentionRule, ImpactAssessment))
