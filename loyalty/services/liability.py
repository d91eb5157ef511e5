"""What the books are told of points: their worth each day, and each month who pays whom."""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max, Min

from hotel.contracts.loyalty import LiabilityMeasured, PointsSettled
from hotel.core.facts import publish
from hotel.core.inserts import rows_insert
from hotel.core.locks import lock_rows
from hotel.core.money import quantum
from hotel.core.months import month_end, months_later
from loyalty.domain.liability import settled_amount
from loyalty.models import LiabilitySnapshot, LoyaltyProgram, ProgramProperty, PropertySettlement
from loyalty.selectors.liability import breakage_of, burns_of, liability_now
from loyalty.selectors.terms import today_of

MONTHS_BACK = 12  # that were missed are settled late


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
    """Settle between the hotels of a programme each month that every one of them has left.

    Repeatable: months up to the last one that has rows are left alone, so that one that was missed follows, up to
    ``MONTHS_BACK`` of them. Of each pair there are two rows, whose amounts are opposite.

    Returns:
        How many rows were made.

    Publishes: PointsSettled.

    Locks: the programme.
    """
    (fresh,) = lock_rows(LoyaltyProgram.objects.filter(pk=program.pk))
    months = _months_to_settle(fresh)
    if months is None:
        return 0
    flows = {(month, gave, served): points for month, gave, served, points in burns_of(fresh, *months)}
    sides = sorted({*flows, *((month, served, gave) for month, gave, served in flows)})
    made = [_settlement(fresh, month, mine, other, flows) for month, mine, other in sides]
    rows_insert(made)
    for row in made:
        publish(
            PointsSettled(
                property_id=row.property_id,
                counterpart_id=row.counterpart_id,
                program_id=fresh.pk,
                business_date=month_end(row.month),
                given=row.given,
                served=row.served,
                currency=row.currency,
                amount=row.amount,
            )
        )
    return len(made)


def _settlement(
    program: LoyaltyProgram, month: date, mine: int, other: int, flows: dict[tuple[date, int, int], int]
) -> PropertySettlement:
    """One side of what two hotels settle for a month."""
    given, served = flows.get((month, mine, other), 0), flows.get((month, other, mine), 0)
    return PropertySettlement(
        property_id=mine,
        program=program,
        counterpart_id=other,
        month=month,
        given=given,
        served=served,
        currency=program.currency,
        point_cost=program.point_cost,
        amount=settled_amount(
            given=given, served=served, cost=program.point_cost, minor=quantum(program.currency)
        ),
    )


def _months_to_settle(program: LoyaltyProgram) -> tuple[date, date] | None:
    """First and last day of the months that are to be settled; None when there is none.

    They begin after the last one that has rows, and end with the one before that which the last of the hotels is in.
    """
    houses = ProgramProperty.objects.filter(program=program, left_on=None)
    day = houses.aggregate(day=Min("property__business_date"))["day"]
    if day is None:
        return None
    this_month = min(day, today_of(program)).replace(day=1)
    settled = PropertySettlement.objects.filter(program=program).aggregate(month=Max("month"))["month"]
    first = months_later(this_month, -MONTHS_BACK)
    if settled is not None:
        first = max(first, months_later(settled, 1))
    return (first, this_month - timedelta(days=1)) if first < this_month else None
