import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser

from hotel.accounts.middleware import SETUP_KEY
from hotel.accounts.models import User
from hotel.accounts.services.socket_tickets import ticket_issue
from hotel.accounts.shoulder import ACTING_KEY
from hotel.accounts.socket_door import TicketSockets
from hotel.core.clock import now
from hotel.properties.models import Chain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def bo():
    return User.objects.create_user(username="bo", chain=Chain.objects.create(code="C", name="C"))


def told(path, user=None, session=None):
    """Whom the socket behind the door is told of."""

    async def inner(scope, receive, send):
        return str(scope["user"])

    query = path.partition("?")[2].encode()
    scope = {"type": "websocket", "query_string": query, "user": user or AnonymousUser()}
    if session is not None:
        scope["session"] = session
    return async_to_sync(TicketSockets(inner))(scope, None, None)


def test_a_ticket_signs_a_socket_in_once(bo):
    path = f"/ws/x?ticket={ticket_issue(user=bo)}"

    assert told(path) == "bo"
    assert told(path) == "AnonymousUser"


@pytest.mark.parametrize("query", ["", "?ticket=", "?ticket=x", "?ticket=%ff%00", "?other=1"])
def test_without_one_nobody_is_signed_in(bo, query):
    assert told(f"/ws/x{query}") == "AnonymousUser"


def test_who_has_a_session_uses_none_up(bo):
    ticket = ticket_issue(user=bo)

    assert told(f"/ws/x?ticket={ticket}", user=bo) == "bo"
    assert told(f"/ws/x?ticket={ticket}") == "bo"


def test_a_session_in_which_somebody_looks_as_another_opens_no_socket(bo):
    assert told("/ws/x", user=bo, session={}) == "bo"
    assert told("/ws/x", user=bo, session={ACTING_KEY: 1}) == "AnonymousUser"


def test_a_session_in_which_something_must_be_set_up_first_opens_no_socket(bo):
    assert told("/ws/x", user=bo, session={SESSION_KEY: str(bo.pk)}) == "bo"
    assert told("/ws/x", user=bo, session={SESSION_KEY: str(bo.pk), SETUP_KEY: True}) == "AnonymousUser"
    bo.password_due_since = now()
    assert told("/ws/x", user=bo, session={SESSION_KEY: str(bo.pk)}) == "AnonymousUser"
