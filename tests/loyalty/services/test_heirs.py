"""What comes to a merged member goes on to who is kept, and comes back when they are taken apart again."""

from datetime import timedelta

import pytest
from django.db import connection, transaction

from hotel.core.invariants import invariants_verify
from hotel.core.locks import LockRefused
from hotel.guests.services.merges import guest_merge
from loyalty.choices import PointKind
from loyalty.domain.lots import Balance
from loyalty.models import LoyaltyMember, PointTransaction, StayAccrual
from loyalty.selectors.statements import balance_explained
from loyalty.services.adjustments import adjustment_decide, points_adjust, points_reverse
from loyalty.services.claims import claim_approve, claim_make
from loyalty.services.heirs import line_locked
from loyalty.services.merges import memberships_follow
from loyalty.services.redemptions import (
    redemption_cancel,
    redemption_confirm,
    redemption_fulfil,
    redemption_refund,
    redemption_release,
)
from tests.cast import TODAY, make_cast
from tests.factories.loyalty import (
    loyalty_member_make,
    points_make,
    reward_make,
    reward_redemption_make,
)
from tests.loyalty.services.test_claims import missing  # noqa: F401  (a fixture)
from tests.loyalty.services.test_merges import balances, fresh, lots, merge, owes, unmerge
from tests.loyalty.services.unchanged import refused
from tests.together import together

DAY = timedelta(days=1)
LIMIT = 5000


@pytest.fixture
def pair(cast):
    """The one who is kept, and the one who is merged and has 700 that end, and 600."""
    kept, merged = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    kept.program.expiry, kept.program.expiry_months = "term", 12
    kept.program.save()
    points_make(merged, 700, day=TODAY - 30 * DAY)
    points_make(merged, 600)
    return kept, merged


def held(merged, **over):
    return reward_redemption_make(merged.home, merged, reward_make(merged.home, **over))


def used(redemption):
    return redemption_fulfil(redemption=redemption_confirm(redemption=redemption, actor=None))


def violations():
    connection.check_constraints()
    return [finding.invariant.name for finding in invariants_verify() if finding.violations]


@pytest.mark.parametrize(
    "give_up",
    [
        lambda row: redemption_cancel(redemption=row, actor=None),
        lambda row: redemption_refund(redemption=used(row), actor=None, reason="Cold eggs"),
    ],
    ids=["cancelled", "refunded"],
)
def test_what_is_given_up_after_a_merge_is_the_kept_ones_with_its_days(pair, give_up):
    kept, merged = pair
    row = held(merged)
    merge(pair)
    assert balances(pair) == [Balance(300, 0), Balance(0, 0)]
    gone = give_up(row)
    fresh(pair)
    assert (gone.returned, balances(pair)) == (1000, [Balance(1300, 0), Balance(0, 0)])
    early, late = TODAY - 30 * DAY, TODAY
    assert lots(kept) == [
        (700, early, early, early.replace(year=2028)),
        (300, late, late, late.replace(year=2028)),
        (300, late, late, late.replace(year=2028)),
    ]
    assert lots(merged) == []
    told = balance_explained(kept)
    assert (told.total, {lot.because for lot in told.lots}) == (1300, {f"Merged from {merged.number}"})
    assert violations() == []
    unmerge(pair)
    assert (balances(pair), lots(kept)) == ([Balance(0, 0), Balance(1300, 0)], [])
    assert [lot[0] for lot in lots(merged)] == [700, 600]
    assert violations() == []


def test_a_hold_that_is_over_after_a_merge_is_released_for_the_kept_one(pair, noon):
    row = held(pair[1])
    merge(pair)
    noon.shift(timedelta(hours=1))
    assert redemption_release(redemption_id=row.pk) is True
    fresh(pair)
    assert (balances(pair), violations()) == ([Balance(1300, 0), Balance(0, 0)], [])


def test_the_kept_ones_debt_is_paid_first_and_owed_again_when_they_are_two(pair):
    kept, merged = pair
    row = held(merged, base=1300)
    owes(kept, 500)
    merge(pair)
    redemption_cancel(redemption=row, actor=None)
    fresh(pair)
    assert (balances(pair), violations()) == ([Balance(800, 0), Balance(0, 0)], [])
    unmerge(pair)
    assert (balances(pair), violations()) == ([Balance(0, 0, 500), Balance(1300, 0)], [])


def test_it_goes_on_to_the_end_of_a_line_of_merges_and_back(cast, pair):
    kept, merged = pair
    last = loyalty_member_make(cast.alpha)
    row = held(merged)
    merge(pair)
    merge((last, kept))
    redemption_cancel(redemption=row, actor=None)
    fresh((last, *pair))
    everyone = [last, kept, merged]
    assert balances(everyone) == [Balance(1300, 0), Balance(0, 0), Balance(0, 0)]
    assert violations() == []
    unmerge((last, kept))
    unmerge(pair)
    fresh(everyone)
    assert balances(everyone) == [Balance(0, 0), Balance(0, 0), Balance(1300, 0)]
    assert violations() == []


def test_what_was_spent_of_it_stays_spent_when_they_are_two(pair):
    kept, merged = pair
    row = held(merged)
    merge(pair)
    redemption_cancel(redemption=row, actor=None)
    reward_redemption_make(kept.home, kept, reward_make(kept.home, code="tea", base=1100))
    unmerge(pair)
    assert (balances(pair), violations()) == ([Balance(0, 0), Balance(200, 0)], [])


