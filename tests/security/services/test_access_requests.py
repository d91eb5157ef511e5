"""A role asked for is held when a second person has agreed, and not before."""

from datetime import date, timedelta

import pytest
import time_machine

from hotel.accounts.models import RoleAssignment, User
from hotel.accounts.services.role_changes import role_change
from hotel.accounts.services.roles import role_assign, role_revoke
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted, RuleBroken
from hotel.core.models import OutboxMessage
from hotel.messaging.models import Message
from hotel.properties.scoping import grants_of
from security.models import AccessRequest
from security.services.access_requests import (
    Wanted,
    access_request_approve,
    access_request_open,
    access_request_refuse,
    access_request_withdraw,
    access_requests_lapse,
)
from tests.factories.accounts import role_make


@pytest.fixture
def helper(house):
    return role_make(house.chain, "accounts.manage")


def ask(house, helper, **over) -> AccessRequest:
    wanted = Wanted(**{"user": house.ida, "role": helper, "place": house.alpha, **over})
    return access_request_open(wanted=wanted, reason=" Stands in for Ada. ", by=house.ada)


def held(user):
    return set(grants_of(User.objects.get(pk=user.pk)).by_codename)


def published(topic):
    return [row.payload for row in OutboxMessage.objects.filter(topic=topic).order_by("pk")]


def test_asking_gives_nothing_and_agreeing_gives_it(house, second, helper):
    request = ask(house, helper, valid_to=date(2030, 1, 1))
    assert (request.status, request.reason, request.rights) == (
        "open",
        "Stands in for Ada.",
        ["manage_accounts_area"],
    )
    assert held(house.ida) == set()

    assignment = access_request_approve(request=request, reason="Fine.", by=second)

    assert held(house.ida) == {"manage_accounts_area"}
    assert (assignment.property, assignment.valid_to) == (house.alpha, date(2030, 1, 1))
    request.refresh_from_db()
    assert (request.status, request.decided_by, request.decision_reason) == ("approved", second, "Fine.")
    assert [fact["status"] for fact in published("AccessDecided")] == ["approved"]


@pytest.mark.parametrize("who", ["ada", "ida", "bo"])
def test_nobody_but_a_second_person_decides(house, second, helper, who):
    request = ask(house, helper)
    for decide in (access_request_approve, access_request_refuse):
        with pytest.raises(NotPermitted):
            decide(request=request, reason="I say so.", by=getattr(house, who))
    request.refresh_from_db()
    assert (request.status, held(house.ida)) == ("open", set())


def test_a_refusal_says_why_and_gives_nothing(house, second, helper):
    request = ask(house, helper)
    with pytest.raises(InvalidInput):
        access_request_refuse(request=request, reason=" ", by=second)

    access_request_refuse(request=request, reason="Not needed.", by=second)

    request.refresh_from_db()
    assert (request.status, request.decision_reason, held(house.ida)) == ("refused", "Not needed.", set())
    with pytest.raises(Conflict):
        access_request_approve(request=request, by=second)
    assert held(house.ida) == set()


def test_only_who_asked_takes_it_back(house, second, helper):
    request = ask(house, helper)
    with pytest.raises(NotPermitted) as caught:
        access_request_withdraw(request=request, by=second)
    assert caught.value.code == "asked_by_another"
    assert access_request_withdraw(request=request, by=house.ada).status == "withdrawn"
    with pytest.raises(Conflict):
        access_request_withdraw(request=request, by=house.ada)


def test_a_request_lapses(house, second, helper):
    request = ask(house, helper)
    assert access_requests_lapse() == 0
    with time_machine.travel(now() + timedelta(days=7), tick=False):
        with pytest.raises(Conflict):
            access_request_approve(request=request, by=second)
        assert (access_requests_lapse(), access_requests_lapse()) == (1, 0)
    request.refresh_from_db()
    assert (request.status, held(house.ida)) == ("lapsed", set())


def test_who_agrees_agrees_to_what_was_asked_for(house, second, helper):
    request = ask(house, helper)
    role_change(role=helper, changes={}, rights={("accounts", "manage"), ("folios", "write_off")})
    with pytest.raises(Conflict, match="more now"):
        access_request_approve(request=request, by=second)
    assert held(house.ida) == set()


def test_who_asked_must_still_be_allowed_to_give_it(house, second, helper):
    request = ask(house, helper)
    role_revoke(assignment=RoleAssignment.objects.get(user=house.ada, property=house.alpha))
    with pytest.raises(NotPermitted):
        access_request_approve(request=request, by=second)
    request.refresh_from_db()
    assert (request.status, held(house.ida)) == ("open", set())


@pytest.mark.parametrize(
    ("case", "over", "error"),
    [
        ("no place", {"place": None}, InvalidInput),
        ("for oneself", {"user": "ada"}, NotPermitted),
        ("dates in disorder", {"valid_from": date(2027, 2, 2), "valid_to": date(2027, 2, 1)}, Conflict),
    ],
)
def test_what_makes_no_sense_is_refused(house, helper, case, over, error):
    over = {key: getattr(house, value) if isinstance(value, str) else value for key, value in over.items()}
    with pytest.raises(error):
        ask(house, helper, **over)
    assert not AccessRequest.objects.exists()


def test_the_same_is_asked_for_once(house, helper):
    ask(house, helper)
    with pytest.raises(Conflict):
        ask(house, helper)
    assert AccessRequest.objects.count() == 1


def test_nobody_asks_for_what_he_could_not_give(house, helper):
    with pytest.raises(NotPermitted):
        access_request_open(
            wanted=Wanted(user=house.ida, role=helper, place=house.alpha), reason="Please.", by=house.bo
        )
    assert not AccessRequest.objects.exists()


def test_nobody_asks_for_himself_although_he_could_give_it(house, helper):
    with pytest.raises(NotPermitted) as refused:
        ask(house, helper, user=house.ada)
    assert refused.value.code == "own_roles"
    assert not AccessRequest.objects.exists()


def test_who_may_agree_is_asked_once_by_mail(house, second, helper, drain):
    ask(house, helper)
    drain()
    drain()

    [message] = Message.objects.filter(template_code="staff_notice")
    assert message.address == "second@example.com"
    assert message.subject == "Rights asked for at Alpha: Helper for ida"
    assert "Stands in for Ada." in message.body


def test_the_database_keeps_four_eyes_apart(house, helper):
    from django.db import IntegrityError, transaction

    request = ask(house, helper)
    for person in (house.ada, house.ida, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessRequest.objects.filter(pk=request.pk).update(status="approved", decided_by=person)


def test_a_guarded_role_is_refused_on_the_straight_way(house, second, helper):
    with pytest.raises(RuleBroken, match="access request"):
        role_assign(user=house.ida, role=helper, place=house.alpha, by=house.ada)
