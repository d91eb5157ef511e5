"""What rewards cost now, and why; the demand of a night is what the house has sold of it."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

from django.db.models import Sum

from hotel.core.money import quantum
from hotel.core.words import _
from hotel.properties.models import Property
from hotel.rooms.selectors.inventory import night_counts
from loyalty.choices import RewardKind
from loyalty.domain.reward_prices import Priced, RewardPrice, priced
from loyalty.domain.reward_terms import season_of, seasons_read, steps_read, tiers_read
from loyalty.models import LoyaltyTier, ProgramProperty, Reward, RewardRedemption

OF_DAYS = (RewardKind.FREE_NIGHT, RewardKind.UPGRADE)


def reward_terms(reward: Reward) -> RewardPrice:
    """How it is priced."""
    return RewardPrice(
        base=reward.base,
        floor=reward.floor,
        ceiling=reward.ceiling,
        demand=steps_read("demand_steps", reward.demand_steps),
        stock=steps_read("stock_steps", reward.stock_steps),
        to=reward.step,
    )


def sold_share(place: Property, first: date, past: date) -> Decimal:
    """The share of rooms sold in the dearest of the nights [first, past); 0 for nights that are not open. One query."""
    houses = [count for count in night_counts(place.pk, first, past, []) if count.room_type_id is None]
    shares = [
        Decimal(count.sold) / rooms if (rooms := count.capacity - count.out_of_order) > 0 else Decimal(1)
        for count in houses
    ]
    return max(shares, default=Decimal(0))


def taken_of(reward: Reward) -> int:
    """How many of a reward are held, confirmed or used."""
    rows = RewardRedemption.objects.filter(reward=reward).taking()
    return rows.aggregate(Sum("quantity"))["quantity__sum"] or 0


def reward_priced(
    reward: Reward,
    *,
    place: Property,
    tier: LoyaltyTier | None = None,
    first_day: date | None = None,
    past_day: date | None = None,
) -> Priced:
    """What one of a reward costs at a hotel now, with the way to it.

    Args:
        reward: free nights and upgrades are priced by the demand of their dearest night.
        tier: of the member; None prices for nobody in particular.
        first_day, past_day: the days it is for, [first, past); the business date when None.
    """
    first = first_day or place.business_date
    past = past_day or first + timedelta(days=1)
    is_by_demand = reward.kind in OF_DAYS and bool(reward.demand_steps)
    is_by_stock = bool(reward.stock) and bool(reward.stock_steps)
    factors = tiers_read(reward.tier_factors)
    return priced(
        reward_terms(reward),
        sold=sold_share(place, first, past) if is_by_demand else None,
        gone=Decimal(taken_of(reward)) / (reward.stock or 1) if is_by_stock else None,
        season=season_of(seasons_read(reward.seasons), first),
        tier=(tier.name, factors[tier.code]) if tier is not None and tier.code in factors else None,
    )


@dataclass(frozen=True)
class Cost:
    """What is given for some of a reward: points, and money for those not given.

    Attributes:
        points: above zero.
        cash: in the hotel's currency, rounded to what it has.
    """

    points: int
    cash: Decimal


def cost_of(reward: Reward, house: ProgramProperty, *, whole: int, points: int | None) -> Cost:
    """Points and money for a price.

    Args:
        house: whose currency the money is in.
        whole: points when all is paid with points.
        points: how many of them the member gives; all when None.

    Raises:
        ValueError: fewer than the reward asks for, or more than the price.
    """
    least = int((Decimal(whole) * (100 - reward.cash_percent) / 100).to_integral_value(ROUND_CEILING))
    given = whole if points is None else points
    if not max(least, 1) <= given <= whole:
        raise ValueError(_("Give %(least)s to %(whole)s points.") % {"least": least, "whole": whole})
    exact = (whole - given) * reward.cash_per_point / house.currency_rate
    return Cost(given, exact.quantize(quantum(str(house.property.currency)), rounding=ROUND_HALF_UP))
