"""Rules of the limiter."""

from datetime import timedelta
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.response import Response

from hotel.core.api.versions import etag, expected_version
from hotel.core.clock import now
from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.monitoring.api.filters import RateLimitFilter
from hotel.monitoring.api.rate_limit_serializers import (
    LimitedClientSerializer,
    LimiterStateSerializer,
    MineSerializer,
    PreviewSerializer,
    RateLimitSerializer,
    SuspendSerializer,
)
from hotel.monitoring.models import ApiUsage, RateLimit
from hotel.monitoring.models.limits import holds_everywhere
from hotel.monitoring.selectors.own_limits import rules_of
from hotel.monitoring.selectors.preview import clients_limited
from hotel.monitoring.selectors.rules import rule_of
from hotel.monitoring.services.rate_limits import (
    limits_resume,
    limits_suspend,
    rule_change,
    rule_create,
    rule_delete,
)
from hotel.properties.api.mixins import CrudViewSet
from hotel.properties.scoping import scope_of, sees_everything


def principal_of(request: Any) -> tuple[str, int]:
    """Who is asking: kind and id."""
    token = getattr(request.auth, "pk", None)
    return ("token", token) if token else ("user", request.user.pk)


class RateLimitViewSet(CrudViewSet):
    """How often whom may ask what. New rules only count (``observe``) until they are told to refuse.

    A change holds in all processes within two seconds. Floors can be made wider or tighter, not removed.
    """

    area = "monitoring"
    verbs: ClassVar[dict[str, str]] = {
        "preview": "view",
        "mine": "view",
        "suspend": "manage",
        "resume": "manage",
    }
    versioned = frozenset({"retrieve", "update", "partial_update"})
    queryset = RateLimit.objects.select_related("property")
    serializer_class = RateLimitSerializer
    filterset_class = RateLimitFilter
    search_fields = ["name", "description"]
    ordering_fields = ["name", "priority", "created_at"]

    def perform_create(self, serializer: Any) -> None:
        """Add a rule."""
        serializer.instance = rule_create(values=serializer.validated_data)

    def update(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Change a rule; the answer has its new ETag."""
        response = super().update(request, *args, **kwargs)
        response["ETag"] = etag(response.data["version"])
        return response

    def perform_update(self, serializer: Any) -> None:
        """Change a rule."""
        serializer.instance = rule_change(
            rule=serializer.instance,
            changes=serializer.validated_data,
            expected_version=expected_version(self.request),
        )

    def perform_destroy(self, instance: RateLimit) -> None:
        """Remove a rule; a floor is refused."""
        rule_delete(rule=instance)

    @extend_schema(request=PreviewSerializer, responses=LimitedClientSerializer(many=True), filters=False)
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    def preview(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Whom this rule would have limited yesterday, or on another day of the last two weeks; stores nothing.

        Counted by the minute, so short peaks are not seen. Callers who are not signed in count as one.
        """
        given = PreviewSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        values = dict(given.validated_data)
        day = values.pop("day", None) or now().date() - timedelta(days=1)
        seen = ApiUsage.objects.all().visible_to(request.user, "view", self.area)
        found = clients_limited(seen, rule_of(RateLimit(**values, id=0, name="preview")), day)
        return self.answer(LimitedClientSerializer(found, many=True).data)

    @extend_schema(request=None, responses=MineSerializer(many=True), filters=False)
    @action(
        detail=False,
        methods=["get"],
        permission_classes=[IsAuthenticated],
        pagination_class=None,
        filter_backends=[],
    )
    def mine(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Which rules hold for the caller, whatever his rights; each answer's ``RateLimit`` says what is left."""
        rules = rules_of(principal_of(request), now(), scope_of(request.user))
        return self.answer(MineSerializer(rules, many=True).data)

    @extend_schema(request=SuspendSerializer, responses=LimiterStateSerializer)
    @action(detail=False, methods=["post"])
    def suspend(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Let all rules but blocks only count until a moment within seven days. Needs the right everywhere."""
        self._require_everywhere()
        given = SuspendSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        return self.answer(LimiterStateSerializer(limits_suspend(**given.validated_data)).data)

    @extend_schema(request=None, responses=LimiterStateSerializer)
    @action(detail=False, methods=["post"])
    def resume(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Let the rules refuse again. Needs the right everywhere."""
        self._require_everywhere()
        return self.answer(LimiterStateSerializer(limits_resume()).data)

    def _require_everywhere(self) -> None:
        user = self.request.user
        if not (sees_everything(user) or holds_everywhere(user, self.required_verb(), self.area)):
            raise NotPermitted(_("This concerns all properties: it needs the right at all of them."))
