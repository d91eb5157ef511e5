"""Which campaigns a stay takes part in, and how they read."""

from django.db.models import Q, Sum

from hotel.reservations.models import Reservation
from loyalty.domain import campaigns, wording
from loyalty.models import (
    BonusCampaign,
    CampaignRegistration,
    EarningRule,
    PointTransaction,
    StayAccrual,
)
from loyalty.selectors.terms import earning_rule


def campaigns_of(accrual: StayAccrual, reservation: Reservation) -> list[int]:
    """The ids of the campaigns whose days a stay lies within, or that it has points of. One query."""
    given = PointTransaction.objects.filter(accrual=accrual, rule__campaign__isnull=False)
    rows = BonusCampaign.objects.filter(program_id=accrual.member.program_id).filter(
        Q(stay_from__lte=reservation.arrival, stay_until__gte=reservation.departure)
        | Q(pk__in=given.values("rule__campaign"))
    )
    return list(rows.order_by("pk").values_list("pk", flat=True))


def campaign_of(row: BonusCampaign) -> campaigns.Campaign:
    """A campaign as the rules of the domain read it."""
    return campaigns.Campaign(
        name=row.name,
        stay_from=row.stay_from,
        stay_until=row.stay_until,
        booked_from=row.booked_from,
        booked_until=row.booked_until,
        needs_registration=row.needs_registration,
        times=row.times,
        budget=row.budget,
        given=row.given,
    )


def campaign_stay(
    row: BonusCampaign, accrual: StayAccrual, reservation: Reservation
) -> campaigns.CampaignStay:
    """A stay as a campaign sees it. Three queries."""
    registered = CampaignRegistration.objects.filter(campaign=row, member=accrual.member_id)
    booked = PointTransaction.objects.filter(rule__campaign=row, accrual__member=accrual.member_id)
    by_stay = dict(booked.order_by().values_list("accrual_id").annotate(Sum("points")))
    own = by_stay.pop(accrual.pk, 0)
    return campaigns.CampaignStay(
        booked_on=reservation.booked_on,
        arrival=reservation.arrival,
        departure=accrual.departure,
        registered_on=registered.values_list("on", flat=True).first(),
        times_before=sum(points > 0 for points in by_stay.values()),
        own=own,
    )


def campaign_in_words(row: BonusCampaign) -> str:
    """What a campaign says, with its rules as they are now. One query."""
    rules = EarningRule.objects.filter(campaign=row, valid_until=None).order_by("code")
    said = [wording.in_words(earning_rule(rule), row.program.currency) for rule in rules]
    return campaigns.in_words(campaign_of(row), said)
