"""The relay against a real receiver on the loopback: order, signatures, failures, replay."""

import json
import re
import threading
import time
import uuid
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings as django_settings
from django.db import connection

from hotel.core.clock import now
from hotel.core.models import OutboxMessage
from hotel.messaging.domain.retries import WEBHOOK_ATTEMPTS
from hotel.messaging.models import WebhookDelivery, WebhookEndpoint
from hotel.messaging.services.webhook_relay import (
    delivery_body,
    webhook_deliveries_purge,
    webhook_relay,
    webhooks_due,
)
from hotel.messaging.services.webhooks import (
    webhook_disable,
    webhook_enable,
    webhook_replay,
    webhook_resend,
    webhook_secret_retire,
    webhook_secret_rotate,
)
from tests.cast import make_cast
from tests.factories.messaging import SECRET, outbox_make, webhook_delivery_make, webhook_make

pytestmark = pytest.mark.usefixtures("private_webhooks")


def documented_check():
    """The function of docs/guide/webhooks.md, as a receiver would copy it."""
    text = (Path(django_settings.BASE_DIR) / "docs/guide/webhooks.md").read_text()
    scope: dict = {}
    exec(re.search(r"```python\n(.*?)```", text, re.S)[1], scope)  # noqa: S102
    return scope["is_genuine"]


def heard(server):
    return [json.loads(call.body)["position"] for call in server.calls]


def test_changes_are_told_in_order_signed_and_as_pointers(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=f"{web_server.url}/hook?x=1")
    messages = [outbox_make(cast.alpha, position) for position in (1, 2, 5)]
    outbox_make(cast.beta, 3)
    assert webhooks_due() == [endpoint.pk]
    assert webhook_relay(endpoint_id=endpoint.pk) == 3
    assert heard(web_server) == [1, 2, 5]
    call = web_server.calls[0]
    assert call.path == "/hook?x=1"
    assert json.loads(call.body) == {
        "position": 1,
        "topic": "MessageSent",
        "aggregate": "message:1",
        "property": cast.alpha.pk,
        "occurred_at": messages[0].created_at.isoformat(),
    }
    assert call.headers["Host"] == web_server.url.removeprefix("http://")
    assert call.headers["Auberge-Topic"] == "MessageSent"
    genuine, header = documented_check(), call.headers["Auberge-Signature"]
    key = {endpoint.secrets.get().key_id: SECRET}
    assert genuine(header, call.body, key)
    assert not genuine(header, call.body + b" ", key)
    assert not genuine(header, call.body, {endpoint.secrets.get().key_id: "whs_wrong"})
    assert not genuine(header, call.body, key, now=time.time() + 301)
    endpoint.refresh_from_db()
    assert (endpoint.last_position, endpoint.claim, endpoint.next_attempt_at, endpoint.failures) == (
        5,
        None,
        None,
        0,
    )
    assert (
        list(
            WebhookDelivery.objects.order_by("position").values_list("status", "response_status", "attempts")
        )
        == [("delivered", 200, 1)] * 3
    )
    assert webhooks_due() == []
    assert webhook_relay(endpoint_id=endpoint.pk) == 0


def test_only_its_topics_are_told_and_the_others_passed_over(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url, topics=["MessageFailed"])
    for position in range(1, 6):
        outbox_make(cast.alpha, position, topic="MessageFailed" if position == 3 else "MessageSent")
    assert webhook_relay(endpoint_id=endpoint.pk) == 1
    assert heard(web_server) == [3]
    endpoint.refresh_from_db()
    assert endpoint.last_position == 5
    assert webhooks_due() == []


