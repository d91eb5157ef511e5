"""Tasks of messaging. All may repeat and run side by side: the truth is in the tables they look at."""

import time

from celery import shared_task

from hotel.messaging.services import sending, webhook_relay

BUDGET_SECONDS = 45


@shared_task(name="hotel.messaging.tasks.messages_send")
def messages_send() -> int:
    """Send every message that is due, for at most 45 seconds. Returns how many attempts were made."""
    started, made = time.monotonic(), 0
    while time.monotonic() - started < BUDGET_SECONDS and (ids := sending.messages_due()):
        done = 0
        for message_id in ids:
            if time.monotonic() - started >= BUDGET_SECONDS:
                return made + done
            done += bool(sending.message_send(message_id=message_id))
        made += done
        if not done:  # other senders have the rest
            break
    return made


@shared_task(name="hotel.messaging.tasks.webhooks_relay")
def webhooks_relay() -> int:
    """Hand every endpoint that has something to hear to a task of its own, so that a slow one delays nobody."""
    due = webhook_relay.webhooks_due()
    for endpoint_id in due:
        webhook_serve.apply_async((endpoint_id,), expires=30)
    return len(due)


@shared_task(name="hotel.messaging.tasks.webhook_serve")
def webhook_serve(endpoint_id: int) -> int:
    """Serve one endpoint. Returns how many deliveries arrived."""
    return webhook_relay.webhook_relay(endpoint_id=endpoint_id)


@shared_task(name="hotel.messaging.tasks.webhook_deliveries_purge")
def webhook_deliveries_purge() -> int:
    """Forget finished deliveries after thirty days."""
    return webhook_relay.webhook_deliveries_purge()
