"""What a member may have for his points, and what he has had."""

from loyalty.choices import MemberStatus
from loyalty.selectors.catalogue import redemptions_shown, rewards_offered, stays_open
from loyalty.services.enrolment import member_set_status
from loyalty.services.redemptions import redemption_confirm
from tests.contracts.queries import queries_of
from tests.factories.guests import guest_make
from tests.factories.loyalty import (
    loyalty_member_make,
    loyalty_tier_make,
    reward_make,
    reward_redemption_make,
)
from tests.factories.reservations import house_make


def codes(member, place):
    return [(one.reward.code, one.price.points) for one in rewards_offered(member, place)]


def test_rewards_of_the_day_of_the_hotel_and_of_the_tier_the_cheapest_first(member, cast):
    silver = loyalty_tier_make(cast.alpha)
    reward_make(cast.alpha, code="dear", base=900)
    reward_make(cast.alpha, code="cheap", base=1000, tier_factors={member.tier.code: "0.5"})
    reward_make(cast.alpha, code="silver", min_tier=silver)
    reward_make(cast.alpha, code="here", base=2000, hotels=["ALPHA"])
    reward_make(cast.alpha, code="over", is_active=False)

    assert codes(member, cast.alpha) == [("cheap", 500), ("dear", 900), ("here", 2000)]
    assert codes(member, cast.beta) == [("cheap", 500), ("dear", 900)]


def test_a_membership_at_rest_is_offered_nothing(member, cast):
    reward_make(cast.alpha)
    assert codes(member_set_status(member=member, status=MemberStatus.SUSPENDED), cast.alpha) == []


def test_stays_that_come_or_are_in_house(cast):
    house = house_make(cast.alpha)
    member = loyalty_member_make(cast.alpha, guest_make(cast.alpha))
    late, soon = (house.reserve(day, day + 2, primary_guest=member.guest) for day in (9, 3))
    house.reserve(primary_guest=guest_make(cast.alpha))
    assert list(stays_open(member, cast.alpha)) == [soon, late]
    assert list(stays_open(member, cast.beta)) == []


def test_what_was_redeemed_with_its_commands_where_it_is_served(cast):
    held = reward_redemption_make(cast.alpha)
    (row,) = redemptions_shown(held.member, cast.alpha)
    assert (row.row, row.commands) == (held, {"confirm", "cancel"})
    redemption_confirm(redemption=held, actor=None)
    assert redemptions_shown(held.member, cast.alpha)[0].commands == {"fulfil", "cancel", "refund"}
    assert redemptions_shown(held.member, cast.beta)[0].commands == set()
    assert len(queries_of(lambda: redemptions_shown(held.member, cast.alpha))) == 1
