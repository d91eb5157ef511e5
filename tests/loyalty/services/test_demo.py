"""The demo's programme."""

from decimal import Decimal

from loyalty.models import (
    BonusCampaign,
    EarningRule,
    LoyaltyMember,
    LoyaltyProgram,
    LoyaltyTier,
    PartnerAccrual,
    PointAdjustment,
    PointPool,
    ReferralRule,
)
from loyalty.selectors.balances import member_balance
from loyalty.selectors.campaigns import campaign_in_words
from loyalty.selectors.pools import pool_balance
from loyalty.services import demo
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.loyalty import Visit


def test_both_houses_take_part_and_their_guests_bring_points_along(cast, monkeypatch):
    monkeypatch.setattr(demo, "demo_places", lambda: [cast.alpha, cast.beta])
    monkeypatch.setattr(demo, "demo_rewards_seed", lambda *, place: None)  # its test is test_demo_rewards
    for _ in range(4):
        Visit(cast.alpha, guest_make(cast.alpha))
    Visit(cast.beta, guest_make(cast.beta))
    said: list[str] = []
    demo.demo_seed(say=said.append)
    demo.demo_seed(say=said.append)

    assert said == ["ALPHA: 4 members of Lindenhof Circle", "BETA: 1 members of Lindenhof Circle"]
    program = LoyaltyProgram.objects.get()
    assert {house.property.code: str(house.currency_rate) for house in program.houses.all()} == {
        "ALPHA": "1.000000000",
        "BETA": "0.006100000",
    }
    assert list(LoyaltyTier.objects.values_list("name", flat=True)) == ["Member", "Silver", "Gold"]
    assert EarningRule.objects.count() == 4
    assert campaign_in_words(BonusCampaign.objects.get()) == (
        "Stays from 2026-11-01 to 2027-03-31, of members who registered, at most 3 times a member, 500000 points in all, "
        "0 of them given: 500 points for each night, rounded down; does not count for the tier."
    )
    assert ReferralRule.objects.get().referrer_points == 1500
    flown = PartnerAccrual.objects.order_by("pk").values_list("reference", "points", "value")
    assert list(flown) == [("AIR-ALPHA", 410, Decimal("2.46")), ("AIR-BETA", 410, Decimal("2.46"))]
    members = LoyaltyMember.objects.order_by("pk")
    assert [member_balance(member, TODAY).usable for member in members] == [830, 3150, 780, 0, 830]
    assert PointAdjustment.objects.get(status="waiting").points == 12600
    (pool,) = PointPool.objects.all()
    seats = pool.members.order_by("pk")
    assert [(seat.member, seat.consent) for seat in seats] == [
        (members[0], "Opened the pool"), (members[1], "Signed at the desk"),
    ]  # fmt: skip
    assert (pool.name, pool_balance(pool).open) == (members[0].guest.last_name, 664 + 2520)
