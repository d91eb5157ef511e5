"""What is used of the API."""

from datetime import timedelta
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from hotel.core.clock import now
from hotel.monitoring.api.filters import UsageFilter
from hotel.monitoring.api.rate_limit_views import principal_of
from hotel.monitoring.api.usage_serializers import (
    ApiUsageSerializer,
    SlowRequestSerializer,
    SummaryQuerySerializer,
    UsageLineSerializer,
)
from hotel.monitoring.models import ApiUsage, SlowRequest
from hotel.monitoring.selectors.preview import names_of
from hotel.monitoring.selectors.usage import usage_between, usage_by
from hotel.properties.api.mixins import ReadViewSet

DAY = timedelta(days=1)
SLOW_SHOWN = 100


class ApiUsageViewSet(ReadViewSet):
    """Requests by client, operation, property, version and kind of answer; by minute, hour and day.

    Minutes are kept for two weeks, hours for thirteen months, days for five years.
    """

    area = "monitoring"
    verbs: ClassVar[dict[str, str]] = {"summary": "view", "mine": "view", "slow": "view"}
    queryset = ApiUsage.objects.all()
    serializer_class = ApiUsageSerializer
    filterset_class = UsageFilter
    search_fields = ["operation"]
    ordering_fields = ["started_at", "count", "total_us"]

    @extend_schema(
        parameters=[SummaryQuerySerializer], responses=UsageLineSerializer(many=True), filters=False
    )
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def summary(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The twenty most of a day or another span: by client, operation, property, kind of answer or version.

        Ordered by requests, by refusals of the limiter, by errors or by time. Percentiles are at most 2 % off.
        """
        rows = ApiUsage.objects.all().visible_to(request.user, "view", self.area)
        return self._summed(request, rows)

    @extend_schema(
        parameters=[SummaryQuerySerializer], responses=UsageLineSerializer(many=True), filters=False
    )
    @action(
        detail=False,
        methods=["get"],
        permission_classes=[IsAuthenticated],
        pagination_class=None,
        filter_backends=[],
    )
    def mine(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What the caller himself used, whatever his rights: his errors, times and refusals."""
        kind, number = principal_of(request)
        return self._summed(request, ApiUsage.objects.filter(client_kind=kind, client_id=number))

    @extend_schema(responses=SlowRequestSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def slow(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The last hundred samples of slow requests with their statements, without values."""
        rows = SlowRequest.objects.all().visible_to(request.user, "view", self.area)
        return self.answer(SlowRequestSerializer(rows[:SLOW_SHOWN], many=True).data)

    def _summed(self, request: Any, rows: Any) -> Response:
        given = SummaryQuerySerializer(data=request.query_params)
        given.is_valid(raise_exception=True)
        asked = given.validated_data
        before = asked.get("before") or now()
        since = asked.get("since") or before - DAY
        lines = usage_by(usage_between(rows, since, before), asked["by"], order=asked["order"])
        names = names_of(
            (line.key["client_kind"], line.key["client_id"]) for line in lines if "client_id" in line.key
        )
        return self.answer(UsageLineSerializer(lines, many=True, context={"names": names}).data)
