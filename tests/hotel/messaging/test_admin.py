"""Messaging in the admin: pages open, commands go through the services."""

import pytest
from django.test import Client

from hotel.messaging.models import MessageTemplate, Suppression, WebhookDelivery, WebhookEndpoint
from hotel.messaging.services.suppressions import suppression_refusal
from tests.factories.messaging import (
    message_make,
    message_template_make,
    suppression_make,
    webhook_delivery_make,
    webhook_make,
)


@pytest.fixture
def desk(cast):
    client = Client()
    client.force_login(cast.ada)
    return client


def act(desk, model, name, *rows):
    url = f"/admin/messaging/{model}/"
    answer = desk.post(url, {"action": name, "_selected_action": [row.pk for row in rows]}, follow=True)
    assert answer.status_code == 200
    return [str(message) for message in answer.context["messages"]]


def test_every_page_opens(cast, desk):
    hook = webhook_make(cast.alpha)
    rows = {
        "messagetemplate": message_template_make(cast.alpha),
        "message": message_make(cast.alpha),
        "suppression": suppression_make(cast.alpha),
        "webhookendpoint": hook,
        "webhookdelivery": webhook_delivery_make(cast.alpha, hook),
    }
    for model, row in rows.items():
        for path in (f"{model}/", f"{model}/{row.pk}/change/"):
            assert desk.get(f"/admin/messaging/{path}").status_code == 200, path
    for model in ("messagetemplate", "suppression", "webhookendpoint"):
        assert desk.get(f"/admin/messaging/{model}/add/").status_code == 200
    assert desk.get("/admin/messaging/message/add/").status_code == 403


def test_messages_are_retried(cast, desk):
    failed = message_make(cast.alpha, status="failed", next_attempt_at=None)
    waiting = message_make(cast.alpha)
    said = act(desk, "message", "retry", failed, waiting)
    assert "1 messages queued again." in said
    assert any("only failed or suppressed ones can be retried" in text for text in said)
    failed.refresh_from_db()
    assert failed.status == "queued"


def test_standard_templates_are_added(cast, desk):
    template = message_template_make(cast.alpha)
    assert act(desk, "messagetemplate", "standard_add", template) == ["36 templates added."]
    assert MessageTemplate.objects.at(cast.alpha.pk).count() == 37


def test_a_template_with_an_unknown_variable_is_refused(cast, desk):
    body = {
        "property": cast.alpha.pk,
        "code": "bad",
        "channel": "email",
        "language": "en",
        "subject": "x",
        "body": "{{ user.password }}",
        "is_active": "on",
    }
    answer = desk.post("/admin/messaging/messagetemplate/add/", body)
    assert "Unknown variables: user.password." in answer.content.decode()
    assert not MessageTemplate.objects.exists()


def test_a_suppression_is_added_with_its_key(cast, desk):
    body = {"property": cast.alpha.pk, "channel": "email", "address": "GUS@example.com", "reason": "manual"}
    assert desk.post("/admin/messaging/suppression/add/", body).status_code == 302
    row = Suppression.objects.get()
    assert row.address == "gus@example.com"
    values = {"property_id": cast.alpha.pk, "channel": "email", "purpose": "transactional"}
    assert suppression_refusal(address="gus@example.com", **values)
    answer = desk.post("/admin/messaging/suppression/add/", {**body, "address": "gus"})
    assert "Give an e-mail address" in answer.content.decode()


def test_a_webhook_is_made_changed_and_switched(cast, desk):
    nobody = {"secrets-TOTAL_FORMS": "0", "secrets-INITIAL_FORMS": "0"}
    body = {"property": cast.alpha.pk, "name": "Bridge", "url": "https://127.0.0.1/", "topics": "", **nobody}
    url = "/admin/messaging/webhookendpoint/"
    refused = desk.post(f"{url}add/", body)
    assert "not on the public internet" in refused.content.decode()
    made = desk.post(f"{url}add/", {**body, "url": "https://93.184.216.34/"}, follow=True)
    assert any("whs_" in str(message) for message in made.context["messages"])
    hook = WebhookEndpoint.objects.get()
    assert hook.secrets.count() == 1
    changed = {**body, "url": "https://93.184.216.35/", "name": "Bridge 2"}
    key = hook.secrets.get()
    changed |= {"secrets-TOTAL_FORMS": "1", "secrets-INITIAL_FORMS": "1"}
    changed |= {"secrets-0-id": key.pk, "secrets-0-endpoint": hook.pk}
    answer = desk.post(f"{url}{hook.pk}/change/", changed)
    assert answer.status_code == 302, answer.context["errors"]
    hook.refresh_from_db()
    assert (hook.name, hook.url) == ("Bridge 2", "https://93.184.216.35/")
    assert act(desk, "webhookendpoint", "disable", hook)[-1] == "1 webhooks disabled."
    hook.refresh_from_db()
    assert hook.disabled_reason == "Disabled by ada."
    delivery = webhook_delivery_make(cast.alpha, hook)
    assert any("Enable it first" in text for text in act(desk, "webhookdelivery", "resend", delivery))
    assert act(desk, "webhookendpoint", "enable", hook) == ["1 webhooks enabled."]
    assert act(desk, "webhookdelivery", "resend", delivery) == ["1 deliveries queued."]
    assert WebhookDelivery.objects.filter(kind="resend", status="pending").count() == 1
    assert "whs_" in act(desk, "webhookendpoint", "rotate_secret", hook)[0]
    assert hook.secrets.filter(retired_at=None).count() == 2


def test_staff_of_another_property_see_nothing(cast, desk):
    message = message_make(cast.alpha)
    client = Client()
    client.force_login(cast.eve)
    assert client.get(f"/admin/messaging/message/{message.pk}/change/").status_code in {302, 403}
    assert desk.get(f"/admin/messaging/message/{message.pk}/change/").status_code == 200
