"""Who may look as whom; what is kept of it."""

from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from hotel.accounts.models import Impersonation, Role, StaffSession, User
from hotel.accounts.services.impersonations import impersonation_begin, impersonation_end
from hotel.accounts.services.roles import role_assign
from hotel.accounts.services.users import user_deactivate
from hotel.core.clock import now
from hotel.core.exceptions import Conflict, InvalidInput, NotPermitted
from hotel.core.models import OutboxMessage, SecurityEvent
from hotel.properties.scoping import Limit
from tests.factories.accounts import impersonation_make, role_make, user_make
from tests.together import together

WHY = "Ticket 4711: the rack shows nothing."
HERE = "a" * 40


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel("2027-03-14T12:00:00Z", tick=False) as clock:
        yield clock


def session_of(user, key=HERE) -> str:
    StaffSession.objects.create(
        session_key=key, user=user, session_data="", expire_date=now() + timedelta(hours=1)
    )
    return key


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


def begin(by, user, **over):
    return impersonation_begin(user=user, by=fresh(by), **{"reason": WHY, "session": HERE, **over})


def test_who_holds_all_that_the_other_holds_looks_for_half_an_hour(cast):
    session_of(cast.ada)

    row = begin(cast.ada, cast.bo)

    assert (row.actor, row.user, row.reason, row.session) == (cast.ada, cast.bo, WHY, HERE)
    assert row.until == now() + timedelta(minutes=30)
    assert (row.ended_at, row.ending) == (None, "")
    assert list(Impersonation.objects.running()) == [row]
    [event] = SecurityEvent.objects.filter(kind="impersonation_began")
    assert event.detail == {"user": cast.bo.pk, "by": cast.ada.pk, "impersonation": row.pk}
    [fact] = OutboxMessage.objects.filter(topic="ImpersonationBegan")
    assert fact.payload["impersonation_id"] == row.pk


def refused(cast, by, user, code, **over):
    with pytest.raises(NotPermitted) as error:
        impersonation_begin(user=user, by=by, **{"reason": WHY, "session": HERE, **over})
    assert error.value.code == code
    assert not Impersonation.objects.exists()
    assert not OutboxMessage.objects.filter(topic="ImpersonationBegan").exists()


def test_nobody_looks_as_himself_a_machine_a_superuser_or_who_is_shut_out(cast):
    boss = User.objects.create_user(username="boss", is_superuser=True)
    root = User.objects.create_user(username="root", is_superuser=True)
    kiosk = user_make(cast.alpha, username="kiosk", is_machine=True)
    user_deactivate(user=cast.cy)

    refused(cast, fresh(cast.ada), fresh(cast.ada), "own_account")
    refused(cast, boss, fresh(boss), "own_account")
    refused(cast, boss, root, "permission_denied")
    refused(cast, fresh(cast.ada), kiosk, "permission_denied")
    refused(cast, fresh(cast.ada), fresh(cast.cy), "permission_denied")


def test_nobody_looks_without_the_right_or_as_somebody_with_more(cast):
    role = role_make(cast.chain, "accounts.act_as", "dashboard.view", "properties.view", code="it")
    role_assign(user=cast.ida, role=role, place=cast.alpha)

    refused(cast, fresh(cast.bo), cast.di, "permission_denied")
    refused(cast, fresh(cast.ida), fresh(cast.bo), "rights_exceeded")
    refused(cast, fresh(cast.ida), fresh(cast.ada), "permission_denied")


def test_a_single_right_at_another_hotel_is_too_much(cast):
    manager = user_make(cast.alpha, username="mia")
    role_assign(
        user=manager, role=Role.objects.get(chain=cast.chain, code="general_manager"), place=cast.alpha
    )
    session_of(manager)
    assert begin(manager, cast.bo).pk
    impersonation_end(impersonation=Impersonation.objects.get(), by=manager)

    helper = role_make(cast.chain, "rooms.view", code="rooms")
    role_assign(user=cast.bo, role=helper, place=cast.beta, valid_from=now().date() + timedelta(days=30))

    with pytest.raises(NotPermitted, match="at every property"):
        begin(manager, cast.bo)


