"""Routes of payments, tills and exchange rates."""

from django.urls import path

from hotel.core.api.routers import ComponentRouter
from hotel.folios.api.views.payment_pages import (
    CardPageViewSet,
    CardViewSet,
    GatewayAccountViewSet,
    GatewayWebhookViewSet,
    PaymentLinkViewSet,
)
from hotel.folios.api.views.payments import PaymentViewSet
from hotel.folios.api.views.tills import CashierSessionViewSet, ExchangeRateViewSet

router = ComponentRouter()
router.register("payments/cards", CardViewSet)
router.register("payments/card-pages", CardPageViewSet)
router.register("payments/links", PaymentLinkViewSet)
router.register("payments/gateway-accounts", GatewayAccountViewSet)
router.register("payments", PaymentViewSet)
router.register("cashier-sessions", CashierSessionViewSet)
router.register("exchange-rates", ExchangeRateViewSet)

webhooks = GatewayWebhookViewSet.as_view({"post": "create"})
urlpatterns = [*router.urls, path("payments/webhooks/<str:slug>", webhooks, name="payments-webhooks")]
