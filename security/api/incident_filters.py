"""What lists of incidents may be narrowed by."""

from typing import Any

from django_filters import rest_framework as filters

from security.incident_choices import ENDED, EvidenceKind, IncidentStatus
from security.models import (
    IncidentContainment,
    IncidentEntry,
    IncidentEvidence,
    IncidentStep,
    Playbook,
    SecurityIncident,
)


class SecurityIncidentFilter(filters.FilterSet):
    """By property, what it is about, how bad and how far it is."""

    status = filters.MultipleChoiceFilter(choices=IncidentStatus.choices)
    is_open = filters.BooleanFilter(method="filter_open", help_text="Whether it has not ended.")

    class Meta:
        model = SecurityIncident
        fields = ["property", "category", "severity", "is_drill", "is_breach", "detector", "subject"]

    def filter_open(self, queryset: Any, name: str, value: bool) -> Any:
        """Open ones, or those that have ended."""
        return queryset.exclude(status__in=ENDED) if value else queryset.filter(status__in=ENDED)


class _PartFilter(filters.FilterSet):
    property = filters.NumberFilter(field_name="incident__property", min_value=1, max_value=2**62)


class IncidentEntryFilter(_PartFilter):
    """By incident and kind."""

    class Meta:
        model = IncidentEntry
        fields = ["incident", "kind"]


class IncidentStepFilter(_PartFilter):
    """By incident, code and status."""

    class Meta:
        model = IncidentStep
        fields = ["incident", "code", "status"]


class IncidentEvidenceFilter(_PartFilter):
    """By incident and kind."""

    kind = filters.ChoiceFilter(choices=EvidenceKind.choices)

    class Meta:
        model = IncidentEvidence
        fields = ["incident"]


class IncidentContainmentFilter(_PartFilter):
    """By incident, action and target, and whether it stands."""

    stands = filters.BooleanFilter(field_name="undone_at", lookup_expr="isnull", help_text="Not taken back.")

    class Meta:
        model = IncidentContainment
        fields = ["incident", "action", "target"]


class PlaybookFilter(filters.FilterSet):
    """By chain, category and detector."""

    class Meta:
        model = Playbook
        fields = ["chain", "category", "detector", "is_active"]


class BreachFilter(filters.FilterSet):
    """By property, severity, status and risk."""

    class Meta:
        model = SecurityIncident
        fields = ["property", "severity", "status", "risk"]
