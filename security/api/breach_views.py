"""The register of breaches over the API."""

from typing import Any, ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action

from hotel.core.clock import now
from hotel.core.downloads import download
from hotel.properties.api.mixins import ReadViewSet
from security.api.incident_filters import BreachFilter
from security.domain.breach_register import AUTHORITY, PEOPLE
from security.models import SecurityIncident
from security.selectors.breach_register import breach_line, breaches_all, register_of
from security.services.breach_files import PDF, XLSX, register_name, register_pdf, register_xlsx

FIELDS = [
    "id", "property", "title", "facts", "category", "severity", "status", "detected_at", "aware_at", "notice_due_at",
    "data_categories", "people_affected", "records_affected", "effects", "remedy", "done_at_once", "risk",
    "risk_reason", "authority_decision", "authority_told_at", "authority_reference", "late_reason",
    "people_decision", "people_told_at", "people_told_how", "lessons", "closed_at", "created_at", "updated_at",
]  # fmt: skip


class BreachSerializer(serializers.ModelSerializer):
    """One breach of personal data: facts, effects, remedy, and what was decided about telling of it (GDPR 33(5))."""

    facts = serializers.CharField(source="summary", read_only=True)
    effects = serializers.CharField(source="consequences", read_only=True)
    remedy = serializers.CharField(source="measures", read_only=True)
    notice_due_at = serializers.DateTimeField(
        read_only=True, help_text="72 hours after aware_at (GDPR 33(1))."
    )
    done_at_once = serializers.SerializerMethodField()
    authority_decision = serializers.SerializerMethodField()
    people_decision = serializers.SerializerMethodField()

    class Meta:
        model = SecurityIncident
        fields = FIELDS
        read_only_fields = FIELDS

    def get_done_at_once(self, row: Any) -> list[str]:
        """What the house did to contain it and was not taken back."""
        return list(breach_line(row, now()).done)

    @extend_schema_field(serializers.ChoiceField(choices=list(AUTHORITY.items())))
    def get_authority_decision(self, row: Any) -> str:
        """Whether the authority was told, or why not; the reason stands in risk_reason or late_reason."""
        return breach_line(row, now()).authority

    @extend_schema_field(serializers.ChoiceField(choices=list(PEOPLE.items())))
    def get_people_decision(self, row: Any) -> str:
        """Whether the people concerned were told, or why not."""
        return breach_line(row, now()).people


class BreachViewSet(ReadViewSet):
    """Every breach of personal data, the newest first; no drills and no false alarms.

    Written by the commands of ``security/incident-response``.
    """

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"pdf": "view", "xlsx": "view"}
    queryset = breaches_all()
    serializer_class = BreachSerializer
    filterset_class = BreachFilter
    search_fields = ["title", "summary"]
    ordering_fields = ["aware_at"]
    default_ordering = ["-aware_at"]

    @extend_schema(responses={(200, PDF): OpenApiTypes.BINARY}, filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def pdf(self, request: Any) -> HttpResponse:
        """The whole register on paper."""
        return download(register_pdf(register_of(request.user)), register_name("pdf"), PDF)

    @extend_schema(responses={(200, XLSX): OpenApiTypes.BINARY}, filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def xlsx(self, request: Any) -> HttpResponse:
        """The whole register as a workbook; times in UTC."""
        return download(register_xlsx(register_of(request.user)), register_name("xlsx"), XLSX)
