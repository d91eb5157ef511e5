"""Cards, pages where guests give them, links by which they pay, accounts at processors, and their webhooks."""

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import OpenApiExample, OpenApiTypes, extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import AllowAny
from rest_framework.response import Response

from hotel.core.api.idempotency import request_key
from hotel.core.api.schema import CALLS_OUTSIDE
from hotel.core.api.viewsets import PmsViewSet
from hotel.core.exceptions import NotFound
from hotel.core.words import _
from hotel.folios.api.payment_filters import CardFilter, GatewayAccountFilter, PaymentLinkFilter
from hotel.folios.api.serializers.payments import (
    CardPageInput,
    CardPageSerializer,
    CardSerializer,
    GatewayAccountSerializer,
    NoticeKeptSerializer,
    PaymentLinkInput,
    PaymentLinkSerializer,
)
from hotel.folios.models import CardToken, GatewayAccount, HostedPage, PaymentLink
from hotel.folios.services.gateway_accounts import account_change, account_create
from hotel.folios.services.gateway_notices import notice_receive
from hotel.folios.services.hosted_pages import card_page_open, card_remove, page_check
from hotel.folios.services.payment_links import link_cancel, link_create
from hotel.guests.models import Guest
from hotel.properties.api.mixins import CrudViewSet, ReadViewSet


class CardViewSet(ReadViewSet):
    """Cards that guests gave at the processor's page. Their numbers never reach us."""

    area = "folios"
    queryset = CardToken.objects.all()
    serializer_class = CardSerializer
    filterset_class = CardFilter
    ordering_fields: ClassVar[list[str]] = ["created_at"]
    verbs: ClassVar[dict[str, str]] = {"remove": "post"}

    @extend_schema(request=None, responses=CardSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: Any, pk: Any = None) -> Response:
        """Use a card no more."""
        return self.answer(self.get_serializer(card_remove(card=self.get_object())).data)


class CardPageViewSet(ReadViewSet):
    """Pages at the processor where guests give cards that may be charged later."""

    area = "folios"
    queryset = HostedPage.objects.filter(payment=None)
    serializer_class = CardPageSerializer
    ordering_fields: ClassVar[list[str]] = ["created_at"]
    verbs: ClassVar[dict[str, str]] = {"create": "post", "check": "post"}
    idempotent = frozenset({"create", "check"})
    phased = idempotent

    @extend_schema(request=CardPageInput, responses={201: CardPageSerializer}, extensions=CALLS_OUTSIDE)
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Open a page; send the guest to its ``url``."""
        given = CardPageInput(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        data = given.validated_data
        page = card_page_open(
            place=data["property"],
            guest=self._guest(data["guest_id"]),
            return_url=data["return_url"],
            key=uuid.UUID(request_key(request)[:32]),
            actor=request.user,
        )
        return self.answer(self.get_serializer(page).data, status=201)

    @extend_schema(request=None, responses=CardPageSerializer, extensions=CALLS_OUTSIDE)
    @action(detail=True, methods=["post"])
    def check(self, request: Any, pk: Any = None) -> Response:
        """Ask the processor now whether the guest has given his card; it is asked by itself, too."""
        return self.answer(self.get_serializer(page_check(page_id=self.get_object().pk)).data)

    def _guest(self, guest_id: int | None) -> Guest | None:
        """A guest the caller may see."""
        if guest_id is None:
            return None
        guest = Guest.objects.visible_to(self.request.user).filter(pk=guest_id).first()
        if guest is None:
            raise NotFound(_("There is no such guest."))
        return guest


class PaymentLinkViewSet(ReadViewSet):
    """Links by which guests pay an amount at the processor's page, once."""

    area = "folios"
    queryset = PaymentLink.objects.all()
    serializer_class = PaymentLinkSerializer
    filterset_class = PaymentLinkFilter
    ordering_fields: ClassVar[list[str]] = ["created_at", "expires_at"]
    verbs: ClassVar[dict[str, str]] = {"create": "post", "cancel": "post"}
    idempotent = frozenset({"create", "cancel"})
    phased = frozenset({"cancel"})

    @extend_schema(request=PaymentLinkInput, responses={201: PaymentLinkSerializer})
    def create(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """Make a link; send its ``url`` to the guest."""
        given = PaymentLinkInput(data=request.data, context=self.get_serializer_context())
        given.is_valid(raise_exception=True)
        data = given.validated_data
        self.require_at(data["target"].property_id)
        link = link_create(**data, actor=request.user)
        return self.answer(self.get_serializer(link).data, status=201)

    @extend_schema(request=None, responses=PaymentLinkSerializer, extensions=CALLS_OUTSIDE)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Any, pk: Any = None) -> Response:
        """Refuse the link from now on and close the processor's page; ``paid`` when the guest was quicker."""
        return self.answer(self.get_serializer(link_cancel(link=self.get_object())).data)


class GatewayAccountViewSet(CrudViewSet):
    """The property's accounts at card processors. One that is active takes all new payments by card."""

    area = "folios"
    queryset = GatewayAccount.objects.all()
    serializer_class = GatewayAccountSerializer
    filterset_class = GatewayAccountFilter
    ordering_fields: ClassVar[list[str]] = ["name"]
    http_method_names: ClassVar[list[str]] = ["get", "post", "patch", "head", "options"]

    def perform_create(self, serializer: Any) -> None:
        """Add an account."""
        values = dict(serializer.validated_data)
        serializer.instance = account_create(place=values.pop("property"), values=values)

    def perform_update(self, serializer: Any) -> None:
        """Change keys or name, or whether it takes new payments."""
        changes = {k: v for k, v in serializer.validated_data.items() if k not in ("property", "provider")}
        serializer.instance = account_change(account=serializer.instance, changes=changes)


class GatewayWebhookViewSet(PmsViewSet):
    """Where processors tell of changes. Who called is known by the signature over the body alone."""

    area = "folios"
    permission_classes = [AllowAny]
    authentication_classes: ClassVar[list[Any]] = []

    @extend_schema(
        request=OpenApiTypes.OBJECT,
        responses={200: NoticeKeptSerializer},
        examples=[OpenApiExample("An event", {"id": "evt_1", "type": "charge.refunded"}, request_only=True)],
    )
    def create(self, request: Any, slug: str) -> Response:
        """Keep a webhook whose signature is right; what it is about is looked at within seconds."""
        body = request._request.body
        is_new = notice_receive(slug=slug, body=body, headers=dict(request.headers))
        return self.answer({"is_new": is_new})
