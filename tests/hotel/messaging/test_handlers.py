"""A queued message wakes a sender, but only as a hint."""

import logging

from hotel.contracts.messaging import MessageQueued
from hotel.messaging import handlers, tasks
from tests.factories.messaging import message_make


def fact(message) -> MessageQueued:
    return MessageQueued(
        property_id=message.property_id,
        message_id=message.pk,
        channel=message.channel,
        template_code=message.template_code,
    )


def test_the_hint_goes_after_the_commit(cast, monkeypatch, settings, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(tasks.messages_send, "apply_async", lambda **options: sent.append(options))
    settings.OUTBOX_HINTS = True
    with django_capture_on_commit_callbacks(execute=True):
        handlers.on_message_queued(fact(message_make(cast.alpha)))
        assert sent == []
    assert sent == [{"retry": False}]


def test_without_a_broker_the_sweep_will_send(
    cast, monkeypatch, settings, caplog, django_capture_on_commit_callbacks
):
    def away(**options):
        raise ConnectionError("no broker")

    monkeypatch.setattr(tasks.messages_send, "apply_async", away)
    settings.OUTBOX_HINTS = True
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        handlers.on_message_queued(fact(message_make(cast.alpha)))
    assert "The broker is away (ConnectionError); the sweep will send." in caplog.messages


def test_hints_can_be_off(cast, settings, django_capture_on_commit_callbacks):
    settings.OUTBOX_HINTS = False
    message = message_make(cast.alpha)
    with django_capture_on_commit_callbacks() as callbacks:
        handlers.on_message_queued(fact(message))
    assert callbacks == []
