"""Claims for a missing stay: with evidence, in time, by two people, once for a stay."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import InvalidInput, NotPermitted
from loyalty.choices import PointKind
from loyalty.models import PointTransaction, StayAccrual, StayClaim, TierCredit
from loyalty.selectors.balances import member_balance
from loyalty.services.accrual import stay_settle
from loyalty.services.challenges import challenge_join
from loyalty.services.claims import claim_approve, claim_make, claim_refuse
from loyalty.services.enrolment import member_set_status
from loyalty.services.programs import program_change
from tests.cast import TODAY
from tests.factories.folios import charge_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import Visit, challenge_make, earning_rule_make, loyalty_member_make
from tests.loyalty.services.unchanged import refused
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def missing(cast, member):
    """A night of somebody else's booking, who is no member; the member slept there."""
    earning_rule_make(cast.alpha, basis="night", rate=500)
    visit = Visit(cast.alpha, guest_make(cast.alpha), nights=1)
    charge_make(visit.folio, "10.00", code="food")
    visit.nights_pass()
    visit.leave()
    assert stay_settle(reservation_id=visit.reservation.pk) is None
    cast.alpha.refresh_from_db()
    return visit.reservation


def claim(member, cast, **over):
    values = {
        "arrival": TODAY, "departure": TODAY, "evidence": " A bill on paper ", "actor": cast.bo, **over,
    }  # fmt: skip
    return claim_make(member=member, place=over.pop("place", cast.alpha), **values)


def total(member):
    member.refresh_from_db()
    return member_balance(member, TODAY).total


def test_a_claim_waits_with_its_evidence_and_gives_nothing(cast, member):
    made = claim(member, cast, stated_number="NOBODY-1")
    assert (made.status, made.evidence, made.reservation, made.asked_by) == (
        "waiting",
        "A bill on paper",
        None,
        cast.bo,
    )
    assert (made.stated_number, total(member)) == ("NOBODY-1", 0)


def test_a_stay_of_the_house_earns_by_its_rules_once_it_is_approved(cast, member, missing):
    made = claim(
        member, cast, stated_number=missing.number, arrival=TODAY - 9 * DAY, departure=TODAY - 8 * DAY
    )
    assert (made.reservation, made.arrival, made.departure) == (missing, missing.arrival, missing.departure)
    done = claim_approve(claim=made, actor=cast.ada)
    assert (done.status, done.decided_by, done.transaction) == ("approved", cast.ada, None)
    accrual = StayAccrual.objects.get()
    assert (accrual.member, accrual.reservation, total(member)) == (member, missing, 500)
    stay_settle(reservation_id=missing.pk)
    assert total(member) == 500
    refused("claim_decided", lambda: claim_approve(claim=made, actor=cast.ada))


def test_a_stay_that_the_house_does_not_know_gets_points_by_hand_and_its_nights_count(cast, member, noon):
    cast.alpha.business_date = TODAY + 2 * DAY
    cast.alpha.save()
    made = claim(member, cast, departure=TODAY + 2 * DAY)
    done = claim_approve(claim=made, points=700, actor=cast.ada)
    booked = PointTransaction.objects.get()
    assert (done.transaction, booked.kind, booked.points, booked.actor) == (
        booked,
        PointKind.CLAIM,
        700,
        cast.ada,
    )
    credit = TierCredit.objects.get()
    assert (credit.nights, credit.stays, credit.points, credit.day) == (2, 1, 0, TODAY + 2 * DAY)


@pytest.mark.parametrize("points", [None, 0, 1_000_001])
def test_points_by_hand_are_for_what_the_house_does_not_know(cast, member, missing, points):
    unknown = claim(member, cast)
    refused(
        "points_invalid", lambda: claim_approve(claim=unknown, points=points, actor=cast.ada), InvalidInput
    )
    known = claim(member, cast, stated_number=missing.number)
    refused("points_invalid", lambda: claim_approve(claim=known, points=5, actor=cast.ada), InvalidInput)


def test_nobody_decides_on_his_own_claim(cast, member):
    made = claim(member, cast)
    refused("same_person", lambda: claim_approve(claim=made, points=5, actor=cast.bo), NotPermitted)
    refused("same_person", lambda: claim_refuse(claim=made, reason="x", actor=cast.bo), NotPermitted)
    with pytest.raises(IntegrityError, match="loyalty_claim_four_eyes"), transaction.atomic():
        StayClaim.objects.update(decided_by=cast.bo)


