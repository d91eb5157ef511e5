"""Referrals: rewarded by the first stay that qualifies, gone with it, and never to who brings himself."""

import random
from datetime import timedelta

import pytest

from hotel.core.exceptions import InvalidInput
from hotel.guests.services.guests import guest_change
from hotel.stays.services.check_out import check_out_reinstate
from loyalty.models import PointTransaction, Referral, ReferralRule
from loyalty.selectors.balances import member_balance
from loyalty.services.accrual import stay_settle
from loyalty.services.enrolment import member_set_status
from loyalty.services.points import points_spend
from loyalty.services.referrals import referral_rule_end
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.loyalty import Visit, loyalty_member_make, referral_rule_make
from tests.loyalty.services.test_merges import merge
from tests.loyalty.services.test_points import event
from tests.loyalty.services.unchanged import refused, state
from tests.together import together

DAY = timedelta(days=1)


@pytest.fixture
def brought(cast, member):
    """Brought by the member."""
    return loyalty_member_make(cast.alpha, referred_by=member)


def stay(cast, member, nights=1):
    visit = Visit(cast.alpha, member.guest, nights=nights)
    visit.nights_pass()
    visit.leave()
    settle(visit)
    return visit


def settle(*visits):
    for visit in visits:
        stay_settle(reservation_id=visit.reservation.pk)


def totals(*members):
    for member in members:
        member.refresh_from_db()
    return [member_balance(member, TODAY + 9 * DAY).total for member in members]


def test_nothing_is_given_for_enrolling_and_both_get_theirs_after_the_stay(cast, member, brought):
    referral_rule_make(cast.alpha)
    assert totals(member, brought) == [0, 0]
    visit = stay(cast, brought)
    settle(visit, visit)
    assert totals(member, brought) == [1000, 500]
    assert set(PointTransaction.objects.values_list("because", "kind")) == {
        (f"Brought by {member.number}", "bonus"),
        (f"Brought {brought.number}", "bonus"),
    }
    stay(cast, brought)
    assert totals(member, brought) == [1000, 500]
    referral = Referral.objects.get()
    assert (referral.status, referral.referrer, referral.year) == ("rewarded", member, 2027)


def test_it_goes_with_the_stay_also_when_it_was_spent_and_comes_again_with_the_next(cast, member, brought):
    referral_rule_make(cast.alpha)
    visit = stay(cast, brought)
    points_spend(event(member), 900, on=TODAY + 9 * DAY)
    check_out_reinstate(reservation=visit.reservation, actor=None)
    settle(visit, visit)
    assert totals(member, brought) == [-900, 0]
    assert Referral.objects.get().status == "taken_back"
    again = Visit(cast.alpha, brought.guest, nights=1)
    again.nights_pass()
    again.leave()
    settle(again)
    assert totals(member, brought) == [100, 500]
    visit.leave()
    settle(visit, again)
    assert totals(member, brought) == [100, 500]
    referral = Referral.objects.get()
    assert (referral.status, referral.accrual.reservation) == ("rewarded", again.reservation)


def test_too_short_a_stay_waits_for_a_longer_one(cast, member, brought):
    referral_rule_make(cast.alpha, min_nights=2)
    stay(cast, brought)
    assert (totals(member, brought), Referral.objects.count()) == ([0, 0], 0)
    stay(cast, brought, nights=2)
    assert totals(member, brought) == [1000, 500]


@pytest.mark.parametrize(
    ("values", "why"),
    [
        ({"email": "anna@example.com"}, "both have the same email"),
        ({"phone": "+4315550100"}, "both have the same phone"),
        ({"street": "Ring 1", "postal_code": "1010", "city": "Wien"}, "both have the same address"),
    ],
)
def test_who_shares_an_address_brings_nobody(cast, values, why):
    referral_rule_make(cast.alpha)
    one = loyalty_member_make(cast.alpha, guest_make(cast.alpha, **values))
    other = loyalty_member_make(cast.alpha, guest_make(cast.alpha, **values), referred_by=one)
    visit = stay(cast, other)
    referral = Referral.objects.get()
    assert (referral.status, referral.because, totals(one, other)) == ("refused", why, [0, 0])
    guest_change(guest=other.guest, changes=dict.fromkeys(values, ""))
    settle(visit)
    assert totals(one, other) == [0, 0]


def test_an_address_is_the_same_however_it_is_written(cast):
    referral_rule_make(cast.alpha)
    one = loyalty_member_make(
        cast.alpha, guest_make(cast.alpha, street="Ring 1", postal_code="1010", city="Wien")
    )
    guest = guest_make(cast.alpha, street="RING  1", postal_code="1010", city="wien")
    stay(cast, loyalty_member_make(cast.alpha, guest, referred_by=one))
    assert Referral.objects.get().because == "both have the same address"


