"""The demo's rewards and what members have redeemed."""

from loyalty.domain.reward_words import price_in_words
from loyalty.models import Reward, RewardRedemption
from loyalty.selectors.balances import member_balance
from loyalty.selectors.rewards import reward_terms
from loyalty.services.demo_rewards import demo_rewards_seed
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_tier_make, points_make
from tests.factories.reservations import house_make


def test_a_catalogue_whose_prices_move_and_redemptions_in_each_state(cast):
    house_make(cast.alpha)
    loyalty_tier_make(cast.alpha)
    loyalty_tier_make(cast.alpha, level=2, code="gold", name="Gold")
    members = [loyalty_member_make(cast.alpha) for _ in range(3)]
    for member, points in zip(members, (3150, 3150, 420), strict=True):
        points_make(member, points)

    demo_rewards_seed(place=cast.alpha)

    assert list(Reward.objects.order_by("pk").values_list("code", flat=True)) == [
        "NIGHT", "UPGRADE", "BREAKFAST", "SPA", "WINE",
    ]  # fmt: skip
    assert price_in_words(reward_terms(Reward.objects.get(code="UPGRADE"))) == (
        "1,000 points; from 60 % of rooms sold × 1.25; from 85 % of rooms sold × 1.6; in steps of 50; "
        "at least 800 and at most 2,000."
    )
    rows = RewardRedemption.objects.order_by("pk")
    assert list(rows.values_list("reward__code", "status", "points", "returned")) == [
        ("WINE", "held", 750, 0),
        ("BREAKFAST", "fulfilled", 400, 0),
        ("UPGRADE", "confirmed", 1000, 0),
        ("BREAKFAST", "cancelled", 400, 300),
        ("UPGRADE", "refunded", 1000, 1000),
    ]
    assert [member_balance(row, TODAY).usable for row in members] == [1000, 3050, 420]
