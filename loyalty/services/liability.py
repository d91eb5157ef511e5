"""What the books are told of points: their worth each day, and each month who pays whom."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Min

from hotel.contracts.loyalty import LiabilityMeasured, PointsSettled
from hotel.core.facts import publish
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.core.money import quantum
from hotel.core.months import month_end
from loyalty.domain.liability import settled_amount
from loyalty.models import LiabilitySnapshot, LoyaltyProgram, ProgramProperty, PropertySettlement
from loyalty.selectors.liability import breakage_of, burns_of, liability_now
from loyalty.selectors.terms import today_of


@transaction.atomic
def snapshots_make(*, program: LoyaltyProgram) -> int:
    """Write down what each hotel's outstanding points are worth today, once a day of the programme's zone.

    Repeatable. A fixed number of statements, and one fact for each hotel.

    Returns:
        How many were made; 0 when the day has its snapshots.

    Publishes: LiabilityMeasured.

    Locks: the programme.
    """
    (fresh,) = lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    day = today_of(fresh)
    known = LiabilitySnapshot.objects.filter(program=fresh)
    if known.filter(day=day).exists():
        return 0
    latest = known.order_by("property_id", "-day").distinct("property_id")
    before = dict(latest.values_list("property_id", "net"))
    rate = breakage_of(fresh)
    made = [
        LiabilitySnapshot(
            property_id=house.property_id,
            program=fresh,
            day=day,
            usable=house.usable,
            pending=house.pending,
            currency=fresh.currency,
            point_cost=fresh.point_cost,
            breakage_rate=rate,
            gross=house.worth.gross,
            breakage=house.worth.breakage,
            net=house.worth.net,
            moved=house.worth.net - before.get(house.property_id, Decimal(0)),
        )
        for house in liability_now(fresh, day)
    ]
    rows_insert(made)
    for row in made:
        publish(
            LiabilityMeasured(
                property_id=row.property_id,
                program_id=fresh.pk,
                business_date=day,
                points=row.usable + row.pending,
                currency=row.currency,
                gross=row.gross,
                breakage=row.breakage,
                net=row.net,
                moved=row.moved,
            )
        )
    return len(made)


@transaction.atomic
def settlements_make(*, program: LoyaltyProgram) -> int:
    """Settle the last month between the hotels of a programme, once every one of them has left it.

    Repeatable: a month that has its rows is left alone. Of each pair there are two rows, whose amounts are opposite.

    Returns:
        How many rows were made.

    Publishes: PointsSettled.

    Locks: the programme.
    """
    (fresh,) = lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    month = _month_to_settle(fresh)
    if month is None or PropertySettlement.objects.filter(program=fresh, month=month).exists():
        return 0
    flows = {(gave, served): points for gave, served, points in burns_of(fresh, month, month_end(month))}
    sides = sorted({*flows, *((served, gave) for gave, served in flows)})
    made = [
        PropertySettlement(
            property_id=mine,
            program=fresh,
            counterpart_id=other,
            month=month,
            given=flows.get((mine, other), 0),
            served=flows.get((other, mine), 0),
            currency=fresh.currency,
            point_cost=fresh.point_cost,
            amount=settled_amount(
                given=flows.get((mine, other), 0),
                served=flows.get((other, mine), 0),
                cost=fresh.point_cost,
                minor=quantum(fresh.currency),
            ),
        )
        for mine, other in sides
    ]
    rows_insert(made)
    for row in made:
        publish(
            PointsSettled(
                property_id=row.property_id,
                counterpart_id=row.counterpart_id,
                program_id=fresh.pk,
                business_date=month_end(month),
                given=row.given,
                served=row.served,
                currency=row.currency,
                amount=row.amount,
            )
        )
    return len(made)


def _month_to_settle(program: LoyaltyProgram) -> date | None:
    """The first day of the month before the one that the last of the hotels is in; None before there is one."""
    houses = ProgramProperty.objects.filter(program=program, left_on=None)
    day = houses.aggregate(day=Min("property__business_date"))["day"]
    if day is None:
        return None
    return (min(day, today_of(program)).replace(day=1) - timedelta(days=1)).replace(day=1)
