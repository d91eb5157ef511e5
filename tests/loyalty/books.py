"""A programme of two hotels, and a member who earns at one and spends at the other."""

from decimal import Decimal

from loyalty.choices import PointKind
from loyalty.models import LoyaltyProgram, PointTransaction
from loyalty.services.points import PointEvent, member_locked, points_give_back, points_spend
from loyalty.services.programs import house_join
from tests.factories.loyalty import BEGAN, loyalty_program_make


def program_of_two(cast, **over) -> LoyaltyProgram:
    """Alpha and Beta, a point costing half a cent."""
    program = loyalty_program_make(cast.alpha, point_cost=Decimal("0.005"), **over)
    house_join(program=program, place=cast.beta, joined_on=BEGAN, currency_rate=Decimal("0.0061"))
    return program


def event(member, place, kind, **over) -> PointEvent:
    """Why points move at a hotel on its business date."""
    values = {"day": place.business_date, "because": "A night", **over}
    return PointEvent(member=member_locked(member.pk), property_id=place.pk, kind=kind, **values)


def spend_at(place, member, points, **over) -> PointTransaction:
    """Points spent on something that a hotel serves."""
    return points_spend(event(member, place, PointKind.REDEMPTION, **over), points, on=place.business_date)


def give_back_at(place, member, spent, points, **over) -> PointTransaction:
    """Points given back by the hotel that served."""
    return points_give_back(event(member, place, PointKind.GIVEN_BACK, **over), spent, points)
