"""The work list of requests: days left, names for those who may know them, holds over merges, and the steps."""

from datetime import UTC, date, datetime

import pytest
import time_machine

from hotel.accounts.models import User
from hotel.accounts.services.roles import role_assign
from hotel.guests.services.merges import guest_merge
from hotel.guests.services.privacy import processing_restrict
from security.models import PrivacyRequest
from security.selectors.privacy_cases import cases, guests_known, holds_by_guest, steps
from security.services.privacy_requests import erasure_propose, request_refuse
from tests.factories.accounts import role_make, user_make
from tests.factories.guests import guest_make
from tests.factories.security_privacy import (
    approved_make,
    identified_make,
    legal_hold_make,
    privacy_request_make,
)


def person(cast, *rights):
    number = User.objects.count()
    user = user_make(cast.alpha, username=f"person{number}")
    role_assign(user=user, role=role_make(cast.chain, *rights, code=f"r{number}"), place=cast.alpha)
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("at", "left", "urgency"),
    [
        (datetime(2027, 3, 14, 12, tzinfo=UTC), 31, ""),
        (datetime(2027, 4, 6, 12, tzinfo=UTC), 8, ""),
        (datetime(2027, 4, 7, 12, tzinfo=UTC), 7, "warn"),
        (datetime(2027, 4, 13, 23, 30, tzinfo=UTC), 0, "warn"),
        (datetime(2027, 4, 14, 21, 59, tzinfo=UTC), 0, "warn"),
        (datetime(2027, 4, 14, 22, 1, tzinfo=UTC), -1, "bad"),
    ],
    ids=["begun", "calm", "last week", "last day", "last minute", "late"],
)
def test_days_are_counted_by_the_calendar_of_the_property(cast, at, left, urgency):
    row = privacy_request_make(cast.alpha, received_on=date(2026, 3, 14))
    PrivacyRequest.objects.filter(pk=row.pk).update(received_on=date(2027, 3, 14), due_on=date(2027, 4, 14))
    row.refresh_from_db()
    with time_machine.travel(at, tick=False):
        (line,) = cases([row], user=cast.ada, place=cast.alpha)
    assert (line.days_left, line.urgency) == (left, urgency)


def test_a_closed_request_has_no_days_left(cast):
    row = request_refuse(request=privacy_request_make(cast.alpha), reason="Not he.", by=cast.ada)
    (line,) = cases([row], user=cast.ada, place=cast.alpha)
    assert (line.days_left, line.urgency, line.holds) == (None, "", 0)


def test_names_are_for_who_works_on_requests_or_views_guests(cast):
    row = privacy_request_make(cast.alpha, guest_make(cast.alpha, last_name="Zoracanary"))

    def guest_for(*rights):
        return cases([row], user=person(cast, *rights), place=cast.alpha)[0].guest

    assert guest_for("security.view") is None
    assert guest_for("security.view", "guests.view") == row.guest
    assert guest_for("security.view", "security.manage") == row.guest


def test_a_restricted_guest_stays_hidden_from_who_may_not_see_him_anywhere(cast):
    guest = guest_make(cast.alpha)
    processing_restrict(guest=guest)
    manager = person(cast, "security.view", "security.manage")
    assert not guests_known(manager, cast.alpha).filter(pk=guest.pk).exists()
    officer = person(cast, "security.view", "security.manage", "security.approve")
    assert guests_known(officer, cast.alpha).filter(pk=guest.pk).exists()


def test_holds_count_over_merges_and_only_while_they_stand(cast):
    first, second, third, other = (guest_make(cast.alpha) for _ in range(4))
    legal_hold_make(cast.alpha, third)
    legal_hold_make(cast.alpha, other)
    guest_merge(kept=second, merged=third, by=None, reason="Same person")
    guest_merge(kept=first, merged=second, by=None, reason="Same person")
    assert holds_by_guest([first.pk]) == {first.pk: 1}
    assert holds_by_guest([]) == {}
    row = privacy_request_make(cast.alpha, first, kind="erasure")
    assert cases([row], user=cast.ada, place=cast.alpha)[0].holds == 1
    access = privacy_request_make(cast.alpha, first)
    assert cases([access], user=cast.ada, place=cast.alpha)[0].holds == 0


def test_many_lines_cost_no_more_queries_than_one(cast, django_assert_max_num_queries):
    rows = [privacy_request_make(cast.alpha, kind="erasure") for _ in range(6)]
    with django_assert_max_num_queries(8):
        assert len(cases(rows, user=cast.ada, place=cast.alpha)) == 6


def states(row) -> list[tuple[str, str]]:
    row = PrivacyRequest.objects.get(pk=row.pk)
    return [(step.name, step.state) for step in steps(row)]


def test_the_steps_of_an_access_request(cast):
    row = identified_make(cast.alpha)
    assert states(row) == [
        ("Received", "done"),
        ("Identity shown", "done"),
        ("Files made", "next"),
        ("Handed out", "later"),
    ]
    request_refuse(request=row, reason="Not he.", by=cast.ada)
    assert states(row) == [
        ("Received", "done"),
        ("Identity shown", "done"),
        ("Files made", "skipped"),
        ("Refused", "done"),
    ]


def test_the_steps_of_an_erasure(cast):
    row = identified_make(cast.alpha, kind="erasure")
    assert states(row)[2:4] == [("Proposed", "next"), ("Approved by a second person", "later")]
    erasure_propose(request=row, by=None)
    assert states(row)[2:4] == [("Proposed", "done"), ("Approved by a second person", "next")]
    approved = approved_make(cast.alpha)
    assert states(approved)[2:] == [
        ("Proposed", "done"),
        ("Approved by a second person", "done"),
        ("Erased by a worker", "next"),
    ]
