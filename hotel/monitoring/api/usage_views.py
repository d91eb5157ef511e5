"""What is used of the API."""

from typing import ClassVar

from hotel.monitoring.api.filters import UsageFilter
from hotel.monitoring.api.usage_serializers import ApiUsageSerializer
from hotel.monitoring.models import ApiUsage
from hotel.properties.api.mixins import ReadViewSet


class ApiUsageViewSet(ReadViewSet):
    """Requests by client, operation, property, version and kind of answer; by minute, hour and day.

    Minutes are kept for two weeks, hours for thirteen months, days for five years.
    """

    area = "monitoring"
    verbs: ClassVar[dict[str, str]] = {}
    queryset = ApiUsage.objects.all()
    serializer_class = ApiUsageSerializer
    filterset_class = UsageFilter
    search_fields = ["operation"]
    ordering_fields = ["started_at", "count", "total_us"]
