from datetime import timedelta

import pytest
import time_machine

from hotel.accounts.models import SocketTicket, User
from hotel.accounts.services.socket_tickets import ticket_issue, ticket_use, tickets_forget
from hotel.core.clock import now
from hotel.properties.models import Chain
from hotel.properties.scoping import grants_of
from tests.factories.accounts import token_make
from tests.together import together


def test_a_ticket_opens_once_and_is_kept_as_a_hash(cast):
    ticket = ticket_issue(user=cast.bo)
    assert ticket not in str(list(SocketTicket.objects.values()))

    assert ticket_use(ticket=ticket) == cast.bo
    assert ticket_use(ticket=ticket) is None


def test_half_a_minute_later_it_is_too_old(cast):
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        young, old = ticket_issue(user=cast.bo), ticket_issue(user=cast.bo)
        clock.shift(29)
        assert ticket_use(ticket=young) == cast.bo
        clock.shift(1)
        assert ticket_use(ticket=old) is None
        ticket_issue(user=cast.bo)
        clock.shift(timedelta(seconds=31))
        assert tickets_forget() == 1


def test_it_is_narrowed_like_the_token_it_was_asked_with(cast):
    token = token_make(cast.beta, user=cast.ada, codenames=["view_rooms_area"])
    user = ticket_use(ticket=ticket_issue(user=cast.ada, token=token))

    assert grants_of(user).property_ids("view", "rooms") == {cast.beta.pk}
    assert grants_of(user).property_ids("view", "accounts") == frozenset()


@pytest.mark.parametrize("case", ["token revoked", "token expired", "user inactive", "nonsense"])
def test_what_does_not_count_opens_nothing(cast, case):
    token = token_make(cast.beta, user=cast.ada)
    ticket = ticket_issue(user=cast.ada, token=token)
    if case == "token revoked":
        type(token).objects.update(revoked_at=now())
    elif case == "token expired":
        type(token).objects.update(expires_at=now())
    elif case == "user inactive":
        User.objects.update(is_active=False)
    else:
        ticket = "\udcff\0"

    assert ticket_use(ticket=ticket) is None


@pytest.mark.django_db(transaction=True)
def test_of_several_at_the_same_instant_one_is_let_in():
    user = User.objects.create_user(username="bo", chain=Chain.objects.create(code="C", name="C"))
    ticket = ticket_issue(user=user)

    heard = together(*[lambda: ticket_use(ticket=ticket)] * 5)

    assert [found for found in heard if found is not None] == [user]
