"""Webhook endpoints and deliveries over the API."""

import pytest
from django.db import connection

from hotel.messaging.models import WebhookDelivery, WebhookEndpoint, WebhookSecret
from tests.contracts.base import assert_problem
from tests.contracts.crud import CrudContract, ReadContract
from tests.contracts.permissions import Case, assert_case
from tests.contracts.queries import QueryContract
from tests.factories.messaging import SECRET, outbox_make, webhook_delivery_make, webhook_make

URL = "/api/v1/webhooks"
INSIDE = "https://127.0.0.1:8443/hook"


@pytest.mark.usefixtures("private_webhooks")
class TestWebhooks(CrudContract):
    model, url, area = WebhookEndpoint, URL, "messaging"
    update = {"name": "Another name"}

    def make(self, place, n):
        return webhook_make(place, name=f"Receiver {n}", url=INSIDE)

    def create(self, place):
        return {"property": place.pk, "name": "New", "url": INSIDE, "topics": ["MessageSent"]}


class TestDeliveries(ReadContract, QueryContract):
    model, url, area = WebhookDelivery, "/api/v1/webhooks/deliveries", "messaging"

    def make(self, place, n):
        return webhook_delivery_make(place, position=n + 1)


TABLE = [
    Case("post", "/api/v1/webhooks/{hook}/rotate-secret", "manage_messaging_area", 200, outsider=(404,)),
    Case(
        "post",
        "/api/v1/webhooks/{hook}/retire-secret",
        "manage_messaging_area",
        409,
        {"key_id": "whk_x"},
        outsider=(404, 400),
    ),
    Case("post", "/api/v1/webhooks/{hook}/enable", "manage_messaging_area", 200, outsider=(404,)),
    Case("post", "/api/v1/webhooks/{hook}/disable", "manage_messaging_area", 200, outsider=(404,)),
    Case(
        "post",
        "/api/v1/webhooks/{hook}/replay",
        "manage_messaging_area",
        202,
        {"from_position": 1},
        outsider=(404,),
    ),
    Case(
        "post", "/api/v1/webhooks/deliveries/{delivery}/resend", "manage_messaging_area", 202, outsider=(404,)
    ),
]


@pytest.mark.parametrize("case", TABLE, ids=str)
def test_permissions(case, stage):
    hook = webhook_make(stage.alpha)
    WebhookSecret.objects.update(key_id="whk_x")
    delivery = webhook_delivery_make(stage.alpha, hook)
    assert_case(case, stage, hook=hook.pk, delivery=delivery.pk)


