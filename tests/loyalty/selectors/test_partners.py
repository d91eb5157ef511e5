"""What partners posted: within the caps of a member, and month by month."""

from datetime import date
from decimal import Decimal

from loyalty.selectors.partners import MonthOwed, months_open, room_of
from loyalty.services.partners import partner_reverse
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, loyalty_partner_make, partner_accrual_make
from tests.loyalty.services.test_merges import merge


def post(taxi, member, reference, **over):
    return partner_accrual_make(
        taxi.property, partner=taxi, number=member.number, reference=reference, **over
    )


def test_room_is_of_the_month_and_of_the_year_and_of_one_member(cast, member):
    taxi = loyalty_partner_make(cast.alpha, month_cap=250, year_cap=320)
    post(taxi, member, "a")
    post(taxi, member, "b", earned_on=date(2027, 2, 28))
    post(taxi, member, "c", earned_on=date(2026, 12, 31))
    assert room_of(taxi, member, TODAY) == 120
    assert room_of(taxi, member, date(2027, 2, 1)) == 120
    assert room_of(taxi, member, date(2026, 12, 1)) == 150
    assert room_of(taxi, loyalty_member_make(cast.alpha), TODAY) == 250
    partner_reverse(partner=taxi, reference="a", actor=None)
    assert room_of(taxi, member, TODAY) == 220


def test_who_was_merged_into_him_counts_with_him(cast, member):
    taxi = loyalty_partner_make(cast.alpha, month_cap=250)
    other = loyalty_member_make(cast.alpha)
    post(taxi, other, "a")
    merge((member, other))
    assert room_of(taxi, member, TODAY) == 150


def test_months_are_those_of_the_booking_before_a_day_without_a_statement(cast, member):
    taxi = loyalty_partner_make(cast.alpha)
    post(taxi, member, "a", earned_on=date(2027, 2, 28))
    post(taxi, member, "b", amount=Decimal("20.3"))
    partner_reverse(partner=taxi, reference="a", actor=None)
    assert months_open(taxi, date(2027, 3, 1)) == {}
    assert months_open(taxi, date(2027, 4, 1)) == {date(2027, 3, 1): MonthOwed(140, 100, Decimal("0.2"))}
