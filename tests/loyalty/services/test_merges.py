"""Two members become one with their guests, and two again: no point is lost, none is made up."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotel.contracts.loyalty import TierChanged
from hotel.folios.services.folios import folio_reopen
from hotel.guests.models import GuestMerge
from hotel.guests.services.merges import guest_merge, guest_unmerge
from hotel.stays.services.check_out import check_out_reinstate
from loyalty.choices import PointKind
from loyalty.domain.lots import Balance
from loyalty.models import (
    LoyaltyMember,
    MemberMerge,
    PointLot,
    PointMovement,
    PointTransaction,
    StayAccrual,
    TierCredit,
)
from loyalty.selectors.balances import member_balance
from loyalty.selectors.statements import balance_explained
from loyalty.services.accrual import stay_settle
from loyalty.services.adjustments import points_adjust
from loyalty.services.challenges import challenge_join, challenges_settle
from loyalty.services.enrolment import member_set_status
from loyalty.services.merges import memberships_follow
from loyalty.services.points import member_locked, points_claw_back, points_give, points_spend
from loyalty.services.tiers import tier_grant
from tests.cast import TODAY
from tests.factories.folios import charge_make
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    Visit,
    challenge_entry_make,
    challenge_make,
    earning_rule_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    points_make,
)
from tests.loyalty.services.test_points import event
from tests.loyalty.services.unchanged import refused, state, told
from tests.pages import worked_table
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def pair(cast):
    """The one who is kept, and the one who is merged."""
    return loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)


def merge(pair, by=None):
    kept, merged = pair
    done = guest_merge(kept=kept.guest, merged=merged.guest, by=by, reason="The same passport")
    memberships_follow(guest_merge_id=done.pk)
    fresh(pair)
    return done


def unmerge(pair, by=None):
    standing = GuestMerge.objects.standing().filter(kept=pair[0].guest)
    done = guest_unmerge(guest=standing.latest("pk").merged, by=by)
    memberships_follow(guest_merge_id=done.pk)
    fresh(pair)


def fresh(pair):
    for member in pair:
        member.refresh_from_db()
        member.guest.refresh_from_db()


def owes(member, points):
    """Make him owe points by a stay that was none."""
    points_claw_back(event(member, PointKind.STAY), points)


def lots(member):
    rows = PointLot.objects.with_points().filter(member=member)
    return list(rows.values_list("left", "earned_on", "usable_from", "expires_on"))


def balances(pair):
    return [member_balance(member, TODAY) for member in pair]


def summed(model, name):
    return model.objects.aggregate(Sum(name))[f"{name}__sum"] or 0


def test_the_kept_member_gets_the_lots_with_the_days_they_always_had(cast):
    loyalty_program_make(cast.alpha, expiry="term", expiry_months=12)
    kept, merged = pair = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    points_make(kept, 40)
    points_make(merged, 300, day=TODAY - 30 * DAY)
    points_make(merged, 500, usable_from=TODAY + 9 * DAY)
    before = lots(merged)
    points_spend(event(merged), 100, on=TODAY)
    merge(pair)
    assert sorted(lots(kept)) == sorted([(200, *before[0][1:]), (40, TODAY, TODAY, before[1][3]), before[1]])
    assert balances(pair) == [Balance(240, 500), Balance(0, 0)]
    moved = PointTransaction.objects.filter(kind=PointKind.MERGE).order_by("pk")
    assert [(row.member, row.points, row.because) for row in moved] == [
        (merged, -700, f"Merged into {kept.number}"),
        (kept, 700, f"Merged from {merged.number}"),
    ]
    assert sum(lot.points for lot in balance_explained(kept).lots) == 740
    connection.check_constraints()


def test_the_number_of_the_tombstone_finds_the_member(pair):
    kept, merged = pair
    merge(pair)
    assert (merged.merged_into, merged.status, merged.guest_id != kept.guest_id) == (kept, "closed", True)
    for number in (kept.number, merged.number):
        assert LoyaltyMember.objects.numbered(number).get() == kept
    assert not LoyaltyMember.objects.numbered("NOBODY").exists()


def test_a_number_finds_the_member_at_the_end_of_a_line_of_merges(cast, pair):
    kept, merged = pair
    last = loyalty_member_make(cast.alpha)
    points_make(merged, 70)
    merge(pair)
    merge((last, kept))
    assert LoyaltyMember.objects.numbered(merged.number).get() == last
    assert lots(last) == [(70, TODAY, TODAY, None)]
    unmerge((last, kept))
    assert LoyaltyMember.objects.numbered(merged.number).get() == kept
    unmerge(pair)
    assert lots(merged) == [(70, TODAY, TODAY, None)]


def test_the_points_of_the_other_pay_a_debt_and_a_debt_takes_points(pair):
    kept, merged = pair
    owes(kept, 250)
    points_make(merged, 1000)
    merge(pair)
    assert balances(pair) == [Balance(750, 0), Balance(0, 0)]
    unmerge(pair)
    assert balances(pair) == [Balance(0, 0, 250), Balance(1000, 0)]
    assert lots(merged) == [(1000, TODAY, TODAY, None)]


def test_the_worked_table_of_the_page(pair):
    kept, merged = pair
    owes(kept, 250)
    points_make(merged, 1000)
    fresh(pair)
    steps = [
        lambda: None,
        lambda: merge(pair),
        lambda: points_spend(event(kept), 300, on=TODAY),
        lambda: unmerge(pair),
    ]
    for row, step_made in zip(worked_table("points", "Anna was known twice"), steps, strict=True):
        step_made()
        fresh(pair)
        found = [number for one in balances(pair) for number in (one.usable, one.debt)]
        assert found == [int(row[name]) for name in ("Kept has", "Kept owes", "Other has", "Other owes")], (
            row["Step"]
        )


def test_a_debt_that_came_is_taken_from_the_lots_and_returns(pair):
    kept, merged = pair
    points_make(kept, 100)
    owes(merged, 250)
    merge(pair)
    assert balances(pair) == [Balance(0, 0, 150), Balance(0, 0)]
    points_make(kept, 60)
    unmerge(pair)
    assert balances(pair) == [Balance(100, 0), Balance(0, 0, 190)]


def test_what_was_spent_meanwhile_stays_spent_and_what_was_earned_stays_where_it_was(pair):
    kept, merged = pair
    points_make(merged, 1000)
    merge(pair)
    points_spend(event(kept), 300, on=TODAY)
    points_make(kept, 50)
    unmerge(pair)
    assert balances(pair) == [Balance(50, 0), Balance(700, 0)]
    assert lots(merged) == [(700, TODAY, TODAY, None)]


def test_it_follows_the_guests_however_often_and_in_whichever_order_it_is_told(pair):
    kept, merged = pair
    points_make(merged, 10)
    done = merge(pair)
    before = state()
    assert memberships_follow(guest_merge_id=done.pk) == 0
    assert state() == before
    guest_unmerge(guest=merged.guest, by=None)
    again = guest_merge(kept=kept.guest, merged=merged.guest, by=None, reason="Yes, it is she")
    assert memberships_follow(guest_merge_id=again.pk) == 0  # the first was not taken apart yet
    assert memberships_follow(guest_merge_id=done.pk) == 2
    assert memberships_follow(guest_merge_id=again.pk) == 0
    fresh(pair)
    assert balances(pair) == [Balance(10, 0), Balance(0, 0)]
    assert MemberMerge.objects.standing().get().guest_merge == again


def test_a_merge_that_was_undone_before_it_was_told_moves_nothing(pair):
    kept, merged = pair
    points_make(merged, 10)
    done = guest_merge(kept=kept.guest, merged=merged.guest, by=None, reason="A mistake")
    guest_unmerge(guest=merged.guest, by=None)
    before = state()
    assert memberships_follow(guest_merge_id=done.pk) == 0
    assert state() == before


def test_a_guest_who_is_no_member_takes_the_membership_over(cast):
    stranger, member = guest_make(cast.alpha), loyalty_member_make(cast.alpha)
    done = guest_merge(kept=stranger, merged=member.guest, by=None, reason="The same passport")
    assert memberships_follow(guest_merge_id=done.pk) == 0
    member.refresh_from_db()
    assert (member.guest, member.merged_into, member.status) == (stranger, None, "active")


def test_a_closed_membership_is_nobodys_twin(pair):
    kept, merged = pair
    points_make(merged, 10)
    member_set_status(member=kept, status="closed")
    merge(pair)
    assert (merged.guest, merged.status, balances(pair)[1]) == (kept.guest, "active", Balance(10, 0))
    unmerge(pair)
    assert merged.guest != kept.guest


def test_the_stays_go_along_and_are_corrected_with_the_kept_member(cast, pair):
    kept, merged = pair
    earning_rule_make(cast.alpha)
    visit = Visit(cast.alpha, merged.guest)
    charge_make(visit.folio, "100.00", code="room")
    visit.nights_pass()
    visit.leave()
    stay_settle(reservation_id=visit.reservation.pk)
    points_make(kept, 400, day=TODAY - DAY)
    merge(pair)
    assert StayAccrual.objects.get().member == kept
    assert [
        TierCredit.objects.filter(member=member).aggregate(Sum("nights"))["nights__sum"] for member in pair
    ] == [2, 0]
    folio_reopen(folio=visit.folio)
    charge_make(visit.folio, "10.00", code="food")
    stay_settle(reservation_id=visit.reservation.pk)
    assert [balance.total for balance in balances(pair)] == [1500, 0]
    unmerge(pair)
    assert [balance.total for balance in balances(pair)] == [400, 1100]
    assert StayAccrual.objects.get().member == merged
    credits = TierCredit.objects.filter(member=merged).aggregate(Sum("nights"), Sum("points"))
    assert credits == {"nights__sum": 2, "points__sum": 1100}
    check_out_reinstate(reservation=visit.reservation, actor=None)
    stay_settle(reservation_id=visit.reservation.pk)
    fresh(pair)
    assert balances(pair) == [Balance(400, 0), Balance(0, 0)]


def test_a_correction_takes_from_the_lot_that_goes_on_for_the_stays(cast, pair):
    kept, merged = pair
    earning_rule_make(cast.alpha)
    visit = Visit(cast.alpha, merged.guest)
    charge_make(visit.folio, "100.00", code="room")
    visit.nights_pass()
    visit.leave()
    stay_settle(reservation_id=visit.reservation.pk)
    points_make(kept, 400, day=TODAY - DAY)
    merge(pair)
    check_out_reinstate(reservation=visit.reservation, actor=None)
    stay_settle(reservation_id=visit.reservation.pk)
    assert [lot[0] for lot in lots(kept)] == [400]


def test_the_better_tier_is_kept_and_both_have_their_own_again(cast, pair):
    kept, merged = pair
    silver, gold = (
        loyalty_tier_make(cast.alpha),
        loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold", min_nights=30),
    )
    tier_grant(member=kept, tier=silver, until=TODAY + 10 * DAY, reason="Match", actor=None)
    tier_grant(member=merged, tier=gold, until=TODAY + 5 * DAY, reason="Match", actor=None)
    fresh(pair)
    merge(pair)
    assert (kept.tier, kept.tier_until, kept.floor, kept.floor_until) == (
        gold,
        TODAY + 5 * DAY,
        gold,
        TODAY + 5 * DAY,
    )
    change = kept.tier_changes.first()
    assert (change.reason, change.because) == ("merged", f"Merged from {merged.number}")
    assert told(TierChanged)[-1]["after"] == "gold"
    unmerge(pair)
    assert (kept.tier, kept.tier_until, kept.floor) == (silver, TODAY + 10 * DAY, silver)
    assert (merged.tier, merged.tier_until, merged.floor) == (gold, TODAY + 5 * DAY, gold)


def test_a_tier_that_was_granted_since_stays(cast, pair):
    kept, merged = pair
    silver, gold = (
        loyalty_tier_make(cast.alpha),
        loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold", min_nights=30),
    )
    tier_grant(member=merged, tier=silver, until=None, reason="Match", actor=None)
    merge(pair)
    tier_grant(member=kept, tier=gold, until=None, reason="Invited", actor=None)
    unmerge(pair)
    assert (kept.tier, merged.tier) == (gold, silver)


def test_who_rests_goes_on_resting(pair):
    kept, merged = pair
    member_set_status(member=merged, status="suspended")
    merge(pair)
    assert kept.status == "suspended"
    unmerge(pair)
    assert (kept.status, merged.status) == ("active", "suspended")


def test_a_tombstone_takes_no_points_by_hand(pair, cast):
    merge(pair)
    refused(
        "member_not_active",
        lambda: points_adjust(member=pair[1], place=cast.alpha, points=5, reason="x", actor=None),
    )


STEPS = st.lists(
    st.tuples(st.booleans(), st.sampled_from(["give", "later", "take back", "spend"]), st.integers(1, 300)),
    max_size=8,
)


def step(member, kind, points):
    if kind == "give":
        points_give(event(member, PointKind.BONUS), points)
    elif kind == "later":
        points_give(event(member, PointKind.BONUS), points, usable_from=TODAY + DAY)
    elif kind == "take back":
        owes(member, points)
    elif member_balance(member, TODAY).usable >= points:
        points_spend(event(member), points, on=TODAY)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_who_is_taken_apart_at_once_has_what_he_had(cast, steps):
    """Whatever they had, merged and unmerged, they have it again, and in between the one has both's."""
    pair = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    for is_kept, kind, points in steps:
        step(pair[not is_kept], kind, points)
    fresh(pair)
    before, held = balances(pair), [lots(member) for member in pair]
    everything = summed(PointTransaction, "points")
    merge(pair)
    one, none = balances(pair)
    assert (one.total, none) == (before[0].total + before[1].total, Balance(0, 0))
    assert min(one.usable + one.pending, one.debt) == 0
    assert summed(PointTransaction, "points") == summed(PointMovement, "points") == everything
    unmerge(pair)
    assert (balances(pair), [lots(member) for member in pair]) == (before, held)
    assert summed(PointTransaction, "points") == summed(PointMovement, "points") == everything
    connection.check_constraints()


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS, since=STEPS)
def test_whatever_happens_in_between_no_point_is_lost_or_made_up(cast, steps, since):
    pair = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    for is_kept, kind, points in steps:
        step(pair[not is_kept], kind, points)
    fresh(pair)
    merge(pair)
    for _, kind, points in since:
        step(pair[0], kind, points)
    fresh(pair)
    everything = balances(pair)[0].total
    unmerge(pair)
    assert sum(balance.total for balance in balances(pair)) == everything
    for member in pair:
        assert PointTransaction.objects.filter(member=member).aggregate(Sum("points"))["points__sum"] in (
            balances([member])[0].total,
            None,
        )
    connection.check_constraints()


