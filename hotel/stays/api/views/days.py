"""Night audits and daily figures."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import grants_of
from hotel.stays.api.filters import DailyStatisticFilter, NightAuditFilter
from hotel.stays.api.serializers.days import (
    AuditInput,
    ChecklistSerializer,
    DailyStatisticSerializer,
    NightAuditSerializer,
    PeriodQuery,
    PeriodSerializer,
)
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.selectors.days import checklist
from hotel.stays.selectors.statistics import figures_of_period
from hotel.stays.services.night_audit import night_audit_request


class NightAuditViewSet(ReadViewSet):
    """Night audits: which days were closed, how far the open one is, and what blocks it.

    Asking for an audit again is how a blocked or stopped one goes on; nothing is ever done twice.
    """

    area = "stays"
    verbs: ClassVar[dict[str, str]] = {"create": "audit", "checklist": "view"}
    queryset = NightAudit.objects.prefetch_related("steps")
    serializer_class = NightAuditSerializer
    filterset_class = NightAuditFilter
    ordering_fields: ClassVar[list[str]] = ["business_date"]
    default_ordering = ("-business_date", "-pk")

    @extend_schema(request=AuditInput, responses={202: NightAuditSerializer})
    def create(self, request: Any) -> Response:
        """Ask for the audit of the open business date; a worker runs it. Read it again to see how far it is."""
        body = AuditInput(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        audit = night_audit_request(place=body.validated_data["property"], actor=request.user)
        return Response(self.get_serializer(audit).data, status=202)

    @extend_schema(parameters=[AuditInput], responses=ChecklistSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None, ordering_fields=[])
    def checklist(self, request: Any) -> Response:
        """What blocks the open business date now, and who would be marked as a no-show; nothing changes."""
        query = AuditInput(data=request.query_params, context=self.get_serializer_context())
        query.is_valid(raise_exception=True)
        return Response(ChecklistSerializer(checklist(query.validated_data["property"])).data)


class DailyStatisticViewSet(ReadViewSet):
    """The figures of each closed business date, as they were then; see docs/algorithms/statistics.md."""

    area = "stays"
    queryset = DailyStatistic.objects.all()
    serializer_class = DailyStatisticSerializer
    filterset_class = DailyStatisticFilter
    ordering_fields: ClassVar[list[str]] = ["business_date"]
    default_ordering = ("-business_date", "-pk")
    verbs: ClassVar[dict[str, str]] = {"period": "view"}

    @extend_schema(parameters=[PeriodQuery], responses=PeriodSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None, ordering_fields=[])
    def period(self, request: Any) -> Response:
        """Sums of closed days for each property, and the ratios of these sums."""
        query = PeriodQuery(data=request.query_params, context=self.get_serializer_context())
        query.is_valid(raise_exception=True)
        wanted = query.validated_data
        place = wanted.get("property")
        ids = {place.pk} if place else grants_of(request.user).property_ids("view", self.area)
        rows = figures_of_period(ids, wanted["since"], wanted["until"])
        return Response(PeriodSerializer(rows, many=True).data)
