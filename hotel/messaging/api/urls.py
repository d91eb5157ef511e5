"""Routes of messaging."""

from hotel.core.api.routers import ComponentRouter
from hotel.messaging.api.views.changes import ChangesViewSet
from hotel.messaging.api.views.messages import MessageTemplateViewSet, MessageViewSet, SuppressionViewSet
from hotel.messaging.api.views.webhooks import WebhookDeliveryViewSet, WebhookViewSet

router = ComponentRouter()
router.register("messages/templates", MessageTemplateViewSet)
router.register("messages/suppressions", SuppressionViewSet)
router.register("messages", MessageViewSet)
router.register("webhooks/deliveries", WebhookDeliveryViewSet)
router.register("webhooks", WebhookViewSet)
router.register("changes", ChangesViewSet)

urlpatterns = router.urls
