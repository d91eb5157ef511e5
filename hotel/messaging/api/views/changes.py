"""The change feed."""

from typing import Any, ClassVar

from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.response import Response

from hotel.core.api.viewsets import PmsViewSet
from hotel.core.exceptions import InvalidInput, NotFound
from hotel.messaging.api.cursors import cursor_of, position_of
from hotel.messaging.api.permissions import AnyRight
from hotel.messaging.api.serializers.webhooks import ChangesSerializer
from hotel.messaging.selectors.changes import changes_page, last_position
from hotel.properties.scoping import Grants, grants_of

MAX_LIMIT = 500
DEFAULT_LIMIT = 100


class ChangesViewSet(PmsViewSet):
    """What has changed, in order, to be followed with a cursor."""

    area: ClassVar[str] = "messaging"
    permission_classes = [AnyRight]
    serializer_class = ChangesSerializer
    pagination_class = None
    filter_backends = ()

    @extend_schema(
        operation_id="changes_list",
        parameters=[
            OpenApiParameter("cursor", str, description="next_cursor of the last answer; `latest`; or none."),
            OpenApiParameter("property", int, description="Only this property."),
            OpenApiParameter("topics", str, description="Only these facts, parted by commas."),
            OpenApiParameter(
                "limit", int, description=f"Rows at most, 1–{MAX_LIMIT}; {DEFAULT_LIMIT} unless told."
            ),
        ],
        responses=forced_singular_serializer(ChangesSerializer),
    )
    def list(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Facts after a cursor, ascending; keep ``next_cursor`` and ask again, at once when ``has_more``.

        Only properties where the caller holds `view` on the fact's area. A fact never appears before a cursor
        that was given out later. The payload holds ids and plain values; ask the API for the things themselves.
        """
        asked, grants = request.query_params, grants_of(request.user)
        page = changes_page(
            after=position_of(asked.get("cursor", ""), last=last_position()),
            limit=_whole(asked.get("limit", str(DEFAULT_LIMIT)), "limit", MAX_LIMIT),
            grants=grants,
            property_ids=_properties(asked.get("property", ""), grants),
            topics=_topics(asked.get("topics", "")),
        )
        shown = {
            "results": page.rows,
            "next_cursor": cursor_of(page.next_position),
            "has_more": page.has_more,
        }
        return Response(ChangesSerializer(shown).data)


def _properties(text: str, grants: Grants) -> frozenset[int]:
    held = grants.any_property_ids()
    if not text:
        return held
    wanted = _whole(text, "property", 2**63 - 1)
    if wanted not in held:
        raise NotFound("There is no such property, or it is not yours to see.")
    return frozenset({wanted})


def _topics(text: str) -> frozenset[str]:
    topics = frozenset(part.strip() for part in text.split(",") if part.strip())
    if len(topics) > 100 or any(len(topic) > 80 for topic in topics):
        raise InvalidInput("Give up to 100 topics.", fields={"topics": ["Up to 100 names of facts."]})
    return topics


def _whole(text: str, field: str, most: int) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and 1 <= int(text) <= most):
        message = f"Give a whole number from 1 to {most}."
        raise InvalidInput(message, fields={field: [message]})
    return int(text)
