"""Registers begin with defaults that somebody must confirm."""

from security.models import ImpactAssessment, RetentionRule
from security.services.registers import registers_seed


def test_defaults_are_written_once_and_none_is_confirmed(cast):
    made = registers_seed(place=cast.alpha)
    assert made == RetentionRule.objects.count() + ImpactAssessment.objects.count() == 13
    RetentionRule.objects.filter(document_class="marketing").update(months=12)
    assert registers_seed(place=cast.alpha) == 0
    assert RetentionRule.objects.get(document_class="marketing").months == 12
    assert not RetentionRule.objects.filter(is_confirmed=True).exists()