def test_several_are_given_up_one_after_the_other(pair):
    merged = pair[1]
    reward = reward_make(merged.home, base=400)
    rows = [reward_redemption_make(merged.home, merged, reward) for _ in range(3)]
    merge(pair)
    for nth, row in enumerate(rows, start=1):
        redemption_cancel(redemption=row, actor=None)
        fresh(pair)
        assert balances(pair) == [Balance(100 + 400 * nth, 0), Balance(0, 0)]
    assert violations() == []
    unmerge(pair)
    assert (balances(pair), violations()) == ([Balance(0, 0), Balance(1300, 0)], [])


def test_points_by_hand_are_reversed_for_the_kept_one(cast, pair):
    merged = pair[1]
    given = points_adjust(member=merged, place=cast.alpha, points=200, reason="Noise", actor=cast.bo)
    taken = points_adjust(member=merged, place=cast.alpha, points=-50, reason="Once too often", actor=cast.bo)
    merge(pair)
    for row in (taken, given):
        done = points_reverse(booked=row.transaction, reason="A mistake", actor=cast.bo)
        assert (done.status, done.transaction.points) == ("posted", -row.points)
    fresh(pair)
    assert (balances(pair), violations()) == ([Balance(1300, 0), Balance(0, 0)], [])
    unmerge(pair)
    assert (balances(pair), violations()) == ([Balance(0, 0), Balance(1300, 0)], [])


@pytest.mark.parametrize("points", [LIMIT + 1, -LIMIT - 1])
def test_points_by_hand_that_waited_are_the_kept_ones_and_stay_his(cast, pair, points):
    kept, merged = pair
    points_make(kept, 9000)
    waiting = points_adjust(member=merged, place=cast.alpha, points=points, reason="Noise", actor=cast.bo)
    merge(pair)
    done = adjustment_decide(adjustment=waiting, is_approved=True, actor=cast.ada)
    assert (done.status, done.member, done.transaction.member) == ("posted", merged, kept)
    fresh(pair)
    assert (balances(pair), violations()) == ([Balance(10300 + points, 0), Balance(0, 0)], [])
    unmerge(pair)
    assert sum(balance.total for balance in balances(pair)) == 10300 + points
    assert violations() == []


def test_nobody_decides_for_a_kept_one_who_rests(cast, pair):
    waiting = points_adjust(member=pair[1], place=cast.alpha, points=LIMIT + 1, reason="Noise", actor=cast.bo)
    merge(pair)
    LoyaltyMember.objects.filter(pk=pair[0].pk).update(status="suspended")
    refused(
        "member_not_active",
        lambda: adjustment_decide(adjustment=waiting, is_approved=True, actor=cast.ada),
    )


def test_a_claim_that_waited_is_decided_for_the_kept_one(cast, pair):
    kept, merged = pair
    claimed = claim_make(
        member=merged, place=cast.alpha, arrival=TODAY, departure=TODAY, evidence="A bill", actor=cast.bo
    )
    merge(pair)
    done = claim_approve(claim=claimed, points=250, actor=cast.ada)
    assert (done.member, done.transaction.member) == (merged, kept)
    fresh(pair)
    assert (balances(pair), violations()) == ([Balance(1550, 0), Balance(0, 0)], [])


def test_a_claimed_stay_of_the_house_earns_for_the_kept_one(cast, pair, missing):  # noqa: F811
    kept, merged = pair
    claimed = claim_make(
        member=merged, place=cast.alpha, arrival=TODAY, departure=TODAY, evidence="A bill",
        stated_number=missing.number, actor=cast.bo,
    )  # fmt: skip
    merge(pair)
    claim_approve(claim=claimed, actor=cast.ada)
    fresh(pair)
    assert (StayAccrual.objects.get().member, balances(pair)) == (kept, [Balance(1300, 500), Balance(0, 0)])
    assert violations() == []


def test_who_is_merged_while_he_is_locked_is_asked_to_try_again(pair, monkeypatch):
    kept, merged = pair
    found = line_locked(merged.pk)
    assert found == [merged]
    monkeypatch.setattr(
        "loyalty.services.heirs.members_locked",
        lambda *ids: {merged.pk: LoyaltyMember(pk=merged.pk, merged_into_id=kept.pk)},
    )
    refused("lock_refused", lambda: line_locked(merged.pk), LockRefused)


@pytest.mark.django_db(transaction=True)
def test_who_gives_up_while_another_merges_loses_no_point():
    alpha = make_cast().alpha
    kept, merged = pair = loyalty_member_make(alpha), loyalty_member_make(alpha)
    with transaction.atomic():
        points_make(merged, 1000)
    row = held(merged, base=400)
    with transaction.atomic():
        done = guest_merge(kept=kept.guest, merged=merged.guest, by=None, reason="The same passport")

    def patiently(call):
        while True:
            try:
                return call()
            except LockRefused:
                continue

    together(
        lambda: patiently(lambda: redemption_cancel(redemption=row, actor=None)),
        lambda: patiently(lambda: memberships_follow(guest_merge_id=done.pk)),
    )

    fresh(pair)
    assert (balances(pair), violations()) == ([Balance(1000, 0), Balance(0, 0)], [])
    assert PointTransaction.objects.filter(kind=PointKind.GIVEN_BACK).count() == 1
