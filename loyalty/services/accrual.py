"""What stays earn: given at check-out, corrected whenever something of the stay changes afterwards."""

from datetime import timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum

from hotel.contracts.loyalty import PointsAwarded
from hotel.core.facts import publish
from hotel.reservations.choices import ReservationStatus
from hotel.reservations.models import Reservation
from loyalty.choices import PointKind
from loyalty.domain.accrual import Earning, StayEarned, difference, earnings
from loyalty.models import (
    LoyaltyMember,
    PointLot,
    PointTransaction,
    StayAccrual,
    TierCredit,
)
from loyalty.selectors.balances import lot_of_member
from loyalty.selectors.stays import house_on, member_of, stay_earned
from loyalty.selectors.terms import earning_rules
from loyalty.services.campaigns import bonus_note, bonus_of
from loyalty.services.challenges import challenges_settle
from loyalty.services.points import (
    PointEvent,
    activity_note,
    members_locked,
    points_claw_back,
    points_give,
)
from loyalty.services.referrals import referral_settle, referrer_id_of
from loyalty.services.tiers import member_review

SOURCE = "stay"


@transaction.atomic
def stay_settle(*, reservation_id: int) -> StayAccrual | None:
    """Have a member's points and tier credits be what his stay has earned as it stands now. Repeatable.

    What was booked so far is compared with what the rules of the day of departure give, rule by rule; the difference
    is booked. So it does not matter how often, or in which order, somebody tells of the stay.

    Returns:
        The accrual; None when nobody earns by the stay.

    Publishes: PointsAwarded, TierChanged, ChallengeMoved.

    Locks: the member and who brought him, then the campaigns that the stay takes part in.
    """
    accrual, referrer = _accrual(_stay(reservation_id))
    if accrual is None:
        return None
    reservation = _stay(reservation_id)  # as it is now that nobody else settles it
    member = accrual.member
    stay = stay_earned(reservation, accrual)
    is_over = reservation.status == ReservationStatus.CHECKED_OUT  # back in house: nothing earned yet
    found = earnings(earning_rules(member.program, accrual.departure), stay) if is_over else []
    bonus = bonus_of(accrual, reservation, stay if is_over else None, found)
    found += bonus.found
    moved = {
        earning.rule_id: _booked(reservation, accrual, earning, by)
        for earning, by in _differences(accrual, found)
    }
    bonus_note(bonus, moved)
    points = sum(moved.values())
    referral_settle(accrual=accrual, nights=stay.nights if is_over else 0, referrer=referrer)
    _credit(accrual, stay, qualifying=sum(one.points for one in found if one.is_qualifying))
    if stay.nights:
        activity_note(member, accrual.departure)
    member_review(member=member, property_id=accrual.property_id, day=accrual.departure)
    challenges_settle(member, day=accrual.departure)
    if points:
        publish(
            PointsAwarded(
                property_id=accrual.property_id,
                member_id=member.pk,
                guest_id=member.guest_id,
                program_id=member.program_id,
                points=points,
                reservation_id=reservation.pk,
                business_date=reservation.property.business_date,
            )
        )
    return accrual


def _stay(reservation_id: int) -> Reservation:
    parts = Reservation.objects.select_related("property", "booking", "rate_plan", "room_type")
    return parts.get(pk=reservation_id)


def _accrual(reservation: Reservation) -> tuple[StayAccrual | None, LoyaltyMember | None]:
    """That of a stay, its member locked, and who brought him; begun when the stay is over for the first time."""
    known = StayAccrual.objects.filter(reservation=reservation).first()
    if known is not None:
        known.member, referrer = _locked(known.member_id)
        return known, referrer
    house = house_on(reservation) if reservation.status == ReservationStatus.CHECKED_OUT else None
    found = member_of(reservation, house) if house else None
    if house is None or found is None:
        return None, None
    member, referrer = _locked(found.pk)
    begun, _ = StayAccrual.objects.get_or_create(
        reservation=reservation,
        defaults={
            "member": member,
            "property_id": reservation.property_id,
            "departure": reservation.departure,
            "tier_code": member.tier.code,
            "stay_number": StayAccrual.objects.filter(member=member).count() + 1,
            "currency_rate": house.currency_rate,
        },
    )
    begun.member = member
    return begun, referrer


def _locked(member_id: int) -> tuple[LoyaltyMember, LoyaltyMember | None]:
    """A member and who brought him, both locked in order of their ids."""
    other = referrer_id_of(member_id)
    found = members_locked(member_id, other or member_id)
    return found[member_id], found[other] if other else None


def _differences(accrual: StayAccrual, found: list[Earning]) -> list[tuple[Earning, int]]:
    """Each earning that is not booked as it should be, and the points more or (below zero) fewer."""
    sums = PointTransaction.objects.filter(accrual=accrual, source=SOURCE).order_by().values_list("rule_id")
    booked = dict(sums.annotate(Sum("points")))
    before = [Earning(rule_id, points, False, "") for rule_id, points in booked.items()]
    by_rule = {earning.rule_id: earning for earning in found}
    return [
        (by_rule.get(rule_id) or Earning(rule_id, 0, False, "no longer earned"), points)
        for rule_id, points in difference(before, found).items()
    ]


def _booked(reservation: Reservation, accrual: StayAccrual, earning: Earning, points: int) -> int:
    earlier = PointTransaction.objects.filter(accrual=accrual, source=SOURCE, rule_id=earning.rule_id)
    nth = earlier.count() + 1
    event = PointEvent(
        member=accrual.member,
        property_id=accrual.property_id,
        day=accrual.departure,
        kind=PointKind.STAY,
        because=f"{reservation.number}: {earning.because}",
        accrual=accrual,
        rule_id=earning.rule_id,
        source=SOURCE,
        source_key=f"{reservation.pk}:{earning.rule_id}:{nth}",
    )
    if points > 0:
        pending = timedelta(days=accrual.member.program.pending_days)
        points_give(event, points, usable_from=accrual.departure + pending)
    else:
        lots = PointLot.objects.filter(transaction__in=earlier).order_by("pk").values_list("pk", flat=True)
        points_claw_back(event, -points, lot_id=lot_of_member(lots.first(), accrual.member_id))
    return points


def _credit(accrual: StayAccrual, stay: StayEarned, *, qualifying: int) -> None:
    """What the stay counts for the tier, less what it counted so far."""
    is_counted = stay.nights > 0
    wanted: dict[str, Decimal | int] = {
        "nights": stay.nights,
        "stays": int(is_counted),
        "points": qualifying,
        "spend": sum(stay.spend.values(), Decimal(0)),
    }
    so_far = TierCredit.objects.filter(accrual=accrual).aggregate(**{name: Sum(name) for name in wanted})
    more = {name: value - (so_far[name] or 0) for name, value in wanted.items()}
    if any(more.values()):
        TierCredit.objects.create(
            member=accrual.member,
            property_id=accrual.property_id,
            accrual=accrual,
            day=accrual.departure,
            **more,
        )