def test_people_at_no_property_are_only_for_superusers(cast):
    boss = User.objects.create_user(username="boss", is_superuser=True)
    refused(cast, fresh(cast.ada), cast.ida, "permission_denied")
    assert begin(boss, cast.ida).user == cast.ida


def test_neither_a_token_nor_who_looks_already_begins_one(cast):
    ada = fresh(cast.ada)
    ada.grant_limit = Limit(frozenset({cast.alpha.pk}), frozenset({"act_as_accounts_area"}))
    refused(cast, ada, cast.bo, "token_not_enough")
    refused(cast, fresh(cast.ada), cast.bo, "token_not_enough", session="")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"reason": "  look   \n"}, "reason"),
        ({"reason": ""}, "reason"),
        ({"minutes": 31}, "minutes"),
        ({"minutes": 0}, "minutes"),
    ],
)
def test_a_reason_and_an_end_are_needed(cast, over, field):
    with pytest.raises(InvalidInput) as error:
        begin(cast.ada, cast.bo, **over)
    assert set(error.value.fields) == {field}
    assert not Impersonation.objects.exists()


def test_one_at_a_time_but_what_is_over_does_not_stand_in_the_way(cast, noon):
    session_of(cast.ada)
    first = begin(cast.ada, cast.bo)
    with pytest.raises(Conflict) as error:
        begin(cast.ada, cast.di)
    assert error.value.code == "acting_as_already"

    noon.shift(timedelta(minutes=30))
    second = begin(cast.ada, cast.di)
    first.refresh_from_db()
    assert (first.ending, first.ended_at) == ("over", now())

    StaffSession.objects.all().delete()
    third = begin(cast.ada, cast.di)
    second.refresh_from_db()
    assert second.ending == "signed_out"
    assert third.ended_at is None


def test_it_is_ended_once_by_who_looks_or_who_manages_him(cast, noon):
    row = impersonation_make(cast.alpha, actor=cast.bo, user=cast.di)
    with pytest.raises(NotPermitted):
        impersonation_end(impersonation=row, by=cast.cy)
    row.refresh_from_db()
    assert row.ended_at is None

    ended = impersonation_end(impersonation=row, by=fresh(cast.ada))
    assert (ended.ending, ended.ended_at) == ("stopped", now())
    noon.shift(60)
    again = impersonation_end(impersonation=row, by=cast.bo)
    assert (again.ending, again.ended_at) == ("stopped", ended.ended_at)
    assert SecurityEvent.objects.filter(kind="impersonation_ended").count() == 1


def test_the_database_keeps_the_row_as_it_was(cast):
    row = impersonation_make(cast.alpha)
    mine = Impersonation.objects.filter(pk=row.pk)
    ended = impersonation_make(cast.alpha, user=cast.bo, actor=cast.ada, ended_at=now(), ending="asked")
    for change in (
        lambda: mine.update(reason="Something else"),
        lambda: mine.update(user=cast.di),
        lambda: mine.update(until=now() + timedelta(hours=9)),
        lambda: mine.update(ended_at=now()),
        lambda: mine.delete(),
        lambda: Impersonation.objects.filter(pk=ended.pk).update(ending="over"),
        lambda: impersonation_make(cast.alpha, user=cast.bo, actor=cast.bo),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert mine.get().reason == "Ticket 4711"


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_begin_one(cast):
    session_of(cast.ada)

    done = together(lambda: begin(cast.ada, cast.bo), lambda: begin(cast.ada, cast.di))

    assert sorted(type(one).__name__ for one in done) == ["Conflict", "Impersonation"]
    assert Impersonation.objects.count() == 1
