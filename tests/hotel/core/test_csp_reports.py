"""Reports of browsers on what the policy stopped."""

import json

import pytest
from django.core.cache import cache

from hotel.core.models import SecurityEvent

REPORT = {
    "csp-report": {
        "document-uri": "https://hotel.example.com/dashboard?token=CANARY",
        "blocked-uri": "https://evil.example.com/x.js?CANARY",
        "effective-directive": "script-src-elem",
    }
}


@pytest.fixture(autouse=True)
def fresh():
    cache.clear()


def send(client, body, kind="application/csp-report"):
    return client.post(
        "/csp-report", data=body if isinstance(body, str) else json.dumps(body), content_type=kind
    )


def test_a_report_becomes_an_event_without_its_queries(client, db):
    assert send(client, REPORT).status_code == 204
    event = SecurityEvent.objects.get()
    assert event.kind == "csp_violation"
    assert event.detail == {
        "document": "https://hotel.example.com/dashboard",
        "blocked": "https://evil.example.com/x.js",
        "directive": "script-src-elem",
    }


def test_the_newer_form_is_understood(client, db):
    body = {"documentURL": "https://h/x", "blockedURL": "inline", "effectiveDirective": "script-src"}
    assert (
        send(client, [{"type": "csp-violation", "body": body}], "application/reports+json").status_code == 204
    )
    assert SecurityEvent.objects.get().detail["blocked"] == "inline"


@pytest.mark.parametrize(
    "body", ["", "no", "[]", "{}", "1", '{"csp-report": 1}', "[" * 9_000, "x" * 9_000, "[1]"]
)
def test_nonsense_is_refused_and_not_kept(client, db, body):
    assert send(client, body).status_code == 400
    assert SecurityEvent.objects.count() == 0


def test_other_kinds_and_methods_are_refused(client, db):
    assert send(client, REPORT, "text/plain").status_code == 400
    assert client.get("/csp-report").status_code == 405


def test_too_many_are_turned_away(client, db):
    answers = [send(client, REPORT).status_code for _ in range(25)]
    assert answers == [204] * 20 + [429] * 5
    assert SecurityEvent.objects.count() == 20


def test_the_policy_names_the_address(client, db):
    assert "report-uri /csp-report" in client.get("/login")["Content-Security-Policy"]