def test_an_old_guest_is_not_brought(cast, member, noon):
    referral_rule_make(cast.alpha)
    guest = guest_make(cast.alpha)
    old = Visit(cast.alpha, guest, nights=1)
    old.nights_pass()
    old.leave()
    cast.alpha.refresh_from_db()
    cast.alpha.business_date += DAY
    cast.alpha.save()
    brought = loyalty_member_make(cast.alpha, guest, referred_by=member)
    stay(cast, brought)
    assert Referral.objects.get().because == "he had stayed before he enrolled"


def test_nobody_brings_himself_by_a_second_profile(cast, member):
    referral_rule_make(cast.alpha)
    twin = loyalty_member_make(cast.alpha, referred_by=member)
    merge((member, twin))
    visit = Visit(cast.alpha, member.guest, nights=1)
    visit.nights_pass()
    visit.leave()
    settle(visit)
    assert (Referral.objects.count(), totals(member)) == (0, [0])


def test_who_brought_one_another_get_nothing(cast, member, brought):
    referral_rule_make(cast.alpha)
    member_set_status(member=member, status="closed")
    again = loyalty_member_make(cast.alpha, member.guest, referred_by=brought)
    stay(cast, again)
    assert Referral.objects.get().because == "they brought one another"
    assert totals(again, brought) == [0, 0]


def test_a_membership_at_rest_gets_nothing(cast, member, brought):
    referral_rule_make(cast.alpha)
    member_set_status(member=member, status="suspended")
    stay(cast, brought)
    assert Referral.objects.get().because == "the membership of who brought him rests"


def test_so_many_a_year(cast, member):
    referral_rule_make(cast.alpha, yearly_limit=1)
    first, second = (loyalty_member_make(cast.alpha, referred_by=member) for _ in range(2))
    stay(cast, first)
    stay(cast, second)
    assert totals(member, first, second) == [1000, 500, 0]
    assert Referral.objects.get(member=second).because == "1 referrals are rewarded this year already"


def test_without_a_rule_for_the_day_nothing_is_decided(cast, member, brought):
    rule = referral_rule_make(cast.alpha)
    referral_rule_end(rule=rule, valid_until=TODAY)
    stay(cast, brought)
    assert (Referral.objects.count(), totals(member, brought)) == (0, [0, 0])


def test_a_referral_keeps_its_version(cast, member, brought):
    old = referral_rule_make(cast.alpha)
    visit = stay(cast, brought)
    new = referral_rule_make(cast.alpha, referrer_points=9, valid_from=TODAY + DAY)
    settle(visit)
    assert (totals(member), Referral.objects.get().rule, new.version) == ([1000], old, 2)
    old.refresh_from_db()
    assert old.valid_until == TODAY


def test_shuffled_and_doubled_facts_give_the_same(cast, member, brought):
    referral_rule_make(cast.alpha)
    visits = [stay(cast, brought) for _ in range(3)]
    before = state()
    told = visits * 4
    random.Random(3).shuffle(told)
    settle(*told)
    assert state() == before
    assert totals(member, brought) == [1000, 500]


def test_who_goes_on_for_the_one_who_brought_him_gets_the_reward(cast, member, brought):
    referral_rule_make(cast.alpha)
    heir = loyalty_member_make(cast.alpha)
    merge((heir, member))
    visit = stay(cast, brought)
    assert totals(heir, member, brought) == [1000, 0, 500]
    check_out_reinstate(reservation=visit.reservation, actor=None)
    settle(visit)
    assert totals(heir, member, brought) == [0, 0, 0]


def test_a_rule_gives_somebody_something_and_begins_after_the_one_before(cast):
    rule = referral_rule_make(cast.alpha)
    refused(
        "referral_gives_nothing",
        lambda: referral_rule_make(cast.alpha, referrer_points=0, referred_points=0),
        InvalidInput,
    )
    refused("valid_from_invalid", lambda: referral_rule_make(cast.alpha), InvalidInput)
    early = rule.valid_from - DAY
    refused("valid_from_invalid", lambda: referral_rule_end(rule=rule, valid_until=early), InvalidInput)
    referral_rule_end(rule=rule, valid_until=TODAY)
    refused("valid_from_invalid", lambda: referral_rule_end(rule=rule, valid_until=TODAY), InvalidInput)
    assert ReferralRule.objects.get().valid_until == TODAY


@pytest.mark.django_db(transaction=True)
def test_stays_of_both_sides_settled_at_once_reward_once(cast, member, brought):
    referral_rule_make(cast.alpha)
    visits = [Visit(cast.alpha, one.guest, nights=1) for one in (member, brought)]
    visits[0].nights_pass()
    for visit in visits:
        visit.leave()
    results = together(*[lambda visit=visit: settle(visit) for visit in visits * 3])
    assert results == [None] * 6
    assert totals(member, brought) == [1000, 500]
