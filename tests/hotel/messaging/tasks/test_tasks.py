"""The tasks look at the tables; the hints are only hints."""

from types import SimpleNamespace

from django.core import mail

from hotel.core.models import OutboxMessage
from hotel.messaging import handlers, tasks
from hotel.messaging.models import Message
from hotel.messaging.services.messages import message_retry
from tests.factories.messaging import message_make, outbox_make, webhook_make


def test_the_sweep_sends_everything_that_is_due(cast):
    for n in range(3):
        message_make(cast.alpha if n else cast.beta, address=f"gus{n}@example.com")
    assert tasks.messages_send() == 3
    assert len(mail.outbox) == 3
    assert tasks.messages_send() == 0
    assert set(Message.objects.values_list("status", flat=True)) == {"sent"}


def test_the_sweep_ends_when_other_senders_have_the_rest(cast, monkeypatch):
    message_make(cast.alpha)
    monkeypatch.setattr(tasks.sending, "message_send", lambda message_id: "")
    assert tasks.messages_send() == 0


def test_the_sweep_keeps_its_time(cast, monkeypatch):
    message_make(cast.alpha)
    clock = iter([0, 1, 2 + tasks.BUDGET_SECONDS])
    monkeypatch.setattr(tasks, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    assert tasks.messages_send() == 0
    assert mail.outbox == []


def test_each_endpoint_with_news_gets_a_task_of_its_own(cast, monkeypatch):
    hooks = [webhook_make(cast.alpha, name=f"R{n}") for n in range(2)]
    webhook_make(cast.beta)
    outbox_make(cast.alpha, 1)
    asked = []
    monkeypatch.setattr(tasks.webhook_serve, "apply_async", lambda args, **kwargs: asked.append(args))
    assert tasks.webhooks_relay() == 2
    assert asked == [(hook.pk,) for hook in hooks]


def test_one_endpoint_is_served(cast, web_server, private_webhooks):
    hook = webhook_make(cast.alpha, url=web_server.url)
    outbox_make(cast.alpha, 1)
    assert tasks.webhook_serve(hook.pk) == 1
    assert tasks.webhook_deliveries_purge() == 0


def test_a_queued_message_wakes_a_sender_after_the_commit(
    cast, drain, settings, monkeypatch, django_capture_on_commit_callbacks
):
    message = message_make(cast.alpha, status="failed", next_attempt_at=None)
    woken = []
    monkeypatch.setattr(handlers.tasks.messages_send, "apply_async", lambda **kwargs: woken.append(kwargs))
    message_retry(message=message)
    drain()
    assert woken == []
    OutboxMessage.objects.update(delivered_at=None)
    OutboxMessage.objects.first().handled.all().delete()
    settings.OUTBOX_HINTS = True
    with django_capture_on_commit_callbacks(execute=True):
        drain()
        assert woken == []
    assert woken == [{"retry": False}]


def test_a_broker_that_is_away_stops_nobody(cast, settings, monkeypatch, caplog):
    def away(**kwargs):
        raise ConnectionError("no broker")

    monkeypatch.setattr(handlers.tasks.messages_send, "apply_async", away)
    handlers._hint()
    assert "The broker is away (ConnectionError)" in caplog.text