def test_what_was_refused_with_a_reason_may_be_claimed_again(cast, member):
    made = claim(member, cast)
    refused("claim_exists", lambda: claim(member, cast))
    refused("reason_required", lambda: claim_refuse(claim=made, reason=" ", actor=cast.ada), InvalidInput)
    done = claim_refuse(claim=made, reason=" Not his name ", actor=cast.ada)
    assert (done.status, done.because, done.decided_by, total(member)) == (
        "refused",
        "Not his name",
        cast.ada,
        0,
    )
    assert claim(member, cast).status == "waiting"


def test_one_stay_is_claimed_by_one_member(cast, member, missing):
    claim(member, cast, stated_number=missing.number)
    other = loyalty_member_make(cast.alpha, guest_make(cast.alpha))
    other.enrolled_on = TODAY
    other.save()
    refused("claim_exists", lambda: claim(other, cast, stated_number=missing.number))


def test_what_has_earned_is_not_claimed(cast, member):
    earning_rule_make(cast.alpha, basis="night", rate=500)
    visit = Visit(cast.alpha, member.guest, nights=1)
    visit.nights_pass()
    visit.leave()
    stay_settle(reservation_id=visit.reservation.pk)
    cast.alpha.refresh_from_db()
    number = visit.reservation.number
    refused("stay_earned_already", lambda: claim(member, cast, stated_number=number))
    refused("stay_earned_already", lambda: claim(member, cast, departure=TODAY + DAY))
    other = loyalty_member_make(cast.alpha)
    other.enrolled_on = TODAY
    other.save()
    refused("stay_earned_already", lambda: claim(other, cast, stated_number=number))


@pytest.mark.parametrize(("days", "code"), [(7, None), (8, "claim_too_late")])
def test_it_is_in_time_for_so_many_days(cast, member, days, code):
    program_change(program=member.program, changes={"claim_days": 7})
    cast.alpha.business_date = TODAY + days * DAY
    cast.alpha.save()
    if code:
        refused(code, lambda: claim(member, cast))
    else:
        assert claim(member, cast).status == "waiting"


def test_what_cannot_be_claimed(cast, member):
    refused("evidence_required", lambda: claim(member, cast, evidence=" "), InvalidInput)
    refused("claim_days_invalid", lambda: claim(member, cast, departure=TODAY + DAY), InvalidInput)
    refused("claim_days_invalid", lambda: claim(member, cast, departure=TODAY - DAY), InvalidInput)
    before = {"arrival": TODAY - DAY, "departure": TODAY - DAY}
    refused("member_enrolled_later", lambda: claim(member, cast, **before))
    refused("hotel_not_in_program", lambda: claim_make(
        member=member, place=cast.beta, arrival=TODAY, departure=TODAY, evidence="x", actor=None
    ))  # fmt: skip
    made = claim(member, cast)
    member_set_status(member=member, status="suspended")
    refused("member_not_active", lambda: claim(member, cast))
    refused("member_not_active", lambda: claim_approve(claim=made, points=5, actor=cast.ada))


def test_a_stay_in_house_or_for_nothing_is_not_approved(cast, member):
    visit = Visit(cast.alpha, guest_make(cast.alpha), nights=1, flags=frozenset({"is_complimentary"}))
    made = claim(member, cast)
    StayClaim.objects.update(reservation=visit.reservation)
    refused("stay_not_over", lambda: claim_approve(claim=made, actor=cast.ada))
    visit.nights_pass()
    visit.leave()
    refused("stay_earns_nothing", lambda: claim_approve(claim=made, actor=cast.ada))


@pytest.mark.django_db(transaction=True)
def test_four_who_approve_at_once_give_once(cast, member):
    made = claim(member, cast)
    results = together(*[lambda: claim_approve(claim=made, points=300, actor=cast.ada)] * 4)
    assert [getattr(one, "code", "done") for one in results].count("claim_decided") == 3
    assert total(member) == 300


def test_a_claimed_stay_counts_for_a_challenge(cast, member):
    entry = challenge_join(
        challenge=challenge_make(cast.alpha, min_nights=None, min_stays=1), member=member, place=cast.alpha
    )
    TierCredit.objects.create(member=member, property=cast.alpha, day=TODAY, stays=1)
    claim_approve(claim=claim(member, cast), points=300, actor=cast.ada)
    entry.refresh_from_db()
    assert (entry.status, total(member)) == ("done", 2300)
