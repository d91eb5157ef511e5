"""Filters of reports, their rows and evidence."""

from django_filters import rest_framework as filters

from security.compliance_choices import Framework, Outcome, ReportStatus
from security.models import ComplianceEvidence, ComplianceItem, ComplianceReport


class ComplianceReportFilter(filters.FilterSet):
    """Of reports."""

    framework = filters.ChoiceFilter(choices=Framework.choices)
    status = filters.ChoiceFilter(choices=ReportStatus.choices)

    class Meta:
        model = ComplianceReport
        fields: list[str] = []


class ComplianceItemFilter(filters.FilterSet):
    """Of rows of reports."""

    report = filters.NumberFilter(min_value=1, max_value=2**63 - 1)
    outcome = filters.MultipleChoiceFilter(choices=Outcome.choices)
    level = filters.NumberFilter(min_value=1, max_value=3)
    requirement = filters.CharFilter(max_length=16)

    class Meta:
        model = ComplianceItem
        fields: list[str] = []


class ComplianceEvidenceFilter(filters.FilterSet):
    """Of evidence."""

    framework = filters.ChoiceFilter(choices=Framework.choices)
    requirement = filters.CharFilter(max_length=16)
    is_withdrawn = filters.BooleanFilter(field_name="withdrawn_at", lookup_expr="isnull", exclude=True)

    class Meta:
        model = ComplianceEvidence
        fields: list[str] = []
