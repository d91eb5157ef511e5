"""Challenges: who may join, what counts, the reward once, and back when a correction undoes it."""

from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from hotel.contracts.loyalty import ChallengeMoved
from hotel.core.exceptions import InvalidInput
from hotel.properties.services.business_days import business_day_close
from loyalty.models import Challenge, ChallengeEntry, LoyaltyMember, PointTransaction, TierCredit
from loyalty.selectors.balances import member_balance
from loyalty.selectors.tiers import standing
from loyalty.services.accrual import stay_settle
from loyalty.services.challenges import (
    challenge_close,
    challenge_create,
    challenge_end,
    challenge_invite,
    challenge_join,
    challenges_settle,
)
from loyalty.services.enrolment import member_set_status
from loyalty.services.matches import match_approve
from loyalty.services.points import member_locked
from tests.cast import TODAY
from tests.factories.loyalty import (
    Visit,
    challenge_make,
    loyalty_member_make,
    loyalty_program_make,
    loyalty_tier_make,
    status_match_make,
)
from tests.factories.reservations import house_make
from tests.loyalty.services.test_tiers import held
from tests.loyalty.services.unchanged import refused, told
from tests.together import together


def join(challenge, member, place):
    return challenge_join(challenge=challenge, member=member, place=place)


def credit(member, nights=1, day=TODAY, stays=1, place=None):
    return TierCredit.objects.create(
        member=member, property=place or member.home, day=day, nights=nights, stays=stays
    )


def settle(member):
    with transaction.atomic():
        challenges_settle(member_locked(member.pk))


def total(member):
    return member_balance(LoyaltyMember.objects.get(pk=member.pk), TODAY).total


def stands(entry):
    entry.refresh_from_db()
    return entry.status, total(entry.member)


def test_who_joins_has_his_days_from_then_and_nothing_yet(cast, member):
    entry = join(challenge_make(cast.alpha), member, cast.alpha)
    assert (entry.status, entry.first_on, entry.last_on) == ("open", TODAY, date(2027, 4, 12))
    (fact,) = told(ChallengeMoved)
    wanted = {
        "challenge_id": entry.challenge_id, "member_id": member.pk, "status": "open", "last_on": "2027-04-12", "missing": "",
        "property_id": cast.alpha.pk, "guest_id": member.guest_id, "program_id": member.program_id,
    }  # fmt: skip
    assert {name: fact[name] for name in wanted} == wanted
    again = join(entry.challenge, member, cast.alpha)
    assert (again.pk, Challenge.objects.get().joined, total(member)) == (entry.pk, 1, 0)


def test_it_is_reached_once_by_stays_within_the_days(cast, member):
    entry = join(challenge_make(cast.alpha), member, cast.alpha)
    for day in (TODAY - timedelta(days=1), date(2027, 4, 13)):
        credit(member, 3, day)
    settle(member)
    assert stands(entry) == ("open", 0)
    credit(member, 1, TODAY)
    credit(member, 2, date(2027, 4, 12))
    for _ in range(2):
        settle(member)
    assert stands(entry) == ("done", 2000)
    booked = PointTransaction.objects.get()
    assert (booked.because, booked.source, booked.source_key) == (
        "Challenge reached: Three nights", "challenge", f"{entry.pk}:1",
    )  # fmt: skip
    assert [fact["status"] for fact in told(ChallengeMoved)] == ["open", "done"]


def test_a_correction_takes_it_back_and_the_next_stay_gives_it_again(cast, member):
    entry = join(challenge_make(cast.alpha), member, cast.alpha)
    for nights, wanted in ((3, ("done", 2000)), (-1, ("open", 0)), (1, ("done", 2000))):
        credit(member, nights)
        settle(member)
        assert stands(entry) == wanted
    assert list(PointTransaction.objects.order_by("pk").values_list("points", flat=True)) == [
        2000, -2000, 2000,
    ]  # fmt: skip


