"""Points by hand: up to the limit by one person, above by two."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from hotel.core.exceptions import InvalidInput, NotPermitted
from loyalty.choices import MemberStatus
from loyalty.domain.lots import Balance
from loyalty.models import PointAdjustment, PointLot
from loyalty.selectors.balances import member_balance
from loyalty.services.adjustments import LARGEST, adjustment_decide, points_adjust, points_reverse
from loyalty.services.enrolment import member_set_status
from loyalty.services.points import PointsMissing
from tests.cast import TODAY
from tests.factories.loyalty import points_make, reward_redemption_make
from tests.loyalty.conftest import NOON
from tests.loyalty.services.unchanged import refused

LIMIT = 5000


def adjust(member, points, actor=None, reason="An apology"):
    return points_adjust(member=member, place=member.home, points=points, reason=reason, actor=actor)


def decide(adjustment, actor, is_approved=True):
    return adjustment_decide(adjustment=adjustment, is_approved=is_approved, actor=actor)


def total(member):
    member.refresh_from_db()
    return member_balance(member, TODAY).total


def test_up_to_the_limit_one_person_gives_points(member, cast):
    made = adjust(member, LIMIT, cast.bo, reason="  Noise \n")
    assert (made.status, made.points, made.reason, made.asked_by) == ("posted", LIMIT, "Noise", cast.bo)
    assert (made.decided_by, made.decided_at) == (None, None)
    booked = made.transaction
    assert (booked.kind, booked.points, booked.business_date, booked.property) == (
        "adjustment", LIMIT, TODAY, cast.alpha,
    )  # fmt: skip
    assert (booked.actor, booked.accrual, booked.rule) == (cast.bo, None, None)
    assert total(member) == LIMIT


def test_what_is_taken_by_hand_is_spent_from_the_lots(member, cast):
    points_make(member, 300)
    made = adjust(member, -120, cast.bo)
    assert (made.status, made.transaction.points, total(member)) == ("posted", -120, 180)


@pytest.mark.parametrize("points", [LIMIT + 1, -LIMIT - 1])
def test_above_the_limit_it_waits_and_moves_nothing(member, cast, points):
    points_make(member, 9000)
    made = adjust(member, points, cast.bo)
    assert (made.status, made.transaction, made.points) == ("waiting", None, points)
    assert total(member) == 9000


def test_a_second_person_posts_it_on_the_day_of_the_decision(member, cast, noon):
    waiting = adjust(member, LIMIT + 1, cast.bo)
    cast.alpha.business_date = TODAY + timedelta(days=1)
    cast.alpha.save()
    noon.shift(timedelta(days=1))
    done = decide(waiting, cast.ada)
    assert (done.status, done.decided_by, done.decided_at) == ("posted", cast.ada, NOON + timedelta(days=1))
    booked = done.transaction
    assert (booked.points, booked.actor, booked.business_date) == (
        LIMIT + 1, cast.bo, TODAY + timedelta(days=1),
    )  # fmt: skip
    member.refresh_from_db()
    assert member_balance(member, TODAY + timedelta(days=1)).usable == LIMIT + 1


def test_a_second_person_refuses_it(member, cast):
    waiting = adjust(member, LIMIT + 1, cast.bo)
    done = decide(waiting, cast.ada, is_approved=False)
    assert (done.status, done.decided_by, done.decided_at, done.transaction) == (
        "refused", cast.ada, NOON, None,
    )  # fmt: skip
    assert total(member) == 0


def test_nobody_decides_on_his_own(member, cast):
    waiting = adjust(member, LIMIT + 1, cast.bo)
    for is_approved in (True, False):
        refused("same_person", lambda yes=is_approved: decide(waiting, cast.bo, yes), NotPermitted)
    with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
        PointAdjustment.objects.update(decided_by=cast.bo)


def test_it_is_decided_once(member, cast):
    posted, waiting = adjust(member, 10, cast.bo), adjust(member, LIMIT + 1, cast.bo)
    declined = adjust(member, LIMIT + 2, cast.bo)
    decide(waiting, cast.ada)
    decide(declined, cast.ada, is_approved=False)
    for done in (posted, waiting, declined):
        refused("adjustment_decided", lambda done=done: decide(done, cast.cy))
    assert total(member) == 10 + LIMIT + 1


@pytest.mark.parametrize("points", [0, LARGEST + 1, -LARGEST - 1])
def test_points_by_hand_are_some_and_not_beyond_measure(member, points):
    refused("points_invalid", lambda: adjust(member, points), InvalidInput)


@pytest.mark.parametrize("reason", ["", " \n"])
def test_points_by_hand_have_a_reason(member, reason):
    refused("reason_required", lambda: adjust(member, 10, reason=reason), InvalidInput)


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.CLOSED])
def test_a_membership_that_rests_takes_no_points(member, cast, status):
    waiting = adjust(member, LIMIT + 1, cast.bo)
    member_set_status(member=member, status=status)
    refused("member_not_active", lambda: adjust(member, 10))
    refused("member_not_active", lambda: decide(waiting, cast.ada))
    assert decide(waiting, cast.ada, is_approved=False).status == "refused"


def test_more_than_there_is_cannot_be_taken_now_nor_by_the_decision(member, cast):
    points_make(member, 6000)
    waiting = adjust(member, -6000, cast.bo)
    adjust(member, -1, cast.bo)
    late = refused("points_missing", lambda: decide(waiting, cast.ada), PointsMissing)
    assert late.extra == {"missing": 1}
    adjust(member, -4999, cast.bo)
    now = refused("points_missing", lambda: adjust(member, -1001, cast.bo), PointsMissing)
    assert now.extra == {"missing": 1}
    assert total(member) == 1000


def reverse(booked, actor=None, reason="A mistake"):
    return points_reverse(booked=booked, reason=reason, actor=actor)


def left():
    return list(PointLot.objects.order_by("pk").values_list("left", flat=True))


def test_what_was_given_by_hand_is_taken_back_from_its_own_lot(member, cast):
    points_make(member, 50)
    given = adjust(member, 300, cast.bo).transaction
    done = reverse(given, cast.cy, reason=" Twice ")
    assert (done.status, done.points, done.reason, done.reverses, done.asked_by) == (
        "posted", -300, "Twice", given, cast.cy,
    )  # fmt: skip
    booked = done.transaction
    assert (booked.kind, booked.points, booked.reverses, booked.because, booked.actor, booked.property) == (
        "reversal", -300, given, "Reversed: Adjusted by hand", cast.cy, cast.alpha,
    )  # fmt: skip
    assert left() == [50, 0]


def test_what_is_spent_of_it_is_owed(member, cast):
    given = adjust(member, 300, cast.bo).transaction
    adjust(member, -250, cast.bo)
    reverse(given, cast.bo)
    member.refresh_from_db()
    assert (left(), member_balance(member, TODAY)) == ([0], Balance(0, 0, 250))


def test_what_was_taken_by_hand_returns_to_the_very_lots(member, cast):
    points_make(member, 100)
    points_make(member, 100)
    taken = adjust(member, -150, cast.bo).transaction
    assert left() == [0, 50]
    done = reverse(taken, cast.bo)
    assert (done.points, done.transaction.kind, done.transaction.reverses, left()) == (
        150, "reversal", taken, [100, 100],
    )  # fmt: skip


def test_nothing_is_reversed_twice_nor_is_a_reversal(member, cast):
    given = adjust(member, 300, cast.bo).transaction
    back = reverse(given, cast.bo).transaction
    refused("points_reversed", lambda: reverse(given, cast.ada))
    refused("not_reversible", lambda: reverse(back, cast.ada))
    refused("reason_required", lambda: reverse(given, cast.ada, reason=" "), InvalidInput)
    assert total(member) == 0


def test_above_the_limit_a_reversal_takes_two_people(member, cast):
    given = points_make(member, LIMIT + 1)
    waiting = reverse(given, cast.bo)
    assert (waiting.status, waiting.transaction, total(member)) == ("waiting", None, LIMIT + 1)
    refused("points_reversed", lambda: reverse(given, cast.bo))
    refused("same_person", lambda: decide(waiting, cast.bo), NotPermitted)
    decide(waiting, cast.ada, is_approved=False)
    again = reverse(given, cast.bo)
    member_set_status(member=member, status=MemberStatus.SUSPENDED)
    done = decide(again, cast.ada)
    assert (done.status, done.transaction.reverses, total(member)) == ("posted", given, 0)
    with pytest.raises(IntegrityError, match="reversal_asked_once"), transaction.atomic():
        PointAdjustment.objects.filter(pk=waiting.pk).update(status="waiting")


def test_what_a_reward_took_is_given_back_by_its_redemption(member, cast):
    held = reward_redemption_make(cast.alpha)
    refused("not_reversible", lambda: reverse(held.spent, cast.bo))
