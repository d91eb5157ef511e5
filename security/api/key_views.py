"""Endpoints of encryption: which keys wrap, what is encrypted, and changes of keys. A key itself is never shown."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.exceptions import NotPermitted
from hotel.core.words import _
from hotel.properties.api.mixins import ReadViewSet
from security.api import key_filters as filters
from security.api import key_serializers as serializers
from security.models import DataEncryption, KeyRotation
from security.models.keys import sees_keys
from security.selectors.keys import coverage, inventory, key_figures
from security.services.key_rotations import rotation_start


class WholeViewSet(ReadViewSet):
    """Rows of the whole installation: for who holds the right at every property."""

    is_abstract: ClassVar[bool] = True

    def require_everywhere(self) -> None:
        """Refuse who holds the right at some properties only."""
        if not sees_keys(self.request.user, self.required_verb()):
            raise NotPermitted(_("This concerns all properties: it needs the right at all of them."))


class DataEncryptionViewSet(WholeViewSet):
    """The keys that wrap data keys, newest first; seen by who holds the right at every property."""

    area = "security"
    verbs: ClassVar[dict[str, str]] = {"inventory": "view", "coverage": "view", "figures": "view"}
    queryset = DataEncryption.objects.all()
    serializer_class = serializers.DataEncryptionSerializer
    filterset_class = filters.DataEncryptionFilter
    search_fields = ["key_id"]
    ordering_fields = ["created_at", "key_id"]
    default_ordering = ["-created_at"]

    @extend_schema(responses=serializers.InventoryLineSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def inventory(self, request: Any) -> Response:
        """Every encrypted column: how, bound to what, and by what it is searched."""
        self.require_everywhere()
        return self.answer(serializers.InventoryLineSerializer(inventory(), many=True).data)

    @extend_schema(responses=serializers.CoverageLineSerializer(many=True), filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def coverage(self, request: Any) -> Response:
        """Of each encrypted column how many rows are encrypted, counted now: it reads every table."""
        self.require_everywhere()
        return self.answer(serializers.CoverageLineSerializer(coverage(), many=True).data)

    @extend_schema(responses=serializers.KeyFiguresSerializer, filters=False)
    @action(detail=False, pagination_class=None, filterset_class=None)
    def figures(self, request: Any) -> Response:
        """How many data keys there are, under which wrapping keys, and how many were destroyed."""
        self.require_everywhere()
        return self.answer(serializers.KeyFiguresSerializer(key_figures()).data)


class KeyRotationViewSet(WholeViewSet):
    """Changes of keys, newest first. One of each kind runs at a time; a worker does it in batches."""

    area = "security"
    queryset = KeyRotation.objects.select_related("started_by")
    serializer_class = serializers.KeyRotationSerializer
    filterset_class = filters.KeyRotationFilter
    search_fields = ["target"]
    ordering_fields = ["started_at"]
    default_ordering = ["-started_at"]
    step_up = frozenset({"create"})

    def create(self, request: Any) -> Response:
        """Begin to wrap all data keys under the first of ``FIELD_KEYS``, or to search by a new index key.

        Needs ``manage`` at every property. Nothing becomes unreadable meanwhile, and everybody is found.
        """
        self.require_everywhere()
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        row = rotation_start(kind=form.validated_data["kind"], by=request.user)
        return self.answer(self.get_serializer(row).data, status=201)
