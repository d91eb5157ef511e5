"""What is known of a referral."""

from loyalty.domain.referrals import ReferralFacts
from loyalty.selectors.referrals import referral_facts
from tests.factories.loyalty import loyalty_member_make, referral_make


def test_two_strangers_have_nothing_in_common(cast):
    referral = referral_make(cast.alpha)
    other = loyalty_member_make(cast.alpha)
    found = referral_facts(referral.member, other, referral.rule, referral.accrual)
    assert found == ReferralFacts()
