"""Whether the house is well: looks made each minute, looks made now, promises and alarms."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.clock import now
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.monitoring.api.filters import HealthFilter
from hotel.monitoring.api.health_serializers import (
    ApiAlertSerializer,
    ApiHealthSerializer,
    DeepHealthSerializer,
    ObjectiveSerializer,
)
from hotel.monitoring.models import ApiAlert, ApiHealth
from hotel.monitoring.models.limits import holds_everywhere
from hotel.monitoring.selectors.standing import promises_now
from hotel.monitoring.services.health import latest, state_of
from hotel.properties.api.mixins import ReadViewSet
from hotel.properties.scoping import sees_everything

ALERTS_SHOWN = 100


class ApiHealthViewSet(ReadViewSet):
    """Looks at what the house depends on, kept for two weeks; for who holds the right at every property."""

    area = "monitoring"
    verbs: ClassVar[dict[str, str]] = {"deep": "view", "objectives": "view", "alerts": "view"}
    queryset = ApiHealth.objects.all()
    serializer_class = ApiHealthSerializer
    filterset_class = HealthFilter
    search_fields = ["check_name"]
    ordering_fields = ["checked_at", "latency_us"]

    @extend_schema(responses=DeepHealthSerializer, filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def deep(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Look at everything now: database, Redis, workers, clock, outbox, disk, mail, messages, webhooks.

        Answers 200 also when something has failed: `state` says so. Looks are at most five seconds old.
        """
        self._require_everywhere()
        looks = latest.get()
        return self.answer(DeepHealthSerializer({"state": state_of(looks), "checks": looks}).data)

    @extend_schema(responses=ObjectiveSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def objectives(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What the house promises of its service, and how fast each allowance is used up now."""
        self._require_everywhere()
        return self.answer(ObjectiveSerializer(promises_now(now()), many=True).data)

    @extend_schema(responses=ApiAlertSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=[])
    def alerts(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The last hundred alarms about promises, open ones without `closed_at`."""
        rows = ApiAlert.objects.all().visible_to(request.user, "view", self.area)
        return self.answer(ApiAlertSerializer(rows[:ALERTS_SHOWN], many=True).data)

    def _require_everywhere(self) -> None:
        user = self.request.user
        if not (sees_everything(user) or holds_everywhere(user, "view", self.area)):
            raise NotPermitted(
                _("This concerns the whole installation: it needs the right at every property.")
            )
