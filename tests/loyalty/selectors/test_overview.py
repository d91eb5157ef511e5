"""Figures of a programme, and members against others of the same months."""

from datetime import date, timedelta
from decimal import Decimal

from hotel.reservations.models import Reservation
from loyalty.models import LoyaltyMember
from loyalty.selectors.overview import MonthShown, members_counted, months_of, repeat_stays_at
from loyalty.services.enrolment import member_set_status
from loyalty.services.expiry import points_expire
from tests.cast import TODAY
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make, points_make
from tests.factories.reservations import reservation_make
from tests.loyalty.books import spend_at


def test_active_memberships_and_the_lively_ones(cast):
    program = loyalty_program_make(cast.alpha)
    lively, _, paused = (loyalty_member_make(cast.alpha) for _ in range(3))
    LoyaltyMember.objects.filter(pk=lively.pk).update(active_on=TODAY - timedelta(days=364))
    member_set_status(member=paused, status="suspended")

    assert members_counted(program, TODAY) == (2, 1)


def test_by_month_who_joined_and_what_came_was_spent_and_ended(cast, django_assert_num_queries):
    program = loyalty_program_make(cast.alpha, expiry="term", expiry_months=1)
    member = loyalty_member_make(cast.alpha)
    points_make(member, 1000)
    points_make(member, 300, day=date(2027, 2, 1))
    points_make(member, 5, day=date(2026, 3, 31))
    points_expire(program=program)
    spend_at(cast.alpha, member, 400)

    with django_assert_num_queries(2):
        rows = months_of(program, TODAY)

    assert [row.month for row in rows[::11]] == [date(2026, 4, 1), date(2027, 3, 1)]
    assert rows[10:] == [
        MonthShown(date(2027, 2, 1), 0, 300, 0, 0),
        MonthShown(date(2027, 3, 1), 1, 1000, 400, 305),
    ]


def stayed(place, guest, departure, nights=1):
    row = reservation_make(place, arrival=40, primary_guest=guest)
    arrival = departure - timedelta(days=nights)
    Reservation.objects.filter(pk=row.pk).update(
        status="checked_out", arrival=arrival, policy_arrival=arrival, departure=departure
    )


def test_members_against_others_of_the_same_months(cast, django_assert_num_queries):
    program, first = loyalty_program_make(cast.alpha), date(2025, 9, 10)
    guests = [guest_make(cast.alpha) for _ in range(6)]
    for guest in guests:
        stayed(cast.alpha, guest, first)
    for guest in guests[:3]:
        loyalty_member_make(cast.alpha, guest)
    LoyaltyMember.objects.filter(guest__in=guests[:2]).update(enrolled_on=first)  # the third joined later
    stayed(cast.alpha, guests[0], date(2026, 9, 1))
    stayed(cast.alpha, guests[1], date(2026, 9, 11))  # arrives 365 days after: too late
    stayed(cast.alpha, guests[2], date(2026, 1, 5))
    stayed(cast.alpha, guests[5], date(2024, 1, 1))  # so that of September was not his first

    with django_assert_num_queries(1):
        found = repeat_stays_at(cast.alpha, program)

    assert (found.members, found.others) == (2, 3)
    assert (found.members_rate, found.others_rate) == (Decimal("0.5000"), Decimal("0.3333"))


def test_nothing_is_said_without_a_past(cast):
    assert repeat_stays_at(cast.alpha, loyalty_program_make(cast.alpha)) is None