def test_facts_without_a_position_wait(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    OutboxMessage.objects.create(property_id=cast.alpha.pk, aggregate="a:1", topic="MessageSent", payload={})
    assert webhooks_due() == []
    assert webhook_relay(endpoint_id=endpoint.pk) == 0


def test_nothing_overtakes_a_delivery_that_fails(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    for position in (1, 2, 3):
        outbox_make(cast.alpha, position)
    web_server.answers = [200, 500, 503]
    with time_machine.travel(now(), tick=False) as clock:
        assert webhook_relay(endpoint_id=endpoint.pk) == 1
        assert heard(web_server) == [1, 2]
        endpoint.refresh_from_db()
        assert (endpoint.last_position, endpoint.failures, endpoint.claim) == (1, 1, None)
        assert timedelta(seconds=2) <= endpoint.next_attempt_at - now() <= timedelta(seconds=5)
        assert webhooks_due() == []
        assert webhook_relay(endpoint_id=endpoint.pk) == 0
        clock.shift(timedelta(seconds=6))
        assert webhook_relay(endpoint_id=endpoint.pk) == 0
        clock.shift(timedelta(seconds=11))
        assert webhook_relay(endpoint_id=endpoint.pk) == 2
    assert heard(web_server) == [1, 2, 2, 2, 3]
    told = WebhookDelivery.objects.get(position=2)
    assert (told.attempts, told.status, told.failure_reason) == (3, "delivered", "")
    endpoint.refresh_from_db()
    assert (endpoint.last_position, endpoint.failures) == (3, 0)


def test_after_many_failures_it_is_disabled_and_goes_on_where_it_stopped(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    outbox_make(cast.alpha, 1)
    outbox_make(cast.alpha, 2)
    web_server.status = 500
    with time_machine.travel(now(), tick=False) as clock:
        for _ in range(WEBHOOK_ATTEMPTS):
            assert webhooks_due() == [endpoint.pk]
            webhook_relay(endpoint_id=endpoint.pk)
            clock.shift(timedelta(hours=2))
        endpoint.refresh_from_db()
        assert endpoint.is_active is False
        assert endpoint.disabled_reason == (
            f"{WEBHOOK_ATTEMPTS} attempts in a row failed; the last: The receiver answered 500."
        )
        assert webhooks_due() == []
        assert webhook_relay(endpoint_id=endpoint.pk) == 0
        assert heard(web_server) == [1] * WEBHOOK_ATTEMPTS
        web_server.status = 204
        webhook_enable(endpoint=endpoint)
        assert webhook_relay(endpoint_id=endpoint.pk) == 2
    assert heard(web_server)[WEBHOOK_ATTEMPTS:] == [1, 2]


def test_a_redirect_is_a_failure_and_not_followed(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    outbox_make(cast.alpha, 1)
    web_server.status, web_server.headers = 302, {"Location": f"{web_server.url}/elsewhere"}
    assert webhook_relay(endpoint_id=endpoint.pk) == 0
    assert len(web_server.calls) == 1
    assert WebhookDelivery.objects.get().failure_reason == "The receiver answered 302."


def test_a_slow_receiver_is_given_up(cast, web_server, monkeypatch):
    monkeypatch.setattr("hotel.messaging.adapters.webhook.adapter.TOTAL_SECONDS", 0.2)
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    outbox_make(cast.alpha, 1)
    web_server.seconds = 3_600
    assert webhook_relay(endpoint_id=endpoint.pk) == 0
    told = WebhookDelivery.objects.get()
    assert (told.status, told.response_status) == ("pending", None)
    assert told.failure_reason.startswith(("No answer within", "ReadTimeout"))


def test_a_receiver_in_the_private_network_is_never_called(cast, web_server, settings):
    settings.WEBHOOK_ALLOW_PRIVATE = False
    endpoint = webhook_make(cast.alpha, url=web_server.url.replace("http://", "https://"))
    outbox_make(cast.alpha, 1)
    assert webhook_relay(endpoint_id=endpoint.pk) == 0
    assert web_server.calls == []
    assert "UrlRefused" in WebhookDelivery.objects.get().failure_reason


def test_a_replay_tells_everything_again_from_the_position(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    for position in range(1, 5):
        outbox_make(cast.alpha, position)
    webhook_relay(endpoint_id=endpoint.pk)
    outbox_make(cast.alpha, 5)
    webhook_replay(endpoint=endpoint, from_position=3)
    assert webhooks_due() == [endpoint.pk]
    assert webhook_relay(endpoint_id=endpoint.pk) == 3
    assert heard(web_server) == [1, 2, 3, 4, 3, 4, 5]


def test_a_replay_takes_the_place_of_what_was_failing(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    for position in (1, 2, 3):
        outbox_make(cast.alpha, position)
    web_server.answers = [200, 500]
    webhook_relay(endpoint_id=endpoint.pk)
    webhook_replay(endpoint=endpoint, from_position=1)
    assert webhook_relay(endpoint_id=endpoint.pk) == 3
    assert heard(web_server) == [1, 2, 1, 2, 3]
    assert not WebhookDelivery.objects.filter(status="pending").exists()


def test_a_resend_is_tried_once_and_moves_nothing(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    for position in (1, 2):
        outbox_make(cast.alpha, position)
    webhook_relay(endpoint_id=endpoint.pk)
    first = WebhookDelivery.objects.get(position=1)
    webhook_resend(delivery=first)
    web_server.answers = [500]
    assert webhook_relay(endpoint_id=endpoint.pk) == 0
    again = WebhookDelivery.objects.get(kind="resend")
    assert (again.status, again.failure_reason) == ("failed", "The receiver answered 500.")
    assert delivery_body(again) == delivery_body(first)
    webhook_resend(delivery=first)
    assert webhook_relay(endpoint_id=endpoint.pk) == 1
    endpoint.refresh_from_db()
    assert (endpoint.last_position, endpoint.failures) == (2, 0)
    assert heard(web_server) == [1, 2, 1, 1]


def test_both_secrets_sign_until_the_old_one_is_retired(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    old = endpoint.secrets.get().key_id
    new = webhook_secret_rotate(endpoint=endpoint)
    outbox_make(cast.alpha, 1)
    webhook_relay(endpoint_id=endpoint.pk)
    webhook_secret_retire(endpoint=endpoint, key_id=old)
    outbox_make(cast.alpha, 2)
    webhook_relay(endpoint_id=endpoint.pk)
    genuine = documented_check()
    answers = [
        [
            genuine(call.headers["Auberge-Signature"], call.body, keys)
            for keys in ({old: SECRET}, {new.key_id: new.secret})
        ]
        for call in web_server.calls
    ]
    assert answers == [[True, True], [False, True]]


def test_a_disabled_endpoint_hears_nothing_more_in_the_middle(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    outbox_make(cast.alpha, 1)
    webhook_disable(endpoint=endpoint, reason="Not now.")
    assert webhooks_due() == []
    assert webhook_relay(endpoint_id=endpoint.pk) == 0
    assert web_server.calls == []


def test_a_relay_that_vanished_is_followed_after_its_lease(cast, web_server):
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    outbox_make(cast.alpha, 1)
    WebhookEndpoint.objects.filter(pk=endpoint.pk).update(
        claim=uuid.uuid4(), next_attempt_at=now() + timedelta(seconds=60)
    )
    assert webhooks_due() == []
    assert webhook_relay(endpoint_id=endpoint.pk) == 0
    with time_machine.travel(now() + timedelta(seconds=61)):
        assert webhooks_due() == [endpoint.pk]
        assert webhook_relay(endpoint_id=endpoint.pk) == 1


def test_many_foreign_topics_are_passed_over_in_steps(cast, web_server, monkeypatch):
    monkeypatch.setattr("hotel.messaging.services.webhook_relay.LOOK_AHEAD", 3)
    endpoint = webhook_make(cast.alpha, url=web_server.url, topics=["MessageFailed"])
    for position in range(1, 9):
        outbox_make(cast.alpha, position)
    outbox_make(cast.alpha, 9, topic="MessageFailed")
    assert webhook_relay(endpoint_id=endpoint.pk) == 1
    assert heard(web_server) == [9]


def test_old_deliveries_are_forgotten_but_not_waiting_ones(cast):
    endpoint = webhook_make(cast.alpha)
    old = now() - timedelta(days=31)
    webhook_delivery_make(cast.alpha, endpoint, created_at=old)
    waiting = webhook_delivery_make(cast.alpha, endpoint, created_at=old, status="pending", delivered_at=None)
    fresh = webhook_delivery_make(cast.alpha, endpoint)
    assert webhook_deliveries_purge() == 1
    assert set(WebhookDelivery.objects.all()) == {waiting, fresh}


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_keep_the_order(web_server):
    cast = make_cast()
    endpoint = webhook_make(cast.alpha, url=web_server.url)
    for position in range(1, 9):
        outbox_make(cast.alpha, position)
    web_server.seconds = 0.02
    barrier, delivered = threading.Barrier(3), []

    def relay():
        try:
            barrier.wait()
            delivered.append(webhook_relay(endpoint_id=endpoint.pk))
        finally:
            connection.close()

    threads = [threading.Thread(target=relay) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(delivered) == 8
    assert heard(web_server) == list(range(1, 9))