def test_a_secret_is_shown_once(cast, api, private_webhooks):
    outbox_make(cast.alpha, 41)
    body = {"property": cast.alpha.pk, "name": "Bridge", "url": INSIDE}
    made = api(cast.ada).post(URL, body).json()
    assert made["new_secret"]["secret"].startswith("whs_")
    assert made["last_position"] == 41
    shown = api(cast.ada).get(f"{URL}/{made['id']}")
    assert "new_secret" not in shown.json()
    assert made["new_secret"]["secret"] not in shown.content.decode()
    assert shown.json()["secrets"][0]["key_id"] == made["new_secret"]["key_id"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM messaging_webhooksecret")
        assert made["new_secret"]["secret"] not in cursor.fetchone()[0]


def test_secrets_rotate_with_two_active(cast, api):
    hook = webhook_make(cast.alpha)
    url = f"{URL}/{hook.pk}"
    second = api(cast.ada).post(f"{url}/rotate-secret").json()
    third = api(cast.ada).post(f"{url}/rotate-secret").json()
    shown = {key["key_id"]: key["retired_at"] is None for key in api(cast.ada).get(url).json()["secrets"]}
    assert shown == {f"whk_{hook.pk}": False, second["key_id"]: True, third["key_id"]: True}
    left = api(cast.ada).post(f"{url}/retire-secret", {"key_id": second["key_id"]})
    assert [key["key_id"] for key in left.json()["secrets"] if not key["retired_at"]] == [third["key_id"]]
    refused = api(cast.ada).post(f"{url}/retire-secret", {"key_id": third["key_id"]})
    assert_problem(refused, 409, "webhook_last_secret")
    unknown = api(cast.ada).post(f"{url}/retire-secret", {"key_id": "whk_none"})
    assert_problem(unknown, 400, "invalid")
    assert hook.secrets.filter(retired_at=None).count() == 1
    assert hook.secrets.order_by("pk").first().secret == SECRET


INSIDE_URLS = [
    "http://93.184.216.34/hook",
    "https://127.0.0.1/hook",
    "https://[::1]/hook",
    "https://[::ffff:127.0.0.1]/hook",
    "https://10.1.2.3/hook",
    "https://169.254.169.254/latest/meta-data",
    "https://2130706433/",
    "https://0x7f.1/",
    "https://0177.0.0.1/",
    "https://localhost/",
    "https://0/",
    "https://user@93.184.216.34/",
    "https://93.184.216.34:6379/",
    "https://name-that-does-not-exist.invalid/",
    "https://" + "a" * 64 + ".com/",
    "file:///etc/passwd",
]


def test_addresses_inside_are_refused(cast, api):
    hook = webhook_make(cast.alpha)
    for url in INSIDE_URLS:
        answer = api(cast.ada).post(URL, {"property": cast.alpha.pk, "name": "Bad", "url": url})
        assert_problem(answer, 422, "webhook_url_refused")
        assert_problem(api(cast.ada).patch(f"{URL}/{hook.pk}", {"url": url}), 422, "webhook_url_refused")
    hook.refresh_from_db()
    assert hook.url == "https://example.com/hook"
    assert WebhookEndpoint.objects.count() == 1


def test_a_public_address_is_accepted_without_being_called(cast, api):
    body = {"property": cast.alpha.pk, "name": "Good", "url": "https://93.184.216.34/hook"}
    assert api(cast.ada).post(URL, body).status_code == 201


def test_unknown_topics_are_refused(cast, api):
    body = {"property": cast.alpha.pk, "name": "Bad", "url": "https://93.184.216.34/", "topics": ["Nonsense"]}
    answer = api(cast.ada).post(URL, body)
    assert_problem(answer, 400, "invalid")
    assert answer.json()["fields"] == {"topics": ["Unknown topics: Nonsense."]}


def test_status_and_position_are_not_written_by_patch(cast, api):
    hook = webhook_make(cast.alpha, url="https://93.184.216.34/")
    api(cast.ada).patch(
        f"{URL}/{hook.pk}", {"is_active": False, "last_position": 99, "topics": ["MessageSent"]}
    )
    hook.refresh_from_db()
    assert (hook.is_active, hook.last_position, hook.topics) == (True, 0, ["MessageSent"])


@pytest.mark.parametrize("position", [0, -1, 42, 2**63, "x", None])
def test_a_replay_stays_within_the_feed(cast, api, position):
    outbox_make(cast.alpha, 41)
    hook = webhook_make(cast.alpha, last_position=41)
    answer = api(cast.ada).post(f"{URL}/{hook.pk}/replay", {"from_position": position})
    assert_problem(answer, 400, "invalid")
    hook.refresh_from_db()
    assert hook.replay_from is None


def test_disable_and_enable(cast, api):
    hook = webhook_make(cast.alpha, failures=3)
    off = api(cast.ada).post(f"{URL}/{hook.pk}/disable").json()
    assert (off["is_active"], off["disabled_reason"]) == (False, "Disabled by ada.")
    delivery = webhook_delivery_make(cast.alpha, hook)
    refused = api(cast.ada).post(f"{URL}/deliveries/{delivery.pk}/resend")
    assert_problem(refused, 409, "webhook_disabled")
    on = api(cast.ada).post(f"{URL}/{hook.pk}/enable").json()
    assert (on["is_active"], on["disabled_at"], on["failures"]) == (True, None, 0)
