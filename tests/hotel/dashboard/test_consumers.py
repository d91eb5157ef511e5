"""The socket of an open page: who hears what, and for how long."""

import json
from urllib.parse import urlencode

import pytest
from asgiref.sync import async_to_sync, sync_to_async
from asgiref.testing import ApplicationCommunicator
from django.core.cache import cache
from django.test import Client

from hotel.accounts.models import RoleAssignment, StaffSession, User
from hotel.accounts.services.roles import role_revoke
from hotel.accounts.shoulder import ACTING_KEY
from hotel.dashboard import consumers
from hotel.dashboard.consumers import Granted, page_granted
from hotel.dashboard.here import Colleague
from hotel.dashboard.live import announce, last_key, moment
from tests.cast import make_cast
from tests.hotel.dashboard.test_live import FACTS, status_changed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast():
    cache.clear()
    return make_cast()


def door(user, place, topics="rooms", seen=None, here="") -> ApplicationCommunicator:
    """The socket that the page of a person opens, through all doors of the house."""
    from config.asgi import application

    client = Client()
    if user is not None:
        client.force_login(user)
    cookie = f"sessionid={client.cookies['sessionid'].value}" if user else ""
    asked = urlencode({"topics": topics, "seen": moment() if seen is None else seen, "here": here})
    scope = {
        "type": "websocket",
        "path": f"/ws/desk/{place.pk}",
        "query_string": asked.encode(),
        "headers": [
            (b"cookie", cookie.encode()),
            (b"host", b"testserver"),
            (b"origin", b"http://testserver"),
        ],
        "subprotocols": [],
    }
    return ApplicationCommunicator(application, scope)


async def is_opened(socket) -> bool:
    await socket.send_input({"type": "websocket.connect"})
    return (await socket.receive_output(timeout=60))["type"] == "websocket.accept"


def told(user, place, act=lambda: None, **asked) -> list[str] | str:
    """The topics that a page hears while something is done; ``refused`` when the socket does not open."""
    socket = door(user, place, **asked)

    async def heard() -> list[str] | str:
        if not await is_opened(socket):
            return "refused"
        await sync_to_async(act)()
        found = []
        while not await socket.receive_nothing(timeout=0.2):
            message = json.loads((await socket.receive_output())["text"])
            assert set(message) == {"topic", "v"}
            found.append(message["topic"])
        await socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await socket.wait()
        return found

    return async_to_sync(heard)()


def quiet(*places):
    """Nothing has happened since the page was read."""
    for place in places:
        cache.set(last_key(place.pk), moment() - 60_000)


def test_a_page_hears_what_it_asked_for(cast):
    quiet(cast.alpha)

    assert told(cast.bo, cast.alpha, lambda: announce((status_changed(cast.alpha.pk),))) == ["rooms"]
    assert told(cast.bo, cast.alpha, lambda: announce((status_changed(cast.alpha.pk),)), topics="audit") == []


def test_nobody_hears_of_another_property(cast):
    quiet(cast.alpha, cast.beta)

    assert told(cast.bo, cast.alpha, lambda: announce((status_changed(cast.beta.pk),))) == []
    assert told(cast.bo, cast.beta) == "refused"
    assert told(cast.eve, cast.alpha) == "refused"


def test_who_holds_no_right_at_the_topic_is_refused_or_hears_the_rest(cast):
    quiet(cast.alpha)

    assert told(None, cast.alpha) == "refused"
    assert told(cast.ida, cast.alpha) == "refused"
    assert told(cast.di, cast.alpha, topics="audit") == "refused"
    assert told(cast.di, cast.alpha, topics="unheard") == "refused"
    both = (status_changed(cast.alpha.pk), FACTS[5][0].__class__(
        property_id=cast.alpha.pk, business_date=FACTS[5][0].business_date, audit_id=1, step="checks"))  # fmt: skip
    assert told(cast.di, cast.alpha, lambda: announce(both), topics="audit rooms") == ["rooms"]
    assert told(cast.bo, cast.alpha, lambda: announce(both), topics="audit rooms") == ["audit", "rooms"]


def test_news_that_came_while_the_page_was_on_its_way_are_told_at_once(cast):
    cache.set(last_key(cast.alpha.pk), moment())

    assert told(cast.bo, cast.alpha, topics="rooms audit", seen=moment() - 5_000) == ["audit", "rooms"]
    assert told(cast.bo, cast.alpha, topics="rooms", seen=moment() + 5_000) == []
    assert told(cast.bo, cast.alpha, topics="rooms", seen="x") == ["rooms"]
    cache.delete(last_key(cast.alpha.pk))
    assert told(cast.bo, cast.alpha, topics="rooms", seen=moment() + 5_000) == ["rooms"]


def ended(user, place, act, topics="rooms") -> dict:
    """What the socket says when something is done to its person."""
    socket = door(user, place, topics=topics)

    async def last() -> dict:
        assert await is_opened(socket)
        await sync_to_async(act)()
        return await socket.receive_output(timeout=60)

    return async_to_sync(last)()


def lose_role(user):
    for held in RoleAssignment.objects.filter(user=user):
        role_revoke(assignment=held)


@pytest.mark.parametrize(
    "act",
    [
        lambda user: StaffSession.objects.filter(user=user).delete(),
        lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
        lose_role,
    ],
    ids=["session", "person", "right"],
)
def test_a_socket_ends_with_the_session_the_person_and_the_right(cast, monkeypatch, act):
    quiet(cast.alpha)
    monkeypatch.setattr(consumers, "LOOKED_EVERY_SECONDS", 0.05)

    assert ended(cast.bo, cast.alpha, lambda: act(cast.bo)) == {"type": "websocket.close", "code": 4403}


def test_who_looks_as_another_hears_nothing(cast):
    client = Client()
    client.force_login(cast.bo)
    session = client.session
    assert page_granted(session.session_key, cast.alpha.pk, frozenset({"rooms"}), "chart") == Granted(
        frozenset({"rooms"}), Colleague(cast.bo.pk, "bo")
    )

    session[ACTING_KEY] = 1
    session.save()

    assert page_granted(session.session_key, cast.alpha.pk, frozenset({"rooms"}), "chart") == Granted()


def test_rights_are_looked_at_within_five_seconds():
    assert consumers.LOOKED_EVERY_SECONDS < 5


def test_what_a_page_says_is_not_heard(cast):
    quiet(cast.alpha)
    socket = door(cast.bo, cast.alpha)

    async def said() -> bool:
        assert await is_opened(socket)
        await socket.send_input({"type": "websocket.receive", "text": "{not json"})
        nothing = await socket.receive_nothing(timeout=0.2)
        await socket.send_input({"type": "websocket.disconnect", "code": 1000})
        await socket.wait()
        return nothing

    assert async_to_sync(said)()
