"""Endpoints are checked, changed, given secrets, switched and replayed."""

import pytest

from hotel.core.exceptions import Conflict, InvalidInput
from hotel.messaging.models import WebhookDelivery, WebhookEndpoint
from hotel.messaging.services.webhooks import (
    LastSecret,
    WebhookUrlRefused,
    webhook_change,
    webhook_create,
    webhook_disable,
    webhook_enable,
    webhook_replay,
    webhook_resend,
    webhook_secret_retire,
    webhook_secret_rotate,
)
from tests.factories.messaging import outbox_make, webhook_delivery_make, webhook_make

PUBLIC = "https://93.184.216.34/hook"


def active(hook) -> list[str]:
    return list(hook.secrets.filter(retired_at=None).order_by("pk").values_list("key_id", flat=True))


def test_a_new_endpoint_hears_what_happens_from_now_on(cast):
    outbox_make(cast.alpha, 41)
    hook, key = webhook_create(place=cast.alpha, name="Bridge", url=PUBLIC, topics=["MessageSent"])
    assert (hook.last_position, hook.is_active, active(hook)) == (41, True, [key.key_id])
    assert hook.secrets.get().secret == key.secret


def test_addresses_inside_are_refused_at_any_time(cast):
    with pytest.raises(WebhookUrlRefused):
        webhook_create(place=cast.alpha, name="Bad", url="https://127.0.0.1/", topics=[])
    assert not WebhookEndpoint.objects.exists()
    hook = webhook_make(cast.alpha)
    with pytest.raises(WebhookUrlRefused):
        webhook_change(endpoint=hook, changes={"url": "https://10.0.0.1/", "name": "Bad"})
    hook.refresh_from_db()
    assert (hook.name, hook.url) == ("Receiver", "https://example.com/hook")
    assert webhook_change(endpoint=hook, changes={"url": PUBLIC}).url == PUBLIC


def test_two_secrets_sign_while_a_receiver_changes(cast):
    hook = webhook_make(cast.alpha)
    [first] = active(hook)
    second = webhook_secret_rotate(endpoint=hook).key_id
    assert active(hook) == [first, second]
    third = webhook_secret_rotate(endpoint=hook).key_id
    assert active(hook) == [second, third]
    webhook_secret_retire(endpoint=hook, key_id=second)
    webhook_secret_retire(endpoint=hook, key_id=second)
    with pytest.raises(LastSecret):
        webhook_secret_retire(endpoint=hook, key_id=third)
    with pytest.raises(InvalidInput):
        webhook_secret_retire(endpoint=hook, key_id="whk_none")
    assert active(hook) == [third]


def test_a_disabled_endpoint_goes_on_where_it_stopped(cast):
    hook = webhook_make(cast.alpha, last_position=7, failures=15)
    delivery = webhook_delivery_make(cast.alpha, hook)
    seen = WebhookDelivery.objects.select_related("endpoint").get()
    hook = webhook_disable(endpoint=hook, reason="Too many failures.")
    assert webhook_disable(endpoint=hook, reason="Again").disabled_reason == "Too many failures."
    with pytest.raises(Conflict):
        webhook_resend(delivery=seen)
    assert WebhookDelivery.objects.count() == 1
    hook = webhook_enable(endpoint=hook)
    assert (hook.is_active, hook.disabled_at, hook.failures, hook.last_position) == (True, None, 0, 7)
    webhook_resend(delivery=delivery)
    again = WebhookDelivery.objects.get(kind="resend")
    assert (again.position, again.topic, again.status) == (1, "MessageSent", "pending")


@pytest.mark.parametrize("position", [0, 42])
def test_a_replay_stays_within_the_feed(cast, position):
    outbox_make(cast.alpha, 41)
    hook = webhook_make(cast.alpha, last_position=41)
    with pytest.raises(InvalidInput):
        webhook_replay(endpoint=hook, from_position=position)
    hook.refresh_from_db()
    assert hook.replay_from is None
    assert webhook_replay(endpoint=hook, from_position=1).replay_from == 1
