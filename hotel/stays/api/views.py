"""Night audits and daily figures, to be read."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import grants_of
from hotel.stays.api.filters import DailyStatisticFilter, NightAuditFilter
from hotel.stays.api.serializers import (
    DailyStatisticSerializer,
    NightAuditSerializer,
    PeriodQuery,
    PeriodSerializer,
)
from hotel.stays.models import DailyStatistic, NightAudit
from hotel.stays.selectors.statistics import figures_of_period


class NightAuditViewSet(ReadViewSet):
    """Night audits: which days were closed, how far the open one is, and what blocks it."""

    area = "stays"
    queryset = NightAudit.objects.prefetch_related("steps")
    serializer_class = NightAuditSerializer
    filterset_class = NightAuditFilter
    ordering_fields: ClassVar[list[str]] = ["business_date"]
    default_ordering = ("-business_date", "-pk")


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
