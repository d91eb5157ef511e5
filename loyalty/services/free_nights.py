"""Free nights follow their stay: what it has no more goes back by the rules of the reward."""

from decimal import ROUND_HALF_UP

from django.db import transaction

from hotel.accounts.models import User
from hotel.contracts.loyalty import RedemptionReduced
from hotel.core.facts import publish
from hotel.core.money import quantum
from loyalty.choices import RedemptionStatus, RewardKind
from loyalty.domain.redemptions import NightsLeft, nights_left
from loyalty.models import LoyaltyMember, RewardRedemption
from loyalty.models.rewards import UNUSED
from loyalty.services.redemptions import (
    penalty_on,
    redemption_cancel,
    redemption_fresh,
    redemption_points_back,
)


@transaction.atomic
def free_nights_of_stay_fit(*, reservation_id: int) -> None:
    """Have the free nights of a stay be nights that it has. Repeatable.

    One of which the stay has no night left is cancelled. What was used stays.

    Publishes: RedemptionReduced or RedemptionUndone, of each that was confirmed.

    Locks: the member and who goes on for him, the redemptions.
    """
    rows = RewardRedemption.objects.filter(reservation_id=reservation_id, kind=RewardKind.FREE_NIGHT)
    for row in rows.filter(status__in=UNUSED).order_by("pk"):
        line, fresh = redemption_fresh(row)
        if fresh.status in UNUSED and not nights_fit(line, fresh, actor=None):
            redemption_cancel(redemption=fresh, actor=None, reason="The stay was moved")


def nights_fit(line: list[LoyaltyMember], redemption: RewardRedemption, *, actor: User | None) -> bool:
    """Give back the free nights that the stay has no more; False when it has none of them, which changes nothing.

    A confirmed redemption pays the penalty of its reward on the points of what is lost, as if that were cancelled.

    Args:
        line: of its member, locked.
        redemption: of free nights, held or confirmed, locked.

    Publishes: RedemptionReduced, when some are lost and it was confirmed.
    """
    left = _left(redemption)
    if left is None or left.nights == left.of:
        return left is not None
    back = left.points
    if redemption.status == RedemptionStatus.CONFIRMED:
        back -= penalty_on(redemption, left.points, left.lost_from)
    redemption_points_back(line, redemption, back, because="nights that the stay has no more", actor=actor)
    currencies = str(redemption.property.currency), redemption.reward.program.currency
    redemption.cash, redemption.value = (
        (amount * left.nights / left.of).quantize(quantum(currency), rounding=ROUND_HALF_UP)
        for amount, currency in zip((redemption.cash, redemption.value), currencies, strict=True)
    )
    redemption.first_day, redemption.past_day = left.first_day, left.past_day
    redemption.quantity = left.nights
    redemption.save(
        update_fields=["first_day", "past_day", "quantity", "cash", "value", "returned", "updated_at"]
    )
    if redemption.status == RedemptionStatus.CONFIRMED:
        publish(
            RedemptionReduced(
                property_id=redemption.property_id,
                member_id=redemption.member_id,
                guest_id=line[0].guest_id,
                program_id=redemption.reward.program_id,
                redemption_id=redemption.pk,
                nights=left.nights,
                returned=back,
                value=redemption.value,
                business_date=redemption.property.business_date,
            )
        )
    return True


def _left(redemption: RewardRedemption) -> NightsLeft | None:
    stay, first, past = redemption.reservation, redemption.first_day, redemption.past_day
    if stay is None or first is None or past is None:
        raise ValueError("Free nights are nights of a stay.")
    return nights_left(
        first, past, arrival=stay.arrival, departure=stay.departure, points=redemption.points_out()
    )
