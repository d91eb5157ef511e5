"""Endpoints of integrators, and where they fetch tokens."""

import json
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from oauth2_provider.views.mixins import OAuthLibMixin
from rest_framework.decorators import action
from rest_framework.parsers import FormParser
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from hotel.accounts.api import filters
from hotel.accounts.api import integrator_serializers as serializers
from hotel.accounts.api.authentication import NobodyYet
from hotel.accounts.models import Integrator
from hotel.accounts.services.integrators import (
    integrator_create,
    integrator_revoke,
    integrator_secret_renew,
)
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.card_guard import refuse_card_data
from hotel.properties.api.mixins import ReadViewSet


class IntegratorViewSet(ReadViewSet):
    """Programs of others that fetch short-lived tokens, for properties where the caller sees accounts."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {"revoke": "manage", "renew_secret": "manage"}
    step_up = frozenset({"create", "renew_secret"})
    queryset = Integrator.objects.select_related("application").prefetch_related("properties")
    serializer_class = serializers.IntegratorSerializer
    filterset_class = filters.IntegratorFilter
    search_fields = ["name", "user__username"]
    ordering_fields = ["name", "created_at"]
    default_ordering = ["-created_at"]

    @extend_schema(responses={201: serializers.IntegratorSecretSerializer})
    def create(self, request: Any) -> Response:
        """Make an integrator; its secret is in this answer and never again.

        Neither the caller nor the machine may lack any of its rights at any of its properties.
        """
        form = self.get_serializer(data=request.data)
        form.is_valid(raise_exception=True)
        return self._issued(integrator_create(**form.validated_data, by=request.user))

    @extend_schema(request=None, responses={201: serializers.IntegratorSecretSerializer})
    @action(detail=True, methods=["post"], url_path="renew-secret")
    def renew_secret(self, request: Any, pk: int) -> Response:
        """Give it another secret; the old one opens nothing from now on."""
        return self._issued(integrator_secret_renew(integrator=self.get_object(), by=request.user))

    @extend_schema(request=None, responses=serializers.IntegratorSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Any, pk: int) -> Response:
        """End it and all its tokens at once."""
        row = integrator_revoke(integrator=self.get_object(), by=request.user)
        return self.answer(self.get_serializer(row).data)

    def _issued(self, issued: Any) -> Response:
        body = serializers.IntegratorSecretSerializer(issued, context=self.get_serializer_context()).data
        response = self.answer(body, status=201)
        response["Cache-Control"] = "no-store"
        return response


class OAuthViewSet(OAuthLibMixin, PmsViewSet):
    """OAuth 2 for integrators."""

    area = "accounts"
    verbs: ClassVar[dict[str, str]] = {"token": "view"}
    permission_classes = [AllowAny]
    authentication_classes = [NobodyYet]
    parser_classes = [FormParser]
    filter_backends: ClassVar[list[Any]] = []
    pagination_class = None

    @extend_schema(
        request={"application/x-www-form-urlencoded": serializers.TokenRequestSerializer},
        responses={
            200: serializers.TokenAnswerSerializer,
            (400, "application/json"): serializers.TokenRefusalSerializer,
            (400, "application/problem+json"): {"$ref": "#/components/schemas/Problem"},
            (401, "application/json"): serializers.TokenRefusalSerializer,
        },
        auth=[],
        operation_id="oauth_token",
    )
    @action(detail=False, methods=["post"])
    def token(self, request: Any) -> Response:
        """Client credentials (RFC 6749 §4.4): a token for an hour, to be sent as ``Authorization: Bearer``.

        The client names itself by HTTP Basic or by ``client_id`` and ``client_secret`` in the form. ``scope`` narrows
        it to some of its rights. Refusals are in the words of the RFC: ``{"error": "invalid_client"}``.
        """
        refuse_card_data(dict(request.data), door="api")  # reading the form also refuses what is none
        _, headers, body, status = self.create_token_response(request._request)
        kept = {name: value for name, value in headers.items() if name != "Content-Type"}
        return Response(json.loads(body), status=status, headers=kept)
