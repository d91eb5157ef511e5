"""Birthdays and anniversaries: once a year, also in years without a 29 February, and made up for."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.choices import MemberStatus
from loyalty.models import LoyaltyMember, PointTransaction
from loyalty.services.celebrations import celebrations_give
from loyalty.services.enrolment import member_set_status
from tests.factories.guests import guest_make
from tests.factories.loyalty import loyalty_member_make, loyalty_program_make


@pytest.fixture
def program(cast):
    return loyalty_program_make(cast.alpha, birthday_points=500)


def born(cast, *day):
    return loyalty_member_make(cast.alpha, guest_make(cast.alpha, birth_date=date(*day)))


def look(program, noon, *at):
    noon.move_to(datetime(*at, tzinfo=UTC))
    program.refresh_from_db()
    return celebrations_give(program=program)


def given():
    rows = PointTransaction.objects.order_by("pk")
    return list(rows.values_list("member_id", "points", "source", "source_key"))


def test_a_birthday_gives_points_once_a_year(cast, program, noon):
    member = born(cast, 1980, 3, 20)
    born(cast, 1980, 3, 21)
    assert look(program, noon, 2027, 3, 19, 12) == 0
    assert (look(program, noon, 2027, 3, 20, 12), look(program, noon, 2027, 3, 20, 13)) == (1, 0)
    booked = PointTransaction.objects.get()
    assert (booked.because, booked.kind, booked.property, booked.points) == (
        "Birthday",
        "bonus",
        cast.alpha,
        500,
    )
    program.celebrated_until = date(2027, 3, 19)  # as if the run had broken off before its end
    program.save()
    assert look(program, noon, 2027, 3, 20, 14) == 0
    program.celebrated_until = date(2028, 3, 19)
    program.save()
    assert look(program, noon, 2028, 3, 20, 12) == 1
    assert given() == [(member.pk, 500, "birthday", "2027"), (member.pk, 500, "birthday", "2028")]


def test_the_day_begins_in_the_programmes_zone(cast, program, noon):
    born(cast, 1980, 3, 20)
    assert look(program, noon, 2027, 3, 19, 22, 59) == 0
    assert look(program, noon, 2027, 3, 19, 23, 0) == 1


def test_who_was_born_on_a_leap_day_celebrates_each_year_once(cast, program, noon):
    born(cast, 1980, 2, 29)
    for year, day, found in ((2028, 28, 0), (2028, 29, 1), (2029, 28, 1), (2032, 28, 0), (2032, 29, 1)):
        program.celebrated_until = date(year, 2, day) - timedelta(days=1)
        program.save()
        assert look(program, noon, year, 2, day, 12) == found, (year, day)


def test_days_on_which_nobody_looked_are_made_up_for(cast, program, noon):
    born(cast, 1980, 3, 16)
    born(cast, 1990, 3, 18)
    look(program, noon, 2027, 3, 15, 12)
    assert look(program, noon, 2027, 3, 20, 12) == 2


def test_the_first_look_is_at_that_day_only(cast, program, noon):
    born(cast, 1980, 3, 13)
    born(cast, 1980, 3, 14)
    assert look(program, noon, 2027, 3, 14, 12) == 1


def test_the_day_of_enrolment_is_celebrated_from_the_next_year_on(cast, program, noon):
    program.birthday_points, program.anniversary_points = 0, 200
    program.save()
    member = born(cast, 1980, 3, 14)
    assert look(program, noon, 2027, 3, 14, 12) == 0
    program.celebrated_until = date(2028, 3, 13)
    program.save()
    assert look(program, noon, 2028, 3, 14, 12) == 1
    assert given() == [(member.pk, 200, "anniversary", "2028")]


@pytest.mark.parametrize("status", [MemberStatus.SUSPENDED, MemberStatus.CLOSED])
def test_who_is_no_active_member_gets_nothing(cast, program, noon, status):
    member_set_status(member=born(cast, 1980, 3, 20), status=status)
    assert look(program, noon, 2027, 3, 20, 12) == 0


def test_a_programme_that_gives_nothing_gives_nothing(cast, noon):
    program = loyalty_program_make(cast.alpha)
    born(cast, 1980, 3, 20)
    assert (look(program, noon, 2027, 3, 20, 12), LoyaltyMember.objects.count(), given()) == (0, 1, [])
