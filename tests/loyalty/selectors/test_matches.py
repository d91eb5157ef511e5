"""What is matched, and what a member asked for."""

from loyalty.selectors.matches import match_rule_in_words, matches_of, rules_for, waiting
from loyalty.services.matches import match_approve, match_rule_end
from tests.factories.loyalty import (
    challenge_make,
    loyalty_member_make,
    status_match_make,
    status_match_rule_make,
)


def test_a_rule_in_words(cast):
    rule = status_match_rule_make(cast.alpha)
    assert match_rule_in_words(rule) == "Who is Other Club Platinum elsewhere is Silver here for 90 days."
    challenge = challenge_make(cast.alpha, is_matched=True)
    rule = status_match_rule_make(cast.alpha, foreign_tier="Gold", challenge=challenge)
    assert match_rule_in_words(rule) == (
        "Who is Other Club Gold elsewhere is Silver here for 90 days, and takes part in Three nights."
    )


def test_he_may_ask_for_what_is_above_his_tier_and_offered(cast, member):
    rule = status_match_rule_make(cast.alpha)
    ended = status_match_rule_make(cast.alpha, foreign_tier="Gold")
    match_rule_end(rule=ended)
    assert rules_for(member) == [rule]
    match_approve(match=status_match_make(cast.alpha, member=member), actor=cast.ada)
    member.refresh_from_db()
    assert rules_for(member) == []


def test_his_own_the_newest_first_and_those_that_wait(cast, member, django_assert_num_queries):
    match = status_match_make(cast.alpha, member=member)
    status_match_make(cast.alpha, member=loyalty_member_make(cast.alpha))
    with django_assert_num_queries(1):
        (found,) = matches_of(member)
        assert (found, str(found.rule), found.rule.tier.name) == (match, "Other Club Platinum", "Silver")
    assert waiting([found]) == [match]
    match_approve(match=match, actor=cast.ada)
    assert waiting(matches_of(member)) == []
