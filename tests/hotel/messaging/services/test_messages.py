"""Queueing: once per key, the right language, nothing on a refusal."""

import threading

import pytest
from django.db import connection

from hotel.core.exceptions import InvalidInput
from hotel.core.models import OutboxMessage
from hotel.messaging.models import Message
from hotel.messaging.services.messages import (
    MessageNotFailed,
    Recipient,
    message_queue,
    message_retry,
    message_withdraw,
)
from hotel.messaging.services.templates import (
    MessageNotRenderable,
    TemplateMissing,
)
from tests.cast import make_cast
from tests.factories.messaging import message_make, message_template_make


def queue(place, language="en", **over):
    values = {
        "place": place,
        "template_code": "welcome",
        "recipient": Recipient(address="gus@example.com", channel="email", language=language),
        "context": {"guest.name": "Gus"},
    }
    return message_queue(**{**values, **over})


def test_a_dedupe_key_queues_once_per_property(cast):
    message_template_make(cast.alpha)
    message_template_make(cast.beta)
    first = queue(cast.alpha, dedupe_key="pre_arrival:1")
    second = queue(cast.alpha, dedupe_key="pre_arrival:1", context={"guest.name": "Somebody else"})
    other = queue(cast.beta, dedupe_key="pre_arrival:1")
    assert second == first
    assert second.body == "Dear Gus"
    assert other != first
    assert OutboxMessage.objects.filter(topic="MessageQueued").count() == 2


def test_without_a_key_every_call_queues(cast):
    message_template_make(cast.alpha)
    assert queue(cast.alpha) != queue(cast.alpha)


@pytest.mark.parametrize(
    ("wanted", "present", "chosen"),
    [
        ("de-AT", ["en", "de", "de-AT"], "de-AT"),
        ("de-AT", ["en", "de", "es"], "de"),
        ("fr", ["en", "de"], "de"),  # Alpha writes German
        ("fr", ["en", "es"], "en"),
        ("", ["en", "de"], "de"),
    ],
)
def test_the_language_falls_back(cast, wanted, present, chosen):
    for language in present:
        message_template_make(cast.alpha, language=language)
    assert queue(cast.alpha, language=wanted).language == chosen


def test_inactive_and_foreign_templates_do_not_count(cast):
    message_template_make(cast.alpha, is_active=False)
    message_template_make(cast.beta)
    message_template_make(cast.alpha, channel="sms", subject="")
    with pytest.raises(TemplateMissing):
        queue(cast.alpha)
    assert not Message.objects.exists()


def test_the_property_fills_its_own_values(cast):
    cast.alpha.address, cast.alpha.brand_name = "Ring 1\n1010 Wien\n", "Alpha Grand"
    cast.alpha.save()
    message_template_make(
        cast.alpha, body="{{ property.name }}, {{ property.address }}, {{ property.check_in_time }}"
    )
    assert queue(cast.alpha).body == "Alpha Grand, Ring 1, 1010 Wien, 15:00"


def test_the_words_stay_when_the_template_changes(cast):
    template = message_template_make(cast.alpha)
    message = queue(cast.alpha)
    template.body = "Changed"
    template.save()
    message.refresh_from_db()
    assert message.body == "Dear Gus"


@pytest.mark.parametrize(
    ("over", "error"),
    [
        ({"context": {}}, MessageNotRenderable),
        ({"recipient": Recipient("gus", "email")}, InvalidInput),
        ({"recipient": Recipient("+4315550100", "sms")}, TemplateMissing),
    ],
)
def test_a_refusal_stores_nothing(cast, over, error):
    message_template_make(cast.alpha)
    with pytest.raises(error):
        queue(cast.alpha, **over)
    assert not Message.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_a_waiting_message_can_be_withdrawn_once(cast):
    message = message_make(cast.alpha, dedupe_key="pre_arrival:1")
    assert message_withdraw(place=cast.beta, dedupe_key="pre_arrival:1", reason="x") is False
    assert message_withdraw(place=cast.alpha, dedupe_key="", reason="x") is False
    assert (
        message_withdraw(place=cast.alpha, dedupe_key="pre_arrival:1", reason="The stay was cancelled.")
        is True
    )
    assert message_withdraw(place=cast.alpha, dedupe_key="pre_arrival:1", reason="again") is False
    message.refresh_from_db()
    assert (message.status, message.failure_code, message.failure_reason) == (
        "suppressed",
        "withdrawn",
        "The stay was cancelled.",
    )
    assert message.next_attempt_at is None


def test_an_erased_message_cannot_be_retried(cast):
    message = message_make(cast.alpha, status="failed", next_attempt_at=None, address="")
    with pytest.raises(MessageNotFailed):
        message_retry(message=message)


@pytest.mark.django_db(transaction=True)
def test_two_callers_with_one_key_queue_one_message():
    cast = make_cast()
    message_template_make(cast.alpha)
    barrier, ids = threading.Barrier(4), []

    def caller():
        try:
            barrier.wait()
            ids.append(queue(cast.alpha, dedupe_key="same").pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=caller) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ids) == 4
    assert len(set(ids)) == 1
    assert OutboxMessage.objects.filter(topic="MessageQueued").count() == 1
