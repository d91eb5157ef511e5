"""How late messages and webhooks are."""

from datetime import datetime

from django.db.models import Min

from hotel.core.clock import now
from hotel.core.health_checks import Finding, graded
from hotel.messaging.choices import DeliveryStatus, MessageStatus
from hotel.messaging.models import Message, WebhookDelivery

LATE_DEGRADED, LATE_FAILED = 120, 900


def messages_check() -> Finding:
    """How long the message that has been due longest has been due; over all properties."""
    waiting = Message.objects.filter(status__in=[MessageStatus.QUEUED, MessageStatus.SENDING])
    return _late(waiting.aggregate(oldest=Min("next_attempt_at"))["oldest"])


def webhooks_check() -> Finding:
    """How long the oldest change has been waiting to be told to a receiver; over all properties."""
    pending = WebhookDelivery.objects.filter(status=DeliveryStatus.PENDING, endpoint__is_active=True)
    return _late(pending.aggregate(oldest=Min("queued_at"))["oldest"])


def _late(oldest: datetime | None) -> Finding:
    late = max(0, int((now() - oldest).total_seconds())) if oldest else 0
    return Finding(graded(late, degraded_from=LATE_DEGRADED, failed_from=LATE_FAILED), late, "s late")