def test_a_stay_of_the_house_counts_as_it_is_checked_out_and_reinstated(cast, member):
    house_make(cast.alpha)
    challenge = challenge_make(cast.alpha, min_nights=2, min_direct=1, min_hotels=1)
    entry = join(challenge, member, cast.alpha)
    visit = Visit(cast.alpha, member.guest, nights=2)
    visit.reservation.booking.__class__.objects.filter(pk=visit.reservation.booking_id).update(
        channel_code="direct"
    )
    visit.nights_pass()
    visit.leave()
    for _ in range(2):
        stay_settle(reservation_id=visit.reservation.pk)
    assert stands(entry) == ("done", 2000)
    type(visit.reservation).objects.filter(pk=visit.reservation.pk).update(status="in_house")
    stay_settle(reservation_id=visit.reservation.pk)
    assert stands(entry) == ("open", 0)


def test_in_whatever_order_and_however_often_it_is_told_the_points_are_the_same(cast):
    challenge, amounts = challenge_make(cast.alpha), (2, -1, 2)
    for order in permutations(amounts):
        member = loyalty_member_make(cast.alpha)
        entry = join(challenge, member, cast.alpha)
        for nights in order:
            credit(member, nights)
            settle(member)
            settle(member)
        assert stands(entry) == ("done", 2000)


def test_it_ends_after_its_last_day_in_the_zone_and_says_what_was_missing(cast, member, noon):
    entry = join(challenge_make(cast.alpha), member, cast.alpha)
    credit(member, 1)
    noon.move_to(datetime(2027, 4, 12, 21, 59, 59, tzinfo=UTC))
    assert challenge_close(entry_id=entry.pk) is False
    noon.move_to(datetime(2027, 4, 12, 22, tzinfo=UTC))
    assert challenge_close(entry_id=entry.pk) is True
    assert (stands(entry), entry.missing) == (("missed", 0), "2 nights")
    assert told(ChallengeMoved)[-1]["missing"] == "2 nights"
    credit(member, 2, date(2027, 4, 12))  # told late
    settle(member)
    assert (stands(entry), entry.missing) == (("done", 2000), "")


def test_a_tier_is_given_for_its_days_and_stays_when_a_correction_comes(cast, member):
    silver = loyalty_tier_make(cast.alpha)
    entry = join(challenge_make(cast.alpha, points=0, tier=silver, tier_days=30), member, cast.alpha)
    credit(member, 3)
    settle(member)
    assert (held(member), stands(entry)[0], entry.granted_until) == (
        ("silver", TODAY, date(2027, 4, 12)), "done", date(2027, 4, 12),
    )  # fmt: skip
    assert member.tier_changes.get().because == "Challenge reached: Three nights"
    credit(member, -1)
    settle(member)
    credit(member, 1)
    settle(member)
    assert (held(member), member.tier_changes.count()) == (("silver", TODAY, date(2027, 4, 12)), 1)


def given(entry):
    """What it counted for the tier, row by row."""
    return list(entry.credits.order_by("pk").values_list("day", "nights", "stays", "points"))


def test_credits_come_once_count_for_the_tier_and_go_on_the_day_that_they_came_on(cast, member, noon):
    loyalty_tier_make(cast.alpha, min_nights=5)
    promised = {"credit_nights": 2, "credit_stays": 1, "credit_points": 300}
    entry = join(challenge_make(cast.alpha, points=0, **promised), member, cast.alpha)
    credit(member, 3)
    for _ in range(2):
        settle(member)
    once = (TODAY, 2, 1, 300)
    assert (stands(entry), given(entry)) == (("done", 0), [once])
    assert held(member) == ("silver", TODAY, date(2028, 12, 31))
    assert standing(member, TODAY).rewarded == {"nights": 2, "stays": 1, "points": 300}
    noon.shift(timedelta(days=1))
    business_day_close(place=cast.alpha)
    for nights in (-1, 1):
        credit(member, nights)
        settle(member)
        settle(member)
    assert given(entry) == [once, (TODAY, -2, -1, -300), (TODAY + timedelta(days=1), 2, 1, 300)]


