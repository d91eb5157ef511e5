"""Messages, templates and suppressions."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.response import Response

from hotel.core.api.viewsets import ReadMixin
from hotel.messaging.api.filters import MessageFilter, MessageTemplateFilter, SuppressionFilter
from hotel.messaging.api.serializers.messages import (
    AddedSerializer,
    MessageCreateSerializer,
    MessageDetailSerializer,
    MessageSerializer,
    MessageTemplateSerializer,
    PlaceSerializer,
    RenderedTextSerializer,
    SuppressionSerializer,
    TemplatePreviewSerializer,
    VariableSerializer,
)
from hotel.messaging.domain.variables import variables
from hotel.messaging.models import Message, MessageTemplate, Suppression
from hotel.messaging.services.messages import Recipient, message_queue, message_retry
from hotel.messaging.services.suppressions import suppression_add, suppression_lift
from hotel.messaging.services.templates import sample_values, template_render, templates_seed
from hotel.properties.api.mixins import CrudViewSet, PropertyScopedViewSet, ReadViewSet


class MessageViewSet(ReadViewSet):
    """Messages to guests and partners: what was said, whether it left, and if not, why."""

    area = "messaging"
    verbs = {"create": "send", "retry": "send"}
    idempotent = frozenset({"create"})
    queryset = Message.objects.all()
    serializer_class = MessageSerializer
    filterset_class = MessageFilter
    search_fields = ["recipient_name", "dedupe_key"]
    ordering_fields = ["created_at", "sent_at"]

    def get_queryset(self) -> Any:
        """Lists leave the texts in the database."""
        rows = super().get_queryset()
        if self.action == "list":
            return rows.defer("body", "body_html")
        return rows.prefetch_related("tries")

    def get_serializer_class(self) -> Any:
        """One message comes with its text and attempts."""
        return MessageSerializer if self.action == "list" else MessageDetailSerializer

    @extend_schema(request=MessageCreateSerializer, responses={201: MessageDetailSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Word a message by a template and queue it; consent and stops are checked when it leaves."""
        given = MessageCreateSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        data = given.validated_data
        message = message_queue(
            place=data["property"],
            template_code=data["template_code"],
            recipient=Recipient(
                address=data["address"],
                channel=data["channel"],
                language=data["language"],
                guest_id=data["guest_id"],
                name=data["name"],
            ),
            context=data["context"],
            purpose=data["purpose"],
            dedupe_key=data["dedupe_key"],
            send_at=data["send_at"],
        )
        return self.answer(self.get_serializer(message).data, status=201)

    @extend_schema(request=None, responses=MessageDetailSerializer)
    @action(detail=True, methods=["post"])
    def retry(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Queue a failed or suppressed message again, with fresh attempts and the same words."""
        return self.answer(self.get_serializer(message_retry(message=self.get_object())).data)


class MessageTemplateViewSet(CrudViewSet):
    """The words of messages, per code, channel and language. Placeholders come from a fixed list."""

    area = "messaging"
    verbs = {"render": "view", "variables": "view", "standard": "manage"}
    queryset = MessageTemplate.objects.select_related("property")
    serializer_class = MessageTemplateSerializer
    filterset_class = MessageTemplateFilter
    search_fields = ["code", "subject"]
    ordering_fields = ["code", "language", "updated_at"]
    default_ordering = ("code", "channel", "language")

    @extend_schema(request=TemplatePreviewSerializer, responses=RenderedTextSerializer)
    @action(detail=True, methods=["post"])
    def render(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Fill the template for a look at it; sample values stand in for what is not given. Nothing is sent."""
        given = TemplatePreviewSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        template = self.get_object()
        values = {name: value for name, value in sample_values().items() if not name.startswith("property.")}
        text = template_render(
            template=template,
            place=template.property,
            context={**values, **given.validated_data["context"]},
        )
        return self.answer(RenderedTextSerializer(text).data)

    @extend_schema(request=PlaceSerializer, responses=AddedSerializer)
    @action(detail=False, methods=["post"])
    def standard(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Add the standard templates that a property lacks; those it has are left as they are."""
        given = PlaceSerializer(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        return self.answer({"added": templates_seed(place=given.validated_data["property"])})

    @extend_schema(responses=VariableSerializer(many=True), filters=False)
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def variables(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """The variables that templates may use, with a sample of each."""
        return self.answer(VariableSerializer(variables(), many=True).data)


class SuppressionViewSet(ReadMixin, mixins.CreateModelMixin, mixins.DestroyModelMixin, PropertyScopedViewSet):
    """Addresses to which nothing is sent: after a bounce or complaint, or by hand.

    ``unsubscribe`` stops advertising only.
    """

    area = "messaging"
    queryset = Suppression.objects.all()
    serializer_class = SuppressionSerializer
    filterset_class = SuppressionFilter
    search_fields = ["=id"]
    ordering_fields = ["created_at"]

    def perform_create(self, serializer: Any) -> None:
        """Stop an address; one that is stopped already stays so."""
        data = serializer.validated_data
        serializer.instance = suppression_add(
            place=data["property"],
            channel=data["channel"],
            address=data["address"],
            reason=data["reason"],
            note=data.get("note", ""),
        )

    def perform_destroy(self, instance: Suppression) -> None:
        """Allow messages to the address again."""
        suppression_lift(suppression=instance)