@pytest.mark.django_db(transaction=True)
def test_four_who_tell_of_it_at_once_merge_once(pair):
    kept, merged = pair
    with transaction.atomic():
        points_make(merged, 10)
        done = guest_merge(kept=kept.guest, merged=merged.guest, by=None, reason="The same passport")
    results = together(*[lambda: memberships_follow(guest_merge_id=done.pk)] * 4)
    assert sorted(results) == [0, 0, 0, 1]
    fresh(pair)
    assert balances(pair) == [Balance(10, 0), Balance(0, 0)]


def test_a_challenge_goes_on_with_the_stays_of_both(cast):
    entry = challenge_entry_make(cast.alpha)
    kept = loyalty_member_make(cast.alpha)
    for member, nights in ((kept, 1), (entry.member, 2)):
        TierCredit.objects.create(member=member, property=cast.alpha, day=TODAY, nights=nights, stays=1)
    done = guest_merge(kept=kept.guest, merged=entry.member.guest, by=None, reason="The same passport")
    memberships_follow(guest_merge_id=done.pk)
    entry.refresh_from_db()
    kept.refresh_from_db()
    assert (entry.member, entry.status, member_balance(kept, TODAY).total) == (kept, "done", 2000)


def test_what_a_challenge_gave_for_the_tier_moves_and_stays_with_the_challenge(cast, pair):
    kept, merged = pair
    challenge = challenge_make(cast.alpha, credit_nights=2)
    entry = challenge_join(challenge=challenge, member=merged, place=cast.alpha)
    TierCredit.objects.create(member=merged, property=cast.alpha, day=TODAY, nights=3, stays=1)
    with transaction.atomic():
        challenges_settle(member_locked(merged.pk))

    def rewarded():
        return [
            TierCredit.objects.filter(member=member, entry=entry).aggregate(Sum("nights"))["nights__sum"] or 0
            for member in pair
        ]

    assert rewarded() == [0, 2]
    merge(pair)
    assert rewarded() == [2, 0]
    unmerge(pair)
    entry.refresh_from_db()
    assert (entry.member, rewarded()) == (kept, [2, 0])  # as the challenge itself
    with transaction.atomic():
        challenges_settle(member_locked(kept.pk))  # his stays alone do not reach it
    assert rewarded() == [0, 0]
