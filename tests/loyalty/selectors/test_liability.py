"""What outstanding points are worth, by the hotel that gave them, and who served whose."""

from datetime import date, timedelta
from decimal import Decimal

from loyalty.choices import MemberStatus
from loyalty.domain.liability import Liability
from loyalty.selectors.liability import breakage_of, burns_of, liability_now
from loyalty.services.enrolment import member_set_status
from loyalty.services.expiry import points_expire
from tests.cast import TODAY
from tests.factories.loyalty import loyalty_member_make, points_make
from tests.loyalty.books import give_back_at, program_of_two, spend_at

YEAR, MARCH = (date(2027, 1, 1), date(2027, 12, 31)), date(2027, 3, 1)


def test_by_hotel_usable_and_pending_apart(cast, django_assert_num_queries):
    program = program_of_two(cast)
    here, there = loyalty_member_make(cast.alpha), loyalty_member_make(cast.beta)
    points_make(here, 1000)
    points_make(here, 500, usable_from=TODAY + timedelta(days=1))
    points_make(there, 301)
    spend_at(cast.beta, here, 200)

    with django_assert_num_queries(4):
        rows = liability_now(program)

    assert [(row.property_id, row.usable, row.pending, row.worth) for row in rows] == [
        (cast.alpha.pk, 800, 500, Liability(1300, Decimal("6.50"), Decimal("0.00"), Decimal("6.50"))),
        (cast.beta.pk, 301, 0, Liability(301, Decimal("1.51"), Decimal("0.00"), Decimal("1.51"))),
    ]


def test_what_is_over_or_of_a_closed_membership_is_nothing(cast):
    program = program_of_two(cast, expiry="term", expiry_months=12)
    member, gone = loyalty_member_make(cast.alpha), loyalty_member_make(cast.alpha)
    points_make(member, 70, day=date(2026, 3, 13))  # ended yesterday, not booked out yet
    points_make(member, 30, day=date(2026, 3, 14))  # today is its last day
    points_make(gone, 1000)
    member_set_status(member=gone, status=MemberStatus.CLOSED)

    assert [row.usable for row in liability_now(program)] == [30, 0]


def test_breakage_is_what_ended_of_what_is_over(cast):
    program = program_of_two(cast, expiry="term", expiry_months=12)
    assert breakage_of(program) == 0
    member = loyalty_member_make(cast.alpha)
    points_make(member, 300, day=date(2026, 3, 1))
    points_make(member, 100, day=TODAY)
    points_expire(program=program)
    spend_at(cast.alpha, member, 100)
    points_make(member, 5000)  # still there: says nothing

    assert breakage_of(program) == Decimal("0.7500")
    assert liability_now(program)[0].worth == Liability(
        5000, Decimal("25.00"), Decimal("18.75"), Decimal("6.25")
    )

    program.breakage_rate = Decimal("0.1")
    assert breakage_of(program) == Decimal("0.1")


def test_who_gave_and_who_served(cast):
    program = program_of_two(cast)
    member = loyalty_member_make(cast.alpha)
    points_make(member, 1000)
    spent = spend_at(cast.beta, member, 600)
    spend_at(cast.alpha, member, 100)  # at home: nothing to settle
    assert burns_of(program, *YEAR) == [(MARCH, cast.alpha.pk, cast.beta.pk, 600)]

    give_back_at(cast.beta, member, spent, 150)
    assert burns_of(program, *YEAR) == [(MARCH, cast.alpha.pk, cast.beta.pk, 450)]
    assert burns_of(program, TODAY + timedelta(days=1), YEAR[1]) == []