def test_what_a_challenge_gave_counts_for_no_challenge_and_not_for_itself(cast, member):
    first = join(challenge_make(cast.alpha, points=0, credit_nights=3, credit_stays=3), member, cast.alpha)
    other = join(challenge_make(cast.alpha, code="six", min_nights=6), member, cast.alpha)
    stays = join(challenge_make(cast.alpha, code="two", min_nights=None, min_stays=2), member, cast.alpha)
    credit(member, 3)
    settle(member)
    settle(member)
    assert [stands(one)[0] for one in (first, other, stays)] == ["done", "open", "open"]
    credit(member, -1)  # what it gave does not keep it reached
    settle(member)
    assert (stands(first)[0], given(first)) == ("open", [(TODAY, 3, 3, 0), (TODAY, -3, -3, 0)])


def test_a_stay_that_is_corrected_late_takes_back_what_an_old_challenge_gave(cast, member, noon):
    house_make(cast.alpha)
    entry = join(challenge_make(cast.alpha, min_nights=2, credit_nights=1), member, cast.alpha)
    visit = Visit(cast.alpha, member.guest, nights=2)
    visit.nights_pass()
    visit.leave()
    stay_settle(reservation_id=visit.reservation.pk)
    assert (stands(entry), [row[1] for row in given(entry)]) == (("done", 2000), [1])
    noon.move_to(datetime(2028, 3, 1, 12, tzinfo=UTC))  # long after its last day
    type(visit.reservation).objects.filter(pk=visit.reservation.pk).update(status="in_house")
    stay_settle(reservation_id=visit.reservation.pk)
    assert (stands(entry), [row[1] for row in given(entry)]) == (("missed", 0), [1, -1])


def test_challenges_of_other_days_cost_a_stay_nothing(cast, member):
    rule_of_days = {"days": None, "first_on": TODAY - timedelta(days=60), "last_on": TODAY}
    entries = [
        join(challenge_make(cast.alpha, code=f"old {n}", **rule_of_days), member, cast.alpha)
        for n in range(30)
    ]
    later = TODAY + timedelta(days=1)

    def cost(day):
        locked = LoyaltyMember.objects.select_related("program").get(pk=member.pk)
        with CaptureQueriesContext(connection) as queries:
            challenges_settle(locked, day=day)
        return len(queries)

    assert cost(later) == 1  # the entries of that day: none
    assert cost(TODAY) > 30
    ChallengeEntry.objects.all().delete()
    assert (len(entries), cost(later)) == (30, 1)


def test_a_matched_tier_is_kept_as_one_that_is_earned(cast, member):
    loyalty_tier_make(cast.alpha)
    challenge = challenge_make(cast.alpha, points=0, is_matched=True, keeps_match=True)
    refused("challenge_not_for_him", lambda: join(challenge, member, cast.alpha))
    match = match_approve(match=status_match_make(cast.alpha, member=member), actor=cast.ada)
    entry = join(challenge, member, cast.alpha)
    assert (entry.match, held(member)) == (match, ("silver", TODAY, date(2027, 6, 11)))
    credit(member, 3)
    settle(member)
    assert (held(member), stands(entry)[0]) == (("silver", TODAY, date(2028, 12, 31)), "done")


