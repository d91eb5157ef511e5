"""The demo's rewards: a catalogue at prices that move, and redemptions in each state."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from hotel.properties.models import Property
from loyalty.models import LoyaltyMember, LoyaltyProgram, Reward, RewardRedemption
from loyalty.selectors.balances import member_balance
from loyalty.selectors.terms import today_of
from loyalty.services.redemptions import (
    RedemptionAsked,
    redemption_cancel,
    redemption_confirm,
    redemption_fulfil,
    redemption_hold,
    redemption_refund,
)
from loyalty.services.rewards import reward_create

DEMAND = [{"from": "0.6", "factor": "1.25"}, {"from": "0.85", "factor": "1.6"}]
NEW_YEAR = {"name": "new year", "first": "12-27", "last": "01-06", "factor": "1.5"}
REWARDS: tuple[dict[str, Any], ...] = (
    {
        "code": "NIGHT", "name": "Free night", "kind": "free_night", "base": 8000, "floor": 6000, "ceiling": 15_000,
        "step": 100, "demand_steps": DEMAND, "seasons": [NEW_YEAR], "tier_factors": {"gold": "0.9"},
        "settlement_rate": 60, "penalty_percent": 20, "free_cancel_days": 2, "hold_minutes": 1440,
    },
    {
        "code": "UPGRADE", "name": "Room upgrade", "kind": "upgrade", "base": 1000, "floor": 800, "ceiling": 2000,
        "step": 50, "demand_steps": DEMAND, "settlement_rate": 15,
    },
    {
        "code": "BREAKFAST", "name": "Breakfast for one", "kind": "service", "base": 400, "floor": 400, "ceiling": 400,
        "settlement_rate": 9, "penalty_percent": 25,
    },
    {
        "code": "SPA", "name": "Spa voucher", "kind": "voucher", "base": 2500, "floor": 2000, "ceiling": 3500,
        "seasons": [NEW_YEAR], "cash_percent": 40, "cash_per_point": "0.01", "settlement_rate": 25,
    },
    {
        "code": "WINE", "name": "Bottle of Veltliner", "kind": "service", "base": 750, "floor": 600, "ceiling": 1200,
        "stock": 60, "stock_steps": [{"from": "0.5", "factor": "1.2"}],
        "tier_factors": {"silver": "0.9", "gold": "0.8"}, "settlement_rate": 8, "hold_minutes": 4320,
    },
)  # fmt: skip
Step = Callable[[RewardRedemption], RewardRedemption]
STEPS: Mapping[str, Step] = {
    "confirm": lambda row: redemption_confirm(redemption=row, actor=None),
    "fulfil": lambda row: redemption_fulfil(redemption=row),
    "cancel": lambda row: redemption_cancel(redemption=row, actor=None, reason="Changed his mind"),
    "refund": lambda row: redemption_refund(redemption=row, actor=None, reason="The room was too loud"),
}
# Of members with points, in turns: what each redeemed, and what became of it.
REDEEMED = (
    (("WINE", ()), ("BREAKFAST", ("confirm", "fulfil")), ("UPGRADE", ("confirm",))),
    (("BREAKFAST", ("confirm", "cancel")), ("UPGRADE", ("confirm", "refund"))),
)
ENOUGH = 3000  # points of a member who redeems


@transaction.atomic
def demo_rewards_seed(*, place: Property) -> None:
    """The catalogue of a hotel's programme, if it has none, and what its members with enough points have redeemed."""
    program = LoyaltyProgram.objects.at_any([place.pk]).get()
    if not Reward.objects.filter(program=program).exists():
        for values in REWARDS:
            reward_create(program=program, values=values)
    rewards = {row.code: row for row in Reward.objects.filter(program=program)}
    members = (
        LoyaltyMember.objects.filter(program=program, home=place).select_related("program").order_by("pk")
    )
    rich = [row for row in members if member_balance(row, today_of(program)).usable >= ENOUGH]
    for nth, member in enumerate(rich):
        for code, steps in REDEEMED[nth % len(REDEEMED)]:
            asked = RedemptionAsked(member=member, reward=rewards[code], place=place)
            row = redemption_hold(asked=asked, actor=None)
            for step in steps:
                row = STEPS[step](row)
