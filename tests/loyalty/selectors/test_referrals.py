"""What is known of a referral."""

from loyalty.domain.referrals import ReferralFacts
from loyalty.selectors.referrals import heir_of, referral_facts
from tests.factories.loyalty import loyalty_member_make, member_merge_make, referral_make


def test_the_heir_is_at_the_end_of_a_line(cast):
    merge = member_merge_make(cast.alpha)
    assert (heir_of(merge.merged), heir_of(merge.kept)) == (merge.kept, merge.kept)


def test_two_strangers_have_nothing_in_common(cast):
    referral = referral_make(cast.alpha)
    other = loyalty_member_make(cast.alpha)
    found = referral_facts(referral.member, other, referral.rule, referral.accrual)
    assert found == ReferralFacts()
