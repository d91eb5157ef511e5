"""Filters of cases of data protection."""

from hotel.properties.api.filters import PropertyScopedFilterSet
from security.models import (
    ImpactAssessment,
    LegalHold,
    PrivacyBundle,
    PrivacyRequest,
    Processor,
    RetentionRule,
    RetentionRun,
)


class PrivacyRequestFilter(PropertyScopedFilterSet):
    """By kind, state or guest."""

    class Meta:
        model = PrivacyRequest
        fields = ["kind", "status", "guest"]


class PrivacyBundleFilter(PropertyScopedFilterSet):
    """By state or request."""

    class Meta:
        model = PrivacyBundle
        fields = ["status", "request"]


class LegalHoldFilter(PropertyScopedFilterSet):
    """By kind or guest."""

    class Meta:
        model = LegalHold
        fields = ["kind", "guest"]


class RetentionRuleFilter(PropertyScopedFilterSet):
    """By country, class or confirmation."""

    class Meta:
        model = RetentionRule
        fields = ["country", "document_class", "is_confirmed"]


class RetentionRunFilter(PropertyScopedFilterSet):
    """By state or rule."""

    class Meta:
        model = RetentionRun
        fields = ["status", "rule"]


class ProcessorFilter(PropertyScopedFilterSet):
    """By country or activity."""

    class Meta:
        model = Processor
        fields = ["country", "is_active"]


class ImpactAssessmentFilter(PropertyScopedFilterSet):
    """By state or code."""

    class Meta:
        model = ImpactAssessment
        fields = ["status", "code"]
