"""Registers of a property, filled with defaults that people then confirm, and with what they write down."""

from typing import Any

from django.db import transaction

from hotel.core.exceptions import Conflict
from hotel.core.locks import lock_rows
from hotel.core.words import _
from hotel.properties.models import Property
from security.domain.assessments import TEMPLATES, sections
from security.domain.retention_defaults import seeds_for
from security.models import ImpactAssessment, Processor, RetentionRule


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


@transaction.atomic
def processor_add(*, place: Property, name: str, service: str, **values: Any) -> Processor:
    """Name a processor of a property; one who left under this name and service comes back with the new values.

    Args:
        place: for which hotel he works.
        name: who he is.
        service: what he does with the data.
        values: other columns of Processor.

    Raises:
        Conflict: he is named already for this service.
    """
    same = Processor.objects.filter(property=place, name=name, service=service)
    found = next(iter(lock_rows(same)), None)
    if found is not None and found.is_active:
        raise Conflict(_("He is named already for this service."), code="processor_named")
    row = found or Processor(property=place, name=name, service=service)
    for column, value in {**values, "is_active": True}.items():
        setattr(row, column, value)
    row.save()
    return row


@transaction.atomic
def processor_end(*, processor: Processor) -> Processor:
    """Note that a processor works for the hotel no more; his line stays as proof. Repeatable."""
    (row,) = lock_rows(Processor.objects.filter(pk=processor.pk))
    row.is_active = False
    row.save(update_fields=["is_active", "updated_at"])
    return row


def _count(place: Property) -> int:
    return sum(model.objects.filter(property=place).count() for model in (RetentionRule, ImpactAssessment))
