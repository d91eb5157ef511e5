"""Requests of guests: recorded, identified, extended, carried out, refused."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from hotel.contracts.privacy import GuestObjected, GuestProcessingRestricted, GuestRectified
from hotel.core.exceptions import Conflict, InvalidInput, RuleBroken
from hotel.core.models import OutboxMessage
from security.models import PrivacyRequest
from security.services.privacy_requests import (
    erasure_propose,
    request_carry_out,
    request_extend,
    request_record,
    request_refuse,
    request_withdraw,
)
from tests.cast import make_property
from tests.factories.guests import guest_make
from tests.factories.properties import chain_make
from tests.factories.security_privacy import identified_make, privacy_request_make

LATE = datetime(2027, 1, 31, 23, 30, tzinfo=UTC)  # the first of February in Vienna


def test_the_month_begins_on_the_propertys_own_day(cast):
    with time_machine.travel(LATE, tick=False):
        row = privacy_request_make(cast.alpha)
    assert (row.received_on, row.due_on, row.status) == (date(2027, 2, 1), date(2027, 3, 1), "received")


@pytest.mark.parametrize(
    ("over", "field"),
    [
        ({"received_on": date(2199, 1, 1)}, "received_on"),
        ({"kind": "objection"}, "purpose"),
        ({"purpose": "marketing"}, "purpose"),
        ({"kind": "rectification"}, "changes"),
        ({"kind": "rectification", "changes": {"shoe_size": "44"}}, "changes"),
        ({"kind": "rectification", "changes": {"birth_date": "31.12.1980"}}, "changes"),
        ({"changes": {"city": "Linz"}}, "changes"),
    ],
)
def test_what_does_not_fit_its_kind_is_refused(cast, over, field):
    with pytest.raises(InvalidInput) as caught:
        privacy_request_make(cast.alpha, **over)
    assert list(caught.value.fields) == [field]
    assert not PrivacyRequest.objects.exists()


def test_a_guest_of_another_chain_is_refused(cast):
    elsewhere = make_property(
        chain_make(code="ELSE"), "ELSE", name="Else", country="AT", currency="EUR", time_zone="UTC"
    )
    with pytest.raises(RuleBroken):
        request_record(place=cast.alpha, guest=guest_make(elsewhere), kind="access", by=None)


def test_it_is_extended_once_within_the_month_with_a_reason(cast):
    with time_machine.travel(LATE, tick=False) as clock:
        row = privacy_request_make(cast.alpha, received_on=date(2027, 1, 31))
        assert row.due_on == date(2027, 2, 28)
        with pytest.raises(InvalidInput):
            request_extend(request=row, reason=" ", by=cast.ada)
        row = request_extend(request=row, reason="Many stays", by=cast.ada)
        assert row.due_on == date(2027, 4, 30)
        with pytest.raises(Conflict):
            request_extend(request=row, reason="Again", by=cast.ada)
        other = privacy_request_make(cast.alpha)
        clock.shift(timedelta(days=40))
        with pytest.raises(Conflict, match="first month is over"):
            request_extend(request=other, reason="Late", by=cast.ada)


def test_nothing_is_done_before_the_guest_showed_who_he_is(cast):
    row = privacy_request_make(cast.alpha, kind="restriction")
    with pytest.raises(Conflict):
        request_carry_out(request=row, by=cast.ada)
    row.guest.refresh_from_db()
    assert row.guest.processing_restricted_at is None


def test_a_rectification_keeps_what_was_and_tells_recipients(cast):
    gus = guest_make(cast.alpha, city="Lynz", street="Road 1")
    row = identified_make(cast.alpha, gus, kind="rectification", changes={"city": "Linz", "street": "Road 1"})
    row = request_carry_out(request=row, by=cast.ada)
    gus.refresh_from_db()
    assert (gus.city, row.status, row.outcome) == ("Linz", "completed", "Put right: city.")
    assert json.loads(row.history) == {"city": ["Lynz", "Linz"], "street": ["Road 1", "Road 1"]}
    (told,) = OutboxMessage.objects.filter(topic=GuestRectified.__name__)
    assert told.payload["fields"] == ["city"]


def test_restriction_and_objection_hold_at_once_and_are_told(cast):
    gus = guest_make(cast.alpha)
    request_carry_out(request=identified_make(cast.alpha, gus, kind="restriction"), by=cast.ada)
    request_carry_out(
        request=identified_make(cast.alpha, gus, kind="objection", purpose="marketing"), by=cast.ada
    )
    gus.refresh_from_db()
    assert gus.processing_restricted_at is not None
    assert gus.marketing_objected_at is not None
    topics = OutboxMessage.objects.values_list("topic", flat=True)
    assert {GuestProcessingRestricted.__name__, GuestObjected.__name__} <= set(topics)


def test_an_access_is_not_completed_without_files(cast):
    with pytest.raises(Conflict, match="made first"):
        request_carry_out(request=identified_make(cast.alpha), by=cast.ada)


def test_an_erasure_is_not_carried_out_by_one_person(cast):
    row = identified_make(cast.alpha, kind="erasure")
    with pytest.raises(Conflict):
        request_carry_out(request=row, by=cast.ada)
    with pytest.raises(Conflict, match="Only an erasure"):
        erasure_propose(request=identified_make(cast.alpha), by=cast.ada)


def test_a_refusal_says_why_and_what_is_closed_stays_closed(cast):
    row = request_refuse(request=privacy_request_make(cast.alpha), reason="Unfounded", by=cast.ada)
    assert (row.status, row.outcome, row.closed_by) == ("refused", "Unfounded", cast.ada)
    with pytest.raises(Conflict):
        request_withdraw(request=row, by=cast.ada)
    assert request_withdraw(request=privacy_request_make(cast.alpha), by=None).status == "withdrawn"
