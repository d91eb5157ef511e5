"""Webhook endpoints and their deliveries."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.messaging.api.filters import WebhookDeliveryFilter, WebhookFilter
from hotel.messaging.api.serializers.webhooks import (
    NewSecretSerializer,
    ReplaySerializer,
    RetireSecretSerializer,
    WebhookCreatedSerializer,
    WebhookDeliverySerializer,
    WebhookSerializer,
)
from hotel.messaging.models import WebhookDelivery, WebhookEndpoint
from hotel.messaging.services.webhooks import (
    webhook_change,
    webhook_create,
    webhook_disable,
    webhook_enable,
    webhook_replay,
    webhook_resend,
    webhook_secret_retire,
    webhook_secret_rotate,
)
from hotel.properties.api.mixins import CrudViewSet, ReadViewSet


class WebhookViewSet(CrudViewSet):
    """Receivers of a property's changes, told in order and signed; see docs/guide/webhooks.md."""

    area = "messaging"
    verbs = {
        "rotate_secret": "manage",
        "retire_secret": "manage",
        "enable": "manage",
        "disable": "manage",
        "replay": "manage",
    }
    queryset = WebhookEndpoint.objects.prefetch_related("secrets")
    serializer_class = WebhookSerializer
    filterset_class = WebhookFilter
    search_fields = ["name", "url"]
    ordering_fields = ["name", "created_at"]

    @extend_schema(responses={201: WebhookCreatedSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Add an endpoint; it hears what happens from now on. The secret in the answer is shown this once."""
        given = self.get_serializer(data=request.data)
        given.is_valid(raise_exception=True)
        data = given.validated_data
        endpoint, secret = webhook_create(
            place=data["property"], name=data["name"], url=data["url"], topics=data["topics"]
        )
        shown = {**self.get_serializer(endpoint).data, "new_secret": NewSecretSerializer(secret).data}
        return self.answer(shown, status=201)

    def perform_update(self, serializer: Any) -> None:
        """Change name, url or topics."""
        serializer.instance = webhook_change(endpoint=serializer.instance, changes=serializer.validated_data)

    @extend_schema(request=None, responses=NewSecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Add a secret; it and the one before sign together until the older is retired. Shown this once."""
        return self.answer(NewSecretSerializer(webhook_secret_rotate(endpoint=self.get_object())).data)

    @extend_schema(request=RetireSecretSerializer, responses=WebhookSerializer)
    @action(detail=True, methods=["post"], url_path="retire-secret")
    def retire_secret(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Stop signing with a key; the last active one stays."""
        given = RetireSecretSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        webhook_secret_retire(endpoint=self.get_object(), key_id=given.validated_data["key_id"])
        return self.answer(self.get_serializer(self.get_object()).data)

    @extend_schema(request=None, responses=WebhookSerializer)
    @action(detail=True, methods=["post"])
    def enable(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Tell the endpoint again, from where it stopped, at once."""
        return self.answer(self.get_serializer(webhook_enable(endpoint=self.get_object())).data)

    @extend_schema(request=None, responses=WebhookSerializer)
    @action(detail=True, methods=["post"])
    def disable(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Stop telling the endpoint; nothing is lost, it continues when enabled."""
        endpoint = webhook_disable(endpoint=self.get_object(), reason=f"Disabled by {request.user}.")
        return self.answer(self.get_serializer(endpoint).data)

    @extend_schema(request=ReplaySerializer, responses={202: WebhookSerializer})
    @action(detail=True, methods=["post"])
    def replay(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Tell everything again from a position on, in order."""
        given = ReplaySerializer(data=request.data)
        given.is_valid(raise_exception=True)
        endpoint = webhook_replay(endpoint=self.get_object(), **given.validated_data)
        return self.answer(self.get_serializer(endpoint).data, status=202)


class WebhookDeliveryViewSet(ReadViewSet):
    """What was told to webhook endpoints, and what they answered; kept for thirty days."""

    area = "messaging"
    verbs = {"resend": "manage"}
    queryset = WebhookDelivery.objects.select_related("endpoint", "property")
    serializer_class = WebhookDeliverySerializer
    filterset_class = WebhookDeliveryFilter
    search_fields = ["topic", "aggregate"]
    ordering_fields = ["created_at", "position"]

    @extend_schema(request=None, responses={202: WebhookDeliverySerializer})
    @action(detail=True, methods=["post"])
    def resend(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Tell this change once more, outside the order; the answer is the new, waiting delivery."""
        delivery = webhook_resend(delivery=self.get_object())
        return self.answer(self.get_serializer(delivery).data, status=202)
