"""Security events outlive what was refused."""

import pytest
from django.db import DatabaseError, transaction

from hotel.core import security_events
from hotel.core.models import SecurityEvent
from hotel.core.security_events import SecurityEventsMiddleware, security_event
from security.models import AuditLog


def test_outside_a_request_it_is_written_at_once(db):
    security_event("tried", door="x")
    event = SecurityEvent.objects.get()
    assert (event.kind, event.detail, event.user_id, str(event)[:9]) == (
        "tried",
        {"door": "x"},
        None,
        "tried at ",
    )


def test_in_a_request_it_is_written_after_everything_was_undone(cast, rf):
    def refuse(request):
        request.user = cast.bo
        with transaction.atomic():
            security_event("tried")
            transaction.set_rollback(True)
        return "answer"

    request = rf.get("/somewhere", REMOTE_ADDR="203.0.113.9")
    request.request_id = "abc"
    assert SecurityEventsMiddleware(refuse)(request) == "answer"
    event = SecurityEvent.objects.get()
    assert (event.user_id, event.address, event.request_id, event.path) == (
        cast.bo.pk,
        "203.0.113.9",
        "abc",
        "/somewhere",
    )


def test_the_trail_names_who_asked(cast, rf):
    def refuse(request):
        request.user = cast.bo
        security_event("tried")

    SecurityEventsMiddleware(refuse)(rf.get("/api/v1/rooms", REMOTE_ADDR="203.0.113.9"))
    entry = AuditLog.objects.filter(table="core_securityevent").latest("pk")
    assert (entry.actor_id, entry.door, entry.address) == (cast.bo.pk, "api", "203.0.113.9")


def test_one_request_leaves_twenty_at_most(db, rf):
    SecurityEventsMiddleware(lambda request: [security_event("tried") for _ in range(100)])(rf.get("/"))
    assert SecurityEvent.objects.count() == 20


def test_what_breaks_leaves_its_events(db, rf):
    def broken(request):
        security_event("tried")
        raise ZeroDivisionError

    request = rf.get("/")
    with pytest.raises(ZeroDivisionError):
        SecurityEventsMiddleware(broken)(request)
    assert SecurityEvent.objects.count() == 1


def test_the_answer_matters_more_than_the_note(db, monkeypatch, caplog):
    def full(rows):
        raise DatabaseError("full")

    monkeypatch.setattr(security_events.SecurityEvent.objects, "bulk_create", full)
    security_event("tried")
    assert "were not written" in caplog.text
