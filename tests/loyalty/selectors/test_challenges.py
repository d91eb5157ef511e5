"""Challenges in words, and what a member may join."""

from datetime import UTC, date, datetime

from loyalty.models import TierCredit
from loyalty.selectors.challenges import (
    challenge_in_words,
    credits_of,
    entries_of,
    joinable,
    lacks_of,
    match_now,
    targets_of,
)
from loyalty.services.challenges import challenge_close, challenge_invite, challenge_join
from loyalty.services.matches import match_approve
from tests.cast import TODAY
from tests.factories.loyalty import challenge_make, loyalty_tier_make, status_match_make


def test_a_challenge_in_words(cast):
    silver = loyalty_tier_make(cast.alpha)
    plain = challenge_make(cast.alpha)
    assert challenge_in_words(plain) == "3 nights within 30 days of joining: 2,000 points. 0 joined."
    full = challenge_make(
        cast.alpha, code="full", days=None, first_on=TODAY, last_on=TODAY, min_direct=1, tiers=["member"], is_invited=True,
        enrolled_since=TODAY, tier=silver, tier_days=30,
    )  # fmt: skip
    assert challenge_in_words(full) == (
        "3 nights and 1 direct booking from 2027-03-14 to 2027-03-14: 2,000 points and Silver for 30 days. "
        "Only members in member, who enrolled since 2027-03-14, who was invited. 0 joined."
    )
    assert targets_of(full) == {"nights": 3, "direct": 1}


def test_what_was_given_for_the_tier_is_told(cast, member):
    row = challenge_make(cast.alpha, points=0, credit_nights=2, credit_points=1000)
    assert challenge_in_words(row) == (
        "3 nights within 30 days of joining: 2 nights and 1,000 qualifying points more for the tier. 0 joined."
    )
    assert credits_of(row) == {"nights": 2, "points": 1000}
    entry = challenge_join(challenge=row, member=member, place=cast.alpha)
    TierCredit.objects.create(member=member, property=cast.alpha, day=TODAY, nights=3, stays=1)
    challenge_close(entry_id=entry.pk)
    (shown,) = entries_of(member)
    assert shown.says == "Reached; 2 nights and 1,000 qualifying points more for the tier"


def test_how_far_a_member_is(cast, member, noon, django_assert_num_queries):
    entry = challenge_join(challenge=challenge_make(cast.alpha), member=member, place=cast.alpha)
    TierCredit.objects.create(member=member, property=cast.alpha, day=TODAY, nights=1, stays=1)
    with django_assert_num_queries(1):
        assert lacks_of(entry) == {"nights": 2}
    with django_assert_num_queries(2):
        assert [one.says for one in entries_of(member)] == ["2 nights to go by 12 April 2027"]
    noon.move_to(datetime(2027, 4, 13, 12, tzinfo=UTC))
    challenge_close(entry_id=entry.pk)
    assert [one.says for one in entries_of(member)] == ["Over on 2027-04-12; missing: 2 nights"]


def test_what_he_may_join(cast, member):
    plain = challenge_make(cast.alpha)
    invited = challenge_make(cast.alpha, code="invited", is_invited=True)
    challenge_make(cast.alpha, code="gold", tiers=["gold"])
    assert joinable(member, TODAY, []) == [plain]
    challenge_invite(challenge=invited, member=member, place=cast.alpha)
    assert joinable(member, TODAY, entries_of(member)) == [invited, plain]
    challenge_join(challenge=plain, member=member, place=cast.alpha)
    assert joinable(member, TODAY, entries_of(member)) == [invited]


def test_a_match_counts_while_its_tier_lasts(cast, member):
    match = match_approve(match=status_match_make(cast.alpha, member=member), actor=cast.ada)
    assert match_now(member, date(2027, 6, 11)) == match
    assert match_now(member, date(2027, 6, 12)) is None