def test_who_may_join(cast, member, noon):
    silver = loyalty_tier_make(cast.alpha)
    for over in (
        {"tiers": [silver.code]},
        {"enrolled_since": TODAY + timedelta(days=1)},
        {"is_invited": True},
    ):
        one = challenge_make(cast.alpha, code=next(iter(over)), **over)
        refused("challenge_not_for_him", lambda one=one: join(one, member, cast.alpha))
    invited = challenge_invite(challenge=one, member=member, place=cast.alpha)
    assert (invited.status, Challenge.objects.get(pk=one.pk).joined) == ("invited", 0)
    assert join(one, member, cast.alpha).pk == invited.pk
    stranger = loyalty_member_make(cast.beta)
    refused("member_invalid", lambda: join(one, stranger, cast.beta), InvalidInput)
    fixed = challenge_make(cast.alpha, code="fixed", days=None, first_on=TODAY, last_on=TODAY)
    resting = loyalty_member_make(cast.alpha)
    member_set_status(member=resting, status="suspended")
    refused("member_not_active", lambda: join(fixed, resting, cast.alpha))
    noon.shift(timedelta(days=1))
    refused("challenge_over", lambda: join(fixed, member, cast.alpha))
    ended = challenge_end(challenge=challenge_make(cast.alpha, code="ended"))
    refused("challenge_over", lambda: join(ended, member, cast.alpha))
    refused("challenge_over", lambda: challenge_end(challenge=ended))


@pytest.mark.parametrize("over", [{"max_members": 1}, {"budget": 3999}])
def test_places_and_points_are_set_aside_for_who_joins(cast, member, over):
    challenge = challenge_make(cast.alpha, **over)
    join(challenge, member, cast.alpha)
    other = loyalty_member_make(cast.alpha)
    refused("challenge_full", lambda: join(challenge, other, cast.alpha))
    with pytest.raises(IntegrityError), transaction.atomic():
        Challenge.objects.update(joined=2)


@pytest.mark.parametrize(("over", "code"), [
    ({"days": None}, "challenge_days_invalid"), ({"days": 0}, "challenge_days_invalid"),
    ({"first_on": TODAY}, "challenge_days_invalid"),
    ({"days": None, "first_on": TODAY, "last_on": TODAY - timedelta(days=1)}, "challenge_days_invalid"),
    ({"days": 30, "first_on": TODAY, "last_on": TODAY}, "challenge_days_invalid"),
    ({"min_nights": None}, "challenge_asks_nothing"), ({"points": 0}, "challenge_gives_nothing"),
    ({"points": 0, "credit_nights": 0}, "challenge_gives_nothing"),
    ({"tier_days": 5}, "tier_invalid"), ({"keeps_match": True}, "match_needed"),
])  # fmt: skip
def test_what_is_no_challenge(cast, over, code):
    program = loyalty_program_make(cast.alpha)
    values = {"code": "c", "name": "C", "days": 30, "min_nights": 3, "points": 2000, **over}
    refused(code, lambda: challenge_create(program=program, values=values), InvalidInput)


def test_a_code_is_used_once_and_a_tier_is_the_programmes(cast):
    challenge_make(cast.alpha)
    program = loyalty_program_make(cast.alpha)
    strange = loyalty_tier_make(cast.beta)
    values = {"code": "nights", "name": "C", "days": 30, "min_nights": 3, "points": 2000}
    refused("challenge_code_taken", lambda: challenge_create(program=program, values=values))
    values |= {"code": "other", "tier": strange, "tier_days": 5}
    refused("tier_invalid", lambda: challenge_create(program=program, values=values), InvalidInput)


@pytest.mark.django_db(transaction=True)
def test_of_four_who_join_at_once_one_has_the_last_place(cast, member):
    challenge = challenge_make(cast.alpha, max_members=1)
    members = [member, *(loyalty_member_make(cast.alpha) for _ in range(3))]
    results = together(*[lambda one=one: join(challenge, one, cast.alpha) for one in members])
    assert [getattr(one, "code", "joined") for one in results].count("challenge_full") == 3
    assert (ChallengeEntry.objects.count(), Challenge.objects.get().joined) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_four_who_settle_at_once_give_once(cast, member):
    entry = join(challenge_make(cast.alpha, credit_nights=2), member, cast.alpha)
    credit(member, 3)
    together(*[lambda: settle(member)] * 4)
    assert (stands(entry), given(entry)) == (("done", 2000), [(TODAY, 2, 0, 0)])
