"""How late messages and webhooks are."""

from datetime import timedelta

import pytest

from hotel.core.clock import now
from hotel.messaging.selectors.lags import messages_check, webhooks_check
from tests.factories.messaging import message_make, webhook_delivery_make


def test_nothing_waits_and_nothing_is_late(cast):
    assert [(found.state, found.value) for found in (messages_check(), webhooks_check())] == [("ok", 0)] * 2


@pytest.mark.parametrize(("seconds", "state"), [(60, "ok"), (121, "degraded"), (901, "failed")])
def test_the_message_due_longest_counts(cast, seconds, state):
    message_make(cast.alpha, next_attempt_at=now() - timedelta(seconds=seconds))
    message_make(cast.beta, next_attempt_at=now() + timedelta(hours=1))
    found = messages_check()
    assert (found.state, found.unit) == (state, "s late")
    assert found.value // 10 == seconds // 10


def test_a_sent_message_is_not_late(cast):
    ago = now() - timedelta(hours=1)
    message_make(cast.alpha, status="sent", sent_at=ago, next_attempt_at=None, created_at=ago)
    assert messages_check().state == "ok"


def test_the_oldest_change_that_a_receiver_waits_for_counts(cast):
    webhook_delivery_make(
        cast.alpha, status="pending", delivered_at=None, queued_at=now() - timedelta(seconds=1000)
    )
    assert webhooks_check().state == "failed"


def test_a_receiver_that_is_switched_off_waits_for_nothing(cast):
    delivery = webhook_delivery_make(
        cast.alpha, status="pending", delivered_at=None, queued_at=now() - timedelta(seconds=1000)
    )
    endpoint = delivery.endpoint
    endpoint.is_active, endpoint.disabled_at = False, now()
    endpoint.save()
    assert webhooks_check().state == "ok"
