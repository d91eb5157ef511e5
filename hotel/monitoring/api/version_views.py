"""The life of the API: versions, changes, and what is on its way out."""

from typing import Any, ClassVar

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import extend_schema
from rest_framework.response import Response

from hotel.core.api.viewsets import PmsViewSet
from hotel.core.clock import now
from hotel.messaging.api.permissions import AnyRight
from hotel.monitoring.api.version_serializers import VersionsSerializer
from hotel.monitoring.selectors.callers import callers_of
from hotel.monitoring.selectors.versions import api_life


class VersionsViewSet(PmsViewSet):
    """Versions of the API, its changelog, and its deprecated operations."""

    area: ClassVar[str] = "monitoring"
    permission_classes = [AnyRight]
    serializer_class = VersionsSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        operation_id="monitoring_versions", responses=forced_singular_serializer(VersionsSerializer)
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Versions, dated changes and deprecated operations, for everybody who holds any right.

        A deprecated operation says so in each answer with `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link`.
        """
        life, moment = api_life(), now()
        outs = sorted(life.deprecations.values(), key=lambda out: (out.sunset_on, out.operation))
        callers = callers_of(life.deprecations, request.user, moment) if outs else {}
        shown = {
            "versions": life.versions,
            "changes": life.changes,
            "deprecations": [
                {
                    **out.__dict__,
                    "is_over": out.is_over(moment),
                    "callers": callers.get(out.operation, []),
                }
                for out in outs
            ],
        }
        return Response(VersionsSerializer(shown).data)
