"""Whose rows a request, a task, a socket or a thread of the house may see: read off the database itself."""

import pytest
from asgiref.sync import async_to_sync
from asgiref.testing import ApplicationCommunicator
from celery import shared_task
from channels.db import database_sync_to_async
from channels.generic.websocket import AsyncWebsocketConsumer
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory

from hotel.core.invariants import Invariant, invariants_verify
from hotel.core.postgresql.context import told
from hotel.properties.api.part_views import BusinessDayViewSet
from hotel.properties.middleware import TenantMiddleware, TenantSockets
from hotel.properties.models import BusinessDay
from hotel.properties.scoping import scope_of
from hotel.properties.tenancy import EVERYTHING, NOBODY, SETTING, tenant_scope
from tests.cast import make_cast
from tests.wire import secret_of


def seen():
    return sorted(BusinessDay.objects.values_list("property__code", flat=True))


def answered(user):
    """What a page shows that asks for every row there is."""
    request = RequestFactory().get("/")
    request.user = user
    found = []
    TenantMiddleware(lambda request: found.append(seen()) or HttpResponse())(request)
    return found[0]


def test_a_page_sees_the_properties_where_the_person_holds_any_right(cast):
    assert answered(cast.bo) == ["ALPHA"]
    assert answered(cast.eve) == ["BETA"]
    assert answered(cast.ada) == ["ALPHA", "BETA"]
    assert answered(cast.ida) == []
    assert answered(AnonymousUser()) == []
    assert seen() == ["ALPHA", "BETA"]


def test_a_superuser_in_person_sees_everything_his_token_does_not(cast):
    cast.ida.is_superuser = True
    assert scope_of(cast.ida) is EVERYTHING
    assert answered(cast.ida) == ["ALPHA", "BETA"]
    cast.ida.is_active = False
    cast.ida._grants = None
    assert scope_of(cast.ida) == NOBODY


def test_the_api_sees_what_the_token_is_limited_to(cast, monkeypatch):
    monkeypatch.setattr(BusinessDayViewSet, "get_queryset", lambda self: BusinessDay.objects.all())
    secret = secret_of(cast.ada, cast.beta)
    answer = Client().get("/api/v1/business-days", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert [row["property"] for row in answer.json()["results"]] == [cast.beta.pk]


def test_a_session_beside_a_token_does_not_widen_it(cast, monkeypatch):
    monkeypatch.setattr(BusinessDayViewSet, "get_queryset", lambda self: BusinessDay.objects.all())
    client, secret = Client(), secret_of(cast.eve, cast.beta)
    client.force_login(cast.ada)
    answer = client.get("/api/v1/business-days", HTTP_AUTHORIZATION=f"Bearer {secret}")
    assert [row["property"] for row in answer.json()["results"]] == [cast.beta.pk]


def test_a_request_that_fails_leaves_the_scope_as_it_was(cast):
    request = RequestFactory().get("/")
    request.user = cast.bo
    with tenant_scope(NOBODY):
        with pytest.raises(ZeroDivisionError):
            TenantMiddleware(lambda request: 1 / 0)(request)
        assert told()[SETTING] == "{}"


def test_a_task_works_for_the_whole_installation(cast):
    @shared_task(name="tests.seen")
    def look():
        return seen()

    with tenant_scope(NOBODY):
        assert look() == ["ALPHA", "BETA"]
        assert look.apply().get() == ["ALPHA", "BETA"]
        assert seen() == []


def test_checks_on_connections_of_their_own_see_what_their_caller_sees(transactional_db, monkeypatch):
    make_cast()
    rows = Invariant("days", "every day is a finding", "SELECT id FROM properties_businessday")
    monkeypatch.setattr("hotel.core.invariants.invariants", lambda: [rows])
    assert [len(found.violations) for found in invariants_verify()] == [2]


class Looking(AsyncWebsocketConsumer):
    """Says which properties it sees."""

    async def connect(self):
        await self.accept()
        await self.send(" ".join(await database_sync_to_async(seen)()))


def test_a_socket_sees_the_properties_of_its_person(transactional_db):
    cast = make_cast()

    async def said(user):
        scope = {"type": "websocket", "path": "/ws", "user": user}
        socket = ApplicationCommunicator(TenantSockets(Looking.as_asgi()), scope)
        await socket.send_input({"type": "websocket.connect"})
        _, sent = [await socket.receive_output() for _ in range(2)]
        await socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await socket.wait()
        return sent["text"]

    assert async_to_sync(said)(cast.bo) == "ALPHA"
    assert async_to_sync(said)(cast.ada) == "ALPHA BETA"
    assert async_to_sync(said)(AnonymousUser()) == ""
