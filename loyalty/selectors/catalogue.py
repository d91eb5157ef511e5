"""What a member may have for his points now, and what he has had."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hotel.properties.models import Property
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from loyalty.choices import MemberStatus
from loyalty.domain.reward_prices import Priced
from loyalty.models import LoyaltyMember, Reward, RewardRedemption
from loyalty.selectors.redemptions import redemption_actions
from loyalty.selectors.rewards import reward_priced
from loyalty.selectors.vouchers import is_printable

COMING = (ReservationStatus.CONFIRMED, ReservationStatus.IN_HOUSE)
MOST_REWARDS, MOST_REDEMPTIONS = 30, 20


@dataclass(frozen=True)
class RewardOffered:
    """A reward at today's price for a member; of free nights that of one, tonight."""

    reward: Reward
    price: Priced


def rewards_offered(member: LoyaltyMember, place: Property) -> list[RewardOffered]:
    """What a hotel has today for members of his tier, the cheapest first; one query, and one or two for each price.

    Args:
        member: with tier and programme; who neither earns nor spends is offered nothing.
    """
    if member.status != MemberStatus.ACTIVE:
        return []
    rows = Reward.objects.on(place.business_date).filter(program_id=member.program_id)
    rows = rows.filter(Q(hotels=[]) | Q(hotels__contains=[place.code]))
    rows = rows.filter(Q(min_tier=None) | Q(min_tier__level__lte=member.tier.level)).order_by("base", "pk")
    found = [
        RewardOffered(reward, reward_priced(reward, place=place, tier=member.tier))
        for reward in rows[:MOST_REWARDS]
    ]
    return sorted(found, key=lambda one: one.price.points)


def stays_open(member: LoyaltyMember, place: Property) -> QuerySet[Reservation]:
    """Stays of a member at a hotel that rewards may be redeemed for, those in house first."""
    rows = Reservation.objects.at(place.pk).filter(primary_guest_id=member.guest_id, status__in=COMING)
    return rows.order_by("arrival", "pk")


@dataclass(frozen=True)
class RedemptionShown:
    """A redemption, the names of the commands that may be given now, and whether its voucher may be printed."""

    row: RewardRedemption
    commands: frozenset[str]
    is_printable: bool


def redemptions_shown(member: LoyaltyMember, place: Property) -> list[RedemptionShown]:
    """What a member redeemed, the newest first; commands are given at the hotel that serves it. One query."""
    rows = RewardRedemption.objects.filter(member=member).select_related(
        "reward", "property", "reservation", "voucher"
    )
    return [
        RedemptionShown(
            row, _commands(row) if row.property_id == place.pk else frozenset(), is_printable(row, place)
        )
        for row in rows.order_by("-pk")[:MOST_REDEMPTIONS]
    ]


def _commands(row: RewardRedemption) -> frozenset[str]:
    return frozenset(action.name for action in redemption_actions(row) if action.is_allowed)
